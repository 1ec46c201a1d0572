import { html, nothing, type TemplateResult } from 'lit';
import type { Mode, Run } from '../src/machine/machine.ts';
import { SessionView } from './session-view.ts';

const runs: readonly { run: Run; label: string; hint: string }[] = [
  {
    run: 'lesson',
    label: 'Lecture rounding',
    hint: 'Stored values are rounded as on the slides, and carried on so',
  },
  { run: 'full', label: 'Full precision', hint: 'Every value keeps all 64 bits' },
];

const modes: readonly { mode: Mode; label: string; hint: string }[] = [
  { mode: 'train', label: 'Training', hint: 'Each iteration as it is while training' },
  {
    mode: 'evaluate',
    label: 'Evaluating',
    hint: 'The same iteration with the same parameters, but as the network is put to use',
  },
];

const digitChoices = [4, 6, 10, 15];

/** `<bs-runs>`: with which rounding it is computed, and how many digits are shown. */
export class Runs extends SessionView {
  protected override render(): TemplateResult {
    const { model, state } = this.session;
    const { digits } = state;
    return html`
      ${model.store.length > 0 ? this.choice(state.run) : nothing}
      ${this.session.hasModes ? this.modes(state.mode) : nothing}
      <fieldset class="choice digits">
        <legend>Digits</legend>
        ${digitChoices.map(
          (count) => html`<label title="${count} significant digits where the lesson has no rule">
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

  /** A model that drops units or normalises by the batch only in training. */
  private modes(mode: Mode): TemplateResult {
    return html`<fieldset class="choice">
      <legend>Shown as</legend>
      ${modes.map(
        (one) => html`<label title=${one.hint}>
          <input
            type="radio"
            name="mode"
            value=${one.mode}
            .checked=${one.mode === mode}
            @change=${() => this.session.setMode(one.mode)}
          /><span>${one.label}</span></label
        >`,
      )}
    </fieldset>`;
  }

  /** A model without storing rules has one run only. */
  private choice(run: Run): TemplateResult {
    return html`<fieldset class="choice">
      <legend>Computed with</legend>
      ${runs.map(
        (one) => html`<label title=${one.hint}>
          <input
            type="radio"
            name="run"
            value=${one.run}
            .checked=${one.run === run}
            @change=${() => this.session.setRun(one.run)}
          /><span>${one.label}</span></label
        >`,
      )}
    </fieldset>`;
  }
}
