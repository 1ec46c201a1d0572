import { html, nothing, type TemplateResult } from 'lit';
import type { CellReference, Explanation, OpenedCall } from '../../src/explain/explanation.ts';
import { pseudocode } from '../../src/explain/pseudocode.ts';
import { cellName } from '../../src/formula/model.ts';
import { texFormula } from '../../src/formula/print/tex.ts';
import { formatCount } from '../../src/number/format.ts';
import { command } from '../../src/session/commands.ts';
import { changeWords } from '../../src/words/notices/changes.ts';
import { formulaWords as words } from '../../src/words/reading/formula.ts';
import { timelineWords } from '../../src/words/run/commands.ts';
import { cellOfElement } from '../base/cell-reference.ts';
import { send } from '../base/events.ts';
import { keyText } from '../base/key-text.ts';
import { math } from '../base/math.ts';
import { SessionView } from '../base/session-view.ts';

/**
 * Splits TeX at its equals sign or arrow; without one, all of it is the right side. The sign has spaces around it; one inside a
 * data attribute has none.
 */
function sides(tex: string): { left: string; sign: string; right: string } {
  const found = /^(.*?) (=|\\leftarrow) (.*)$/s.exec(tex);
  return found ? { left: found[1], sign: found[2], right: found[3] } : { left: '', sign: '', right: tex };
}

/** Formulas of each pass shown before the first step, at most. */
const mostFormulas = 8;

/**
 * `<bs-formula>`: the present cell's formula in symbols, in numbers, and reduced as far as it is computed, with a sentence about
 * the operation; before the first step, the model's formulas. Its button sends `backstep-what-if`.
 */
export class FormulaView extends SessionView {
  private request = 0;
  /** Whether numbers may be marked as changed. */
  private isMarked = false;

  protected override render(): TemplateResult {
    const { explanation } = this.session;
    return explanation === undefined ? this.beforehand() : this.present(explanation);
  }

  /** The formulas to come, while nothing is computed yet. */
  private beforehand(): TemplateResult {
    const { program, model } = this.session;
    // In the order in which they run; `model.formulas` may have derived ones elsewhere.
    const formulas = pseudocode(program).flatMap(({ formula }) => formula ?? []);
    return html`
      <p class="caption"><span class="count">${words.beforehand(formatCount(program.size))}</span></p>
      <div class="all" role="group" aria-label=${words.formulas}>
        ${model.passes.map(
          ({ phase }, pass) => html`<div class="sheet-of ${phase}">
            <span class="phase">${timelineWords[phase]}</span>
            ${formulas
              .filter((formula) => formula.pass === pass)
              .slice(0, mostFormulas)
              .map(
                (formula) => html`<div class="right" ${math(texFormula(model, formula), 'broken')}></div>`,
              )}
          </div>`,
        )}
      </div>
    `;
  }

  private present(explanation: Explanation): TemplateResult {
    const { phase, general, symbols, numbers, reduced, operation, result, calls, target } = explanation;
    const { location } = this.session.moment;
    const { left, sign, right } = sides(symbols);
    // Inside a function the outer formula does not change until the cell is finished, and the function needs the space.
    const isOpen = calls.length > 0 && result === undefined;
    return html`
      <p class="caption">
        <span class="phase">${timelineWords[phase]}</span>
        <code>${cellName(target.name, target.cell)}</code>
        <span class="count">${words.operation(formatCount(location?.operation ?? 0), formatCount(location?.operations ?? 0))}</span>
        ${this.whatIf(target)}
      </p>
      <div class="now">
        <span ${math(`\\displaystyle ${operation}`)}></span>
        ${result === undefined ? nothing : stored(result)}
      </div>
      ${isOpen ? nothing : html`<div class="general" ${math(general, 'display')}></div>`}
      <div class="lines" role="group" aria-label=${words.formula}>
        <span class="left" ${math(left)}></span>
        <span class="right" ${math(line(right, sign), 'broken')}></span>
        ${isOpen ? nothing : html`<span class="right" ${math(line(numbers), 'broken')}></span>`}
        ${calls.map(openedCall)}
        ${isOpen ? nothing : html`<span class="right" ${math(line(reduced), 'broken')}></span>`}
      </div>
      <p class="sentence">${explanation.sentence}</p>
    `;
  }

