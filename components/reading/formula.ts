import { html, nothing, type TemplateResult } from 'lit';
import type { Explanation } from '../../src/explain/explanation.ts';
import { pseudocode } from '../../src/explain/pseudocode.ts';
import { spokenCell } from '../../src/explain/spoken-cell.ts';
import { cellName } from '../../src/formula/model.ts';
import { texFormula } from '../../src/formula/print/tex.ts';
import { formatCount } from '../../src/number/format.ts';
import { samplePosition, sampleText } from '../../src/session/samples.ts';
import { changeWords } from '../../src/words/notices/changes.ts';
import { formulaWords as words } from '../../src/words/reading/formula.ts';
import { timelineWords } from '../../src/words/run/commands.ts';
import { cellOfElement } from '../base/cell-reference.ts';
import { math } from '../base/math.ts';
import { SessionView } from '../base/session-view.ts';
import { actionsTemplate } from './formula-actions.ts';
import { linesTemplate } from './formula-lines.ts';
import { fitToPlace, scrollToCurrent } from './wide-lines.ts';

/** Formulas of each pass shown before the first step, at most. */
const mostFormulas = 8;

/** Whether the general rule is unfolded in the page's debuggers: it is so at every step, until the page is closed. */
let isRuleShown = false;

/**
 * `<bs-formula>`: the step card. The present cell's formula in symbols and in numbers, beneath it what is computed of it, or the
 * result and what storing made of it; a sentence about the operation; what can be asked and done about the number. Before the
 * first step, the model's formulas. It leaves out what there is no height for, down to the equation. Its buttons perform commands, and send `backstep-what-if` and `backstep-watch`.
 */
export class FormulaView extends SessionView {
  static override properties = { perform: { attribute: false }, ...SessionView.properties };
  /** Runs a command of the table. */
  declare perform: (id: string) => void;
  private request = 0;
  private readonly size = new ResizeObserver(() => this.measure());
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
      <p class="caption beforehand"><span class="count">${words.beforehand(formatCount(program.size))}</span>${this.sample()}</p>
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
    const { session } = this;
    const { phase, target } = explanation;
    const { location } = session.moment;
    return html`
      <p class="caption">
        <span class="phase">${timelineWords[phase]}</span>
        <code>${cellName(target.name, target.cell)}</code>
        ${this.spoken(explanation)}
        <span class="count">${words.operation(formatCount(location?.operation ?? 0), formatCount(location?.operations ?? 0))}</span>
        ${this.sample()}
      </p>
      ${linesTemplate(explanation, isRuleShown, () => {
        isRuleShown = !isRuleShown;
        this.requestUpdate();
      })}
      <p class="sentence">${explanation.sentence}</p>
      ${actionsTemplate(session, target, (id) => this.perform(id))}
    `;
  }

  /** Which sample of the data the step is about, where the model takes samples. */
  private sample(): TemplateResult | typeof nothing {
    const place = samplePosition(this.session);
    return place === undefined ? nothing : html`<span class="sample">${sampleText(place)}</span>`;
  }

  /** What the author calls the quantity, with the cell's indices; nothing where there are no words for it. */
  private spoken({ target: { name, cell } }: Explanation): TemplateResult | typeof nothing {
    const { model } = this.session;
    const isNamed = model.words.has(name) || name.includes('/');
    return isNamed ? html`<span class="role">${spokenCell(model, name, cell)}</span>` : nothing;
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
    for (const target of this.querySelectorAll<HTMLElement>('.left [data-cell]'))
      if (version !== undefined) target.dataset.version = version;
    this.measure();
  }

  private readonly measure = (): void => {
    cancelAnimationFrame(this.request);
    // Just before painting: measuring here would lay out the page once for each view.
    this.request = requestAnimationFrame(() => {
      fitToPlace(this, words.high);
      scrollToCurrent(this, words.wide);
    });
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.size.observe(this);
    // Lines are wider in the formulas' own fonts, which come later.
    document.fonts.addEventListener('loadingdone', this.measure);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.size.disconnect();
    document.fonts.removeEventListener('loadingdone', this.measure);
    cancelAnimationFrame(this.request);
  }
}
