import { layoutWords as words } from '../../src/words/shell/layout.ts';
import { rememberedShare, rememberShare } from '../base/preferences.ts';

/** The first view's part of the width, in percent. */
const [least, usual, most] = [25, 56, 75];
/** Percent for one press of a key. */
const pace = 5;

/**
 * `<bs-divider>`: a separator between two views. Dragged, or moved by the arrow keys, Home, End and Enter, it sets `--first` and
 * `--second` on its parent, in `fr`; the position is stored for later pages.
 */
export class Divider extends HTMLElement {
  private share = usual;

  connectedCallback(): void {
    this.role = 'separator';
    this.tabIndex = 0;
    this.ariaOrientation = 'vertical';
    this.ariaLabel = words.divider;
    this.title = words.dividerHint;
    [this.ariaValueMin, this.ariaValueMax] = [String(least), String(most)];
    this.addEventListener('keydown', this.press);
    this.addEventListener('pointerdown', this.grasp);
    this.addEventListener('dblclick', this.halve);
    this.show(rememberedShare() ?? usual);
  }

  private get isFromRight(): boolean {
    return getComputedStyle(this).direction === 'rtl';
  }

  private show(share: number): void {
    this.share = Math.round(Math.min(most, Math.max(least, share)));
    this.ariaValueNow = String(this.share);
    this.parentElement?.style.setProperty('--first', `${this.share}fr`);
    this.parentElement?.style.setProperty('--second', `${100 - this.share}fr`);
  }

  private move(share: number): void {
    this.show(share);
    rememberShare(this.share);
  }

  private readonly halve = (): void => this.move(usual);

  private readonly press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const on = this.isFromRight ? -pace : pace;
    const moves: { readonly [key: string]: number } = {
      ArrowLeft: this.share - on,
      ArrowRight: this.share + on,
      Home: least,
      End: most,
      Enter: usual,
    };
    if (!Object.hasOwn(moves, event.key)) return;
    // Keeps the key from stepping the debugger.
    event.preventDefault();
    this.move(moves[event.key]);
  };

  private readonly grasp = (event: PointerEvent): void => {
    const whole = this.parentElement?.getBoundingClientRect();
    if (event.button !== 0 || whole === undefined) return;
    this.setPointerCapture(event.pointerId);
    const drag = ({ clientX }: PointerEvent): void => {
      const share = (100 * (clientX - whole.left)) / whole.width;
      this.show(this.isFromRight ? 100 - share : share);
    };
    const release = (): void => {
      this.removeEventListener('pointermove', drag);
      rememberShare(this.share);
    };
    this.addEventListener('pointermove', drag);
    this.addEventListener('lostpointercapture', release, { once: true });
  };
}
