import { html, type TemplateResult } from 'lit';
import { type CodeLine, pseudocode, type Segment } from '../src/explain/pseudocode.ts';
import type { Formula } from '../src/formula/model.ts';
import { cellAt, sizeOf } from '../src/formula/model.ts';
import type { Program } from '../src/program/program.ts';
import { SessionView } from './session-view.ts';

/** Cells that are looked through for the next occurrence of a formula. */
const mostCells = 4096;

/** `<bs-code>`: the program as pseudo-code, the line and the operation at work marked in it. */
export class CodeView extends SessionView {
  private made: { program: Program; lines: readonly CodeLine[] } | undefined;

  protected override render(): TemplateResult {
    const { program, moment } = this.session;
    if (this.made?.program !== program) this.made = { program, lines: pseudocode(program) };
    const { lines } = this.made;
    const current = lines.findIndex(
      ({ formula }) => formula !== undefined && formula === moment.location?.formula,
    );
    return html`<ol class="code">
      ${lines.map(
        (
          line,
          at,
        ) => html`<li class="depth-${Math.min(line.depth, 4)} ${line.kind} ${line.phase} ${at === current ? 'current' : ''}">
        ${this.line(line, at === current, this.loopValues(lines, at, current))}
      </li>`,
      )}
    </ol>`;
  }

  private line(line: CodeLine, current: boolean, values: string): TemplateResult {
    const { formula, text } = line;
    if (formula === undefined) {
      return html`<span class="text">${text}</span>${values && html`<span class="values">${values}</span>`}`;
    }
    const segments: readonly Segment[] = current
      ? (this.session.explanation?.code ?? [{ text, now: false }])
      : [{ text, now: false }];
    return html`<button
      type="button"
      aria-current=${current ? 'step' : 'false'}
      title="Go to where this line runs next"
      @click=${() => this.goToNext(formula)}
    >${segments.map(({ text: piece, now }) => (now ? html`<mark>${piece}</mark>` : piece))}</button>`;
  }

  /** For a loop around the current line: what its indices are now. */
  private loopValues(lines: readonly CodeLine[], at: number, current: number): string {
    const { location } = this.session.moment;
    const line = lines[at];
    if (line.kind !== 'loop' || location === undefined || at > current) return '';
    const between = lines.slice(at + 1, current + 1);
    if (between.some(({ depth }) => depth <= line.depth)) return '';
    return line.indices
      .map((name) => {
        const d = location.formula.indices.findIndex((index) => index.name === name);
        return `${name} = ${location.cell[d]}`;
      })
      .join(', ');
  }

  /** To the first operation of the formula's next cell, in this iteration or else in the following one. */
  private goToNext(formula: Formula): void {
    const { program, moment, machine, model } = this.session;
    const shape = model.quantities.get(formula.target)?.shape ?? [];
    let next: number | undefined;
    let first: number | undefined;
    for (let flat = 0; flat < Math.min(mostCells, sizeOf(shape)); flat++) {
      const cell = cellAt(shape, flat);
      if (!formula.indices.every(({ range }, d) => cell[d] >= range.low && cell[d] <= range.high)) continue;
      const step = program.stepsOf(formula, cell).first;
      first = Math.min(first ?? step, step);
      if (step > moment.inFrame) next = Math.min(next ?? step, step);
    }
    if (next !== undefined) this.session.goTo(machine.stepAt(moment.frame, next));
    else if (first !== undefined) this.session.goTo(machine.stepAt(moment.frame + 1, first));
  }
}