  private whatIf(target: CellReference): TemplateResult {
    const keys = command('whatIf')?.keys ?? [];
    return html`<button type="button" class="text-button what-if-button" title=${keys.map(keyText).join(' · ')}
      aria-keyshortcuts=${keys.join(' ')} @click=${({ currentTarget }: Event) => {
        send(this, 'backstep-what-if', { cell: target, beside: currentTarget as HTMLElement });
      }}>${changeWords.whatIf}</button>`;
  }

  /** Marks the numbers that differ from the lesson's because of the reader's changes. */
  private markChanged(): void {
    const { session } = this;
    const isChanged = session.changes.length > 0;
    if (!isChanged && !this.isMarked) return;
    this.isMarked = isChanged;
    for (const element of this.querySelectorAll<HTMLElement>('.lines .right [data-cell]')) {
      const cell = cellOfElement(element);
      const differs = cell !== undefined && session.differs(cell.name, cell.version, cell.cell);
      element.classList.toggle('differs', differs);
      if (!differs) element.removeAttribute('title');
      else {
        const lesson = session.untouchedValue(session.state.precision, cell.name, cell.version, cell.cell);
        element.title = changeWords.lesson(session.figures.text(lesson, cell.name, cell.cell));
      }
    }
  }

  protected override updated(): void {
    this.markChanged();
    // The cell on the left of an update's arrow is the new one; the same name on the right is the old one.
    const version = this.session.explanation?.target.version;
    const target = this.querySelector<HTMLElement>('.left [data-cell]');
    if (target !== null && version !== undefined) target.dataset.version = version;
    cancelAnimationFrame(this.request);
    // Just before painting: measuring here would lay out the page once for each view.
    this.request = requestAnimationFrame(() => this.showCurrent());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.request);
  }

  /**
   * Scrolls each line that is too long and cannot be broken to the operation at work, no further than needed; the left side and
   * the other lines stay where they are.
   */
  private showCurrent(): void {
    const rights = [...this.querySelectorAll<HTMLElement>('.right')];
    const wide = rights.filter((right) => right.scrollWidth > right.clientWidth + 1);
    const moves = wide.map((right) => [right, shiftToCurrent(right)] as const);
    for (const right of rights) {
      if (wide.includes(right)) {
        right.tabIndex = 0;
        right.role = 'group';
        right.ariaLabel = words.wide;
      } else if (right.hasAttribute('tabindex'))
        for (const name of ['tabindex', 'role', 'aria-label']) right.removeAttribute(name);
    }
    for (const [right, by] of moves) if (by !== 0) right.scrollLeft += by;
  }
}

/** How far a line must scroll, in CSS pixels, for the operation at work to be visible. */
function shiftToCurrent(line: HTMLElement): number {
  const current = line.querySelector('[data-now]');
  if (current === null) return 0;
  const box = line.getBoundingClientRect();
  const { left, right } = current.getBoundingClientRect();
  // The end of a sum that is longer than the line is its newest part.
  if (right > box.right || right - left > box.width) return right - box.right + 24;
  return left < box.left ? left - box.left - 24 : 0;
}

/** The right side as a line of its own, in display style. */
const line = (tex: string, sign = '='): string => `\\displaystyle {}${sign} ${tex}`;

function openedCall({ definition, numbers, reduced }: OpenedCall): TemplateResult {
  const symbols = sides(definition);
  const values = sides(numbers);
  return html`<div class="call lines">
    <span class="left" ${math(symbols.left)}></span><span class="right" ${math(line(symbols.right), 'broken')}></span>
    <span class="left" ${math(values.left)}></span><span class="right" ${math(line(values.right), 'broken')}></span>
    <span class="right" ${math(line(reduced), 'broken')}></span>
  </div>`;
}

/** The stored value where it is not the computed one, and why: a storing rule or the reader's override. */
function stored({ stored: kept, rule, isOverridden }: NonNullable<Explanation['result']>): unknown {
  if (rule === undefined && isOverridden !== true) return nothing;
  return html`<span class="stored ${isOverridden ? 'poked' : ''}">
    <span ${math(`{}\\longrightarrow \\htmlData{now=1}{${kept}}`)}></span>
    <span class="rule">${isOverridden ? changeWords.poked : changeWords.storedWith(rule ?? '')}</span>
  </span>`;
}
