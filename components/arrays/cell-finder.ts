import { html, nothing, type TemplateResult } from 'lit';
import type { UnversionedCell } from '../../src/explain/adjoints.ts';
import { sizeOf } from '../../src/formula/model.ts';
import { findWrittenCell } from '../../src/session/links/cell-text.ts';
import { cellFinderWords as words } from '../../src/words/arrays/cell-finder.ts';
import { SessionView } from '../base/session-view.ts';

/**
 * `<bs-cell-finder>`: a field for a cell's name, for arrays too large to be shown whole. A name that is no cell is reported below
 * the field.
 */
export class CellFinder extends SessionView {
  static override properties = {
    ...SessionView.properties,
    problem: { state: true },
    show: { attribute: false },
    label: { type: String },
    data: { type: Boolean },
  };
  /** The message about the typed name; empty where there is none. */
  declare problem: string;
  /** The field's label. */
  declare label: string;
  /** Whether the example in the field is a cell with given numbers; any cell is accepted. */
  declare data: boolean;
  /** Called with the cell (indices from 1) that the reader enters. */
  declare show: (cell: UnversionedCell) => void;

  constructor() {
    super();
    this.problem = '';
    this.label = words.find;
    this.data = false;
  }

  protected override render(): TemplateResult {
    const id = `finder-${this.data ? 'data' : 'all'}`;
    return html`<form class="finder" novalidate @submit=${this.submit}>
        <label for=${id}>${this.label}</label>
        <input id=${id} class="number" autocomplete="off" spellcheck="false" placeholder=${this.example}
          aria-invalid=${this.problem === '' ? 'false' : 'true'} aria-describedby="${id}-problem" />
        <button type="submit" class="small">${words.show}</button>
      </form>
      <p id="${id}-problem" class="problem" role="alert">${this.problem || nothing}</p>`;
  }

  /** The last cell of the largest array. */
  private get example(): string {
    const all = [...this.session.model.quantities.values()].filter(
      ({ numbers }) => !this.data || numbers !== undefined,
    );
    const largest = all.reduce((best, one) => (sizeOf(one.shape) > sizeOf(best.shape) ? one : best), all[0]);
    return largest === undefined ? '' : `${largest.name}[${largest.shape.join(',')}]`;
  }

  private submit(event: Event): void {
    event.preventDefault();
    const text = this.querySelector('input')?.value ?? '';
    const found = findWrittenCell(this.session.model, text);
    if ('message' in found) this.problem = words.problem(found.message);
    else {
      this.problem = '';
      this.show(found);
    }
  }
}
