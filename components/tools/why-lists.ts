import { html, nothing, type TemplateResult } from 'lit';
import type { FrameCell, Origin } from '../../src/explain/origin.ts';
import type { OperandGroup, Provenance } from '../../src/explain/provenance.ts';
import type { Readers } from '../../src/explain/reads.ts';
import { spokenCell } from '../../src/explain/spoken-cell.ts';
import { dataCell } from '../../src/explain/unrolled-tex.ts';
import { spokenName, texName } from '../../src/formula/notation.ts';
import { texTarget } from '../../src/formula/print/tex.ts';
import { formatCount } from '../../src/number/format.ts';
import type { Session } from '../../src/session/session.ts';
import { whyWords as words } from '../../src/words/tools/why.ts';
import { math } from '../base/math.ts';

/** Cells of a quantity shown at first, and how many more each time. */
const fewCells = 6;
const moreCells = 24;

/** How many rows of each long list are shown; `changed` is called after a list is extended. */
export class ExpandedLists {
  private readonly counts = new Map<string, number>();

  constructor(private readonly changed: () => void) {}

  /** Resets every list to its first rows; does not call `changed`. */
  clear(): void {
    this.counts.clear();
  }

  /** How many rows to show of a list with `count` rows: all where only one would be left out. */
  of(key: string, count: number): number {
    const most = this.counts.get(key) ?? fewCells;
    // Leaving out a single row saves nothing.
    return count <= most + 1 ? count : most;
  }

  /** Shows more rows of a list. */
  readonly more = (key: string): void => {
    this.counts.set(key, (this.counts.get(key) ?? fewCells) + moreCells);
    this.changed();
  };
}

/** The cells that a cell reads and those that read it, each with a link to its step and a button that explains it (`follow`). */
export class WhyLists {
  constructor(
    private readonly session: Session,
    private readonly whys: Provenance,
    private readonly unfolded: ExpandedLists,
    private readonly follow: (cell: FrameCell) => void,
  ) {}

  /** A button with a cell's symbol; its `data-cell` makes a click go to its step. */
  link({ frame, name, version, cell: at }: FrameCell): TemplateResult {
    const { model } = this.session;
    const tex = texName(model, name, at);
    return html`<button type="button" class="cell" data-cell=${dataCell(name, at)} data-version=${version} data-frame=${frame}
      aria-label=${words.goTo(spokenCell(model, name, at))}><span ${math(version === 'new' ? `{${tex}}^{+}` : tex, 'silent')}></span></button>`;
  }

  /** A button that explains another cell; `more` is added to its accessible name. */
  why(cell: FrameCell, more = ''): TemplateResult {
    const spoken = spokenCell(this.session.model, cell.name, cell.cell) + more;
    return html`<button type="button" class="why-link" aria-label=${words.whyCell(spoken)} @click=${() => this.follow(cell)}>${words.why}</button>`;
  }

  /** A button that explains a cell in another iteration, named in its label. */
  private elsewhere(cell: FrameCell): TemplateResult {
    return this.why(cell, ` ${words.inIteration(formatCount(cell.frame))}`);
  }

  /** The origin of a number in words. */
  origin(origin: Origin): TemplateResult {
    switch (origin.kind) {
      case 'computed':
        return html`${words.atStep(formatCount(origin.last))}`;
      case 'renewed':
        return html`${words.renewedBy(formatCount(origin.from.frame))} ${this.elsewhere(origin.from)}`;
      case 'drawn':
        return html`${words.drawn}`;
      case 'mode':
        return html`${words.mode}`;
      case 'sample':
        return html`${origin.changed ? words.changed : words.sample(formatCount(origin.row))}`;
      case 'given': {
        const isInitial = origin.role === 'param' || origin.role === 'state';
        return html`${origin.changed ? words.changed : isInitial ? words.initial : words.given}`;
      }
    }
  }

  /**
   * The operation, from 1 in its frame, that finishes a cell after the present step; undefined where the cell is finished, or is
   * not computed.
   */
  pendingStep({ frame, name, version, cell }: FrameCell): number | undefined {
    const { moment, program } = this.session;
    const last = program.writing(name, version, cell)?.last;
    const isHere = frame === moment.frame && last !== undefined && last > moment.inFrame;
    return frame > moment.frame || isHere ? last : undefined;
  }

