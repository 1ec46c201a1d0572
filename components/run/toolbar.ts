import { html, nothing, type TemplateResult } from 'lit';
import { commandWords, toolbarWords as words } from '../../src/words/run/commands.ts';
import { icons } from '../base/icons.ts';
import { lazy } from '../base/lazy-view.ts';
import { RovingFocus } from '../base/roving-focus.ts';
import { SessionView } from '../base/session-view.ts';
import { stepButton } from './command-button.ts';
import { Player } from './player.ts';

/** Backward on the left, forward on the right, mirrored. */
const backward = ['runBack', 'first', 'previousPhase', 'previousCell', 'backOver', 'back'] as const;
const forward = ['next', 'over', 'out', 'nextCell', 'nextPhase', 'last', 'runOn'] as const;

/** What the narrowest bar keeps, and what a wider one has besides; the others are in the menu. */
const kept: { readonly [id in keyof typeof commandWords]?: 'main' | 'usual' } = {
  back: 'main',
  play: 'main',
  next: 'main',
  first: 'usual',
  previousCell: 'usual',
  over: 'usual',
  nextCell: 'usual',
  last: 'usual',
};

/** Distance of the menu from the bar and from the edges of the window, in CSS pixels. */
const margin = 4;

/**
 * `<bs-toolbar>`: the transport bar. The step commands as buttons, the player, the timeline, the status line, and a menu with what is
 * needed less often: the other commands, the pace, and what `settings` gives. The bar is one stop of Tab. Each grain keeps a button of
 * its own: a choice "by …" would change what the same arrow does.
 */
export class Toolbar extends SessionView {
  static override properties = {
    perform: { attribute: false },
    count: { attribute: false },
    settings: { attribute: false },
    ...SessionView.properties,
    unfolded: { state: true },
    times: { state: true },
  };
  /** Whether the menu is open. */
  declare unfolded: boolean;
  /** Runs a command of the table, `times` times where it is repeatable. */
  declare perform: (id: string, times?: number) => void;
  /** What stands at the head of the menu, made while it is open. */
  declare settings: () => unknown;
  /** The digits typed before a key; empty where there are none. */
  declare count: string;
  /** How many steps one press of a button takes. */
  declare times: number;
  /** Plays the session of this toolbar. */
  readonly player = new Player(this);

  constructor() {
    super();
    this.unfolded = false;
    this.times = 1;
    this.count = '';
    this.settings = () => nothing;
    new RovingFocus(this, '.bar', ':is(button, input):not(.menu *, .status-line *)', '.next');
  }

  protected override render(): TemplateResult {
    const { atStart, atEnd } = this;
    return html`<div class="bar" role="toolbar" aria-orientation="vertical" aria-label=${words.stepping}>
      <div class="buttons">
        ${backward.map((id) => this.button(id, atStart))}
        ${this.playButton(1, atEnd)}
        ${forward.map((id) => this.button(id, atEnd))}
      </div>
      <bs-timeline .session=${this.session}></bs-timeline>
      <bs-status-line .session=${this.session} .count=${this.count}></bs-status-line>
      <button
        type="button"
        class="tool unfold"
        aria-expanded=${this.unfolded}
        aria-label=${words.more}
        title=${words.more}
        popovertarget="menu"
      >${icons.more}</button>
      <div id="menu" class="menu floating" popover role="group" aria-label=${words.more} @beforetoggle=${this.opening} @toggle=${this.toggled} @keydown=${this.leaving}>
        ${this.unfolded ? this.menu() : nothing}
      </div>
    </div>`;
  }

  private get atStart(): boolean {
    return this.session.state.cursor.step === 0;
  }

  private get atEnd(): boolean {
    return this.session.state.cursor.step >= this.session.end;
  }

  private menu(): TemplateResult {
    const { atStart } = this;
    return html`<div class="settings">${this.settings()}</div>
      <div class="extras">
        <span class="way">${this.button('restart', atStart)}<span aria-hidden="true">${words.restart}</span></span>
        <span class="way">${this.playButton(-1, atStart)}<span aria-hidden="true">${words.playBack}</span></span>
      </div>
      <bs-more-commands ${lazy()} .session=${this.session} .player=${this.player} .press=${this.press} .times=${this.times}
        .choose=${(times: number) => {
          this.times = times;
        }}></bs-more-commands>`;
  }

  /** What is in the menu is drawn before it is placed. */
  private readonly opening = ({ newState }: ToggleEvent): void => {
    this.unfolded = newState === 'open';
  };

  /** What has the focus is about to go; the browser would leave it nowhere. */
  private readonly leaving = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    (event.currentTarget as HTMLElement).hidePopover();
    this.querySelector<HTMLElement>('.unfold')?.focus();
  };

  private readonly toggled = ({ newState, currentTarget }: ToggleEvent): void => {
    if (newState === 'open') void this.updateComplete.then(() => this.place(currentTarget as HTMLElement));
  };

  /** Below the bar, or above it where the bar is at the foot of the window, at the end of the bar. */
  private place(menu: HTMLElement): void {
    const bar = this.querySelector('.bar')?.getBoundingClientRect();
    if (bar === undefined) return;
    const { clientWidth, clientHeight } = document.documentElement;
    const [above, below] = [bar.top, clientHeight - bar.bottom];
    const isBelow = below >= above || below >= menu.scrollHeight;
    menu.style.maxBlockSize = `${(isBelow ? below : above) - 2 * margin}px`;
    const { width } = menu.getBoundingClientRect();
    const isFromRight = getComputedStyle(this).direction === 'rtl';
    const left = isFromRight ? bar.left : bar.right - width;
    menu.style.left = `${Math.max(margin, Math.min(left, clientWidth - width - margin))}px`;
    // Held where it touches the bar: more may come into it.
    menu.style.top = isBelow ? `${bar.bottom + margin}px` : 'auto';
    menu.style.bottom = isBelow ? 'auto' : `${clientHeight - bar.top + margin}px`;
  }

  private button(id: keyof typeof commandWords, idle: boolean): TemplateResult {
    return stepButton(id, commandWords[id], idle, this.press, { kept: kept[id] ?? 'rare' });
  }

  private readonly press = (id: string): void => {
    this.player.pause();
    this.perform(id, this.times);
  };

  private playButton(direction: 1 | -1, idle: boolean): TemplateResult {
    const { player } = this;
    const id = direction > 0 ? 'play' : 'playBack';
    // The forward button, which is always visible, pauses both directions.
    const playing = player.playing && direction > 0;
    return stepButton(
      id,
      playing ? words.pause : commandWords[id],
      idle,
      () => (player.playing ? player.pause() : this.perform(id)),
      { icon: playing ? icons.pause : icons[id], kept: kept[id] ?? 'rare' },
    );
  }
}
