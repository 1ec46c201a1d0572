import { html, nothing, type TemplateResult } from 'lit';
import type { Mode, RunPrecision } from '../../src/machine/machine.ts';
import { precisionWords as words } from '../../src/words/run/precision-bar.ts';
import { SessionView } from '../base/session-view.ts';

const precisions: readonly RunPrecision[] = ['lesson', 'full'];
const modes: readonly Mode[] = ['train', 'evaluate'];

const digitChoices = [4, 6, 10, 15];

/**
 * `<bs-precision-bar>`: choices of the precision (where the model has storing rules), of training or evaluation (where they
 * differ), and of the digits shown. They are set on the session.
 */
export class PrecisionBar extends SessionView {
  protected override render(): TemplateResult {
    const { model, state } = this.session;
    const { digits } = state;
    return html`
      ${model.store.length > 0 ? this.precisionChoice(state.precision) : nothing}
      ${this.session.hasModes ? this.modeChoice(state.mode) : nothing}
      <fieldset class="choice digits">
        <legend>${words.digits}</legend>
        ${digitChoices.map(
          (count) => html`<label title=${words.digitsHint(count)}>
            <input
              type="radio"
              name="digits"
              value=${count}
              .checked=${count === digits}
              @change=${() => this.session.setDigits(count)}
            /><span>${count}</span></label
          >`,
        )}
      </fieldset>
    `;
  }

  /** Shown for models that drop units, or normalise by the batch, in training only. */
  private modeChoice(mode: Mode): TemplateResult {
    return html`<fieldset class="choice">
      <legend>${words.shownAs}</legend>
      ${modes.map(
        (one) => html`<label title=${words[`${one}Hint`]}>
          <input
            type="radio"
            name="mode"
            value=${one}
            .checked=${one === mode}
            @change=${() => this.session.setMode(one)}
          /><span>${words[one]}</span></label
        >`,
      )}
    </fieldset>`;
  }

  /** Shown for models with storing rules: without them both precisions give the same numbers. */
  private precisionChoice(precision: RunPrecision): TemplateResult {
    return html`<fieldset class="choice">
      <legend>${words.computedWith}</legend>
      ${precisions.map(
        (one) => html`<label title=${words[`${one}Hint`]}>
          <input
            type="radio"
            name="run"
            value=${one}
            .checked=${one === precision}
            @change=${() => this.session.setPrecision(one)}
          /><span>${words[one]}</span></label
        >`,
      )}
    </fieldset>`;
  }
}