  /** The cells that a cell reads, as a table: value, origin, and a button that explains each. */
  operands(frame: number, groups: readonly OperandGroup[]): TemplateResult {
    const { figures } = this.session;
    return html`<h3>${words.reads}</h3>
      <div class="rows"><table>
        <thead class="visually-hidden"><tr><th scope="col">${words.cell}</th><th scope="col">${words.value}</th><th scope="col">${words.from}</th><th scope="col">${words.why}</th></tr></thead>
        <tbody>${groups.map(({ name, version, cells, isOpen }) =>
          this.windowed(
            `operands ${version} ${name}`,
            cells.length,
            (n) => {
              const cell = { frame, name, version, cell: cells[n] };
              const value = figures.text(this.whys.value(cell), name, cells[n]);
              return html`<tr><th scope="row">${this.link(cell)}</th>
              <td class=${this.pendingStep(cell) === undefined ? '' : 'pending'}>${value}</td>
              <td class="from">${this.origin(this.whys.origin(cell))}</td><td>${this.why(cell)}</td></tr>`;
            },
            isOpen,
          ),
        )}</tbody>
      </table></div>`;
  }

  /**
   * The cells that read a cell, as a table, or a sentence where there are none; for a new value also a link to the next
   * iteration.
   */
  readers(cell: FrameCell, all: readonly Readers[]): TemplateResult {
    const { frame, version } = cell;
    const next: FrameCell = { ...cell, frame: frame + 1, version: 'old' };
    return html`<h3>${words.readBy}</h3>
      ${
        all.length === 0
          ? html`<p class="quiet">${words.nobody}</p>`
          : html`<div class="rows"><table>
              <thead class="visually-hidden"><tr><th scope="col">${words.cell}</th><th scope="col">${words.first}</th><th scope="col">${words.why}</th></tr></thead>
              <tbody>${all.map((one) => this.readerRows(cell, one))}</tbody>
            </table></div>`
      }
      ${version === 'new' ? html`<p class="quiet">${words.next(formatCount(frame + 1))} ${this.elsewhere(next)}</p>` : nothing}`;
  }

  private readerRows(read: FrameCell, readers: Readers): TemplateResult {
    const { model, program } = this.session;
    const { formula, count, at, first } = readers;
    const { frame } = read;
    const operation = this.whys.readingOperation(readers, read);
    const begins = program.stepsOf(formula, first).first + operation - 1;
    const goTo = html`<button type="button" class="text-button" @click=${() => this.goTo(frame, begins)}>${words.firstAt(formatCount(begins))}</button>`;
    const rows = this.windowed(`readers ${formula.id}`, count, (n) => {
      const cell = { frame, name: formula.target, version: formula.version, cell: at(n) };
      const last = html`${words.atStep(formatCount(program.stepsOf(formula, at(n)).last))}`;
      return html`<tr><th scope="row">${this.link(cell)}</th>
        <td class="from">${count === 1 ? goTo : last}</td><td>${this.why(cell)}</td></tr>`;
    });
    if (count === 1) return rows;
    return html`<tr class="of"><th scope="rowgroup"><span class="visually-hidden">${spokenName(model, formula.target)}</span><span ${math(texTarget(model, formula), 'silent')}></span></th>
      <td>${words.readers(formatCount(count))}, ${goTo}</td><td></td></tr>${rows}`;
  }

  private goTo(frame: number, step: number): void {
    this.session.goTo(this.session.machine.stepAt(frame, step));
  }

  /** The first rows of a list, and a row that shows more. */
  private windowed(
    key: string,
    count: number,
    row: (n: number) => TemplateResult,
    isOpen = false,
  ): TemplateResult {
    const shown = this.unfolded.of(key, count);
    const rows = Array.from({ length: shown }, (_, n) => row(n));
    if (shown === count)
      return isOpen ? html`${rows}<tr><td colspan="4">${words.furtherOn}</td></tr>` : html`${rows}`;
    const rest = isOpen ? words.someMore : words.more(formatCount(count - shown));
    return html`${rows}<tr><td colspan="4"><button type="button" class="text-button" @click=${() => this.unfolded.more(key)}>${rest}</button></td></tr>`;
  }
}
