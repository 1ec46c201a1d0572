import { html, nothing, type TemplateResult } from 'lit';
import { cellName, type Formula } from '../../src/formula/model.ts';
import { texFormula } from '../../src/formula/print/tex.ts';
import { claimName, type Divergence, mistakeText, numbersOf } from '../../src/session/analysis/divergence.ts';
import { modelEditingWords as words } from '../../src/words/model/model-editing.ts';
import { math } from '../base/math.ts';
import { SessionView } from '../base/session-view.ts';
import { divergenceStyles } from './divergence-notice.styles.ts';

/**
 * `<bs-divergence-notice>`: a backward pass that diverges from the derivative: where, the number there and the right one, the
 * formula and the derivative, and the known mistake that it looks like.
 */
export class DivergenceNotice extends SessionView {
  static override readonly sheet = divergenceStyles;
  static override properties = {
    ...SessionView.properties,
    divergences: { attribute: false },
    next: { attribute: false },
  };
  /**
   * All divergences of the session, in the order of their steps; at least one. The one at the present step is shown, else the
   * first.
   */
  declare divergences: readonly Divergence[];
  /** Goes to the next divergence. */
  declare next: () => void;

  protected override render(): TemplateResult {
    const { session, divergences } = this;
    const { step } = session.state.cursor;
    const here = divergences.findIndex((one) => one.step === step);
    const at = Math.max(0, here);
    const shown = divergences[at];
    const { cell, formula, operation, isHere, isInferred, mistake } = shown;
    const numbers = numbersOf(shown);
    const name = cellName(formula.target, cell);
    const goThere =
      here < 0
        ? html`<button type="button" class="text-button" @click=${() => session.goTo(shown.step)}>${words.goThere}</button>`
        : nothing;
    const others =
      divergences.length > 1
        ? html`<span class="quiet">${words.position(at + 1, divergences.length)}</span>
          <button type="button" class="text-button" aria-keyshortcuts="x" @click=${() => this.next()}>${words.nextDivergence}</button>`
        : nothing;
    return html`<section class="notice divergence" aria-label=${words.divergence}>
      <p><b>${words.divergesAt(name, operation)}</b>
        ${(isHere ? words.numbers : words.numbersNearby)(numbers.written, claimName(shown), numbers.derived)}
        <b class="mistake">${mistakeText(mistake)}</b> ${isInferred ? words.inferred : nothing}</p>
      <dl>
        <div><dt>${words.written}</dt><dd dir="ltr"><span ${math(texFormula(session.model, formula))}></span></dd></div>
        <div><dt>${words.theDerivative}</dt><dd dir="ltr"><span ${math(rightTex(shown))}></span></dd></div>
      </dl>
      ${goThere === nothing && others === nothing ? nothing : html`<p class="choices">${goThere}${others}</p>`}
    </section>`;
  }
}

/** The derivative under the name of the formula's target, or, where an update computes it itself, as d…/d…. */
function rightTex({ right, model, formula, claim }: Divergence): string {
  const isNamed = right.target === formula.target;
  const target: Formula = isNamed ? right : { ...right, target: `d${claim.of}/d${claim.by}` };
  return texFormula(model, target);
}
