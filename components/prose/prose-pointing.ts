import type { ReactiveController } from 'lit';
import { cellOfData } from '../../src/explain/unrolled-tex.ts';
import { type CellLinks, cellSelector, type Pointed } from '../base/cell-links.ts';
import type { ProseHost } from './prose-marks.ts';

/** A number, a step or a symbol in the page's text that belongs to a cell. */
const named = '[data-model][data-cell]';

/**
 * Highlights in the debugger what is pointed at, or has focus, in the page's text, and in the text what is pointed at in the
 * debugger.
 */
export class ProsePointing implements ReactiveController {
  private readonly sheet = new CSSStyleSheet();
  private focused: Pointed | undefined;

  constructor(
    private readonly host: ProseHost,
    private readonly cells: CellLinks,
  ) {
    host.addController(this);
    cells.onPoint = (pointed) => this.sheet.replaceSync(pointed === undefined ? '' : this.rule(pointed));
  }

  hostConnected(): void {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.sheet];
    document.addEventListener('pointerover', this.over);
    document.addEventListener('focusin', this.focus);
    document.addEventListener('focusout', this.blur);
  }

  hostDisconnected(): void {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== this.sheet);
    document.removeEventListener('pointerover', this.over);
    document.removeEventListener('focusin', this.focus);
    document.removeEventListener('focusout', this.blur);
  }

  private readonly over = ({ target }: Event): void =>
    this.cells.pointInText(this.pointed(target) ?? this.focused);

  private readonly focus = ({ target }: Event): void => {
    this.focused = this.pointed(target);
    this.cells.pointInText(this.focused);
  };

  private readonly blur = (): void => {
    this.focused = undefined;
    this.cells.pointInText(undefined);
  };

  private pointed(target: EventTarget | null): Pointed | undefined {
    const element = target instanceof Element ? target.closest<HTMLElement>(named) : null;
    const { model, cell } = element?.dataset ?? {};
    return model === this.host.model && cell !== undefined ? { cell: cell.replaceAll(',', ';') } : undefined;
  }

  /** The text writes a cell as the language does, but within a formula as the debugger. */
  private rule(pointed: Pointed): string {
    const { cell } = pointed;
    const spellings = cell === undefined ? [pointed] : [pointed, { cell: cellOfData(cell) }];
    const model = CSS.escape(this.host.model);
    return `[data-model="${model}"]:is(${spellings.map(cellSelector).join(', ')}) { background-color: var(--pointed); border-radius: 2px; stroke: var(--ink); stroke-width: 2; }`;
  }
}
