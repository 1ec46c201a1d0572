import { css, html, nothing, type TemplateResult } from 'lit';
import type { Mode, RunPrecision } from '../../src/machine/machine.ts';
import { precisionWords as words } from '../../src/words/run/precision-bar.ts';
import { choiceStyles } from '../base/choice.styles.ts';
import { choiceButtons } from '../base/choice.ts';
import { SessionView } from '../base/session-view.ts';
import { rememberedSpeech, rememberSpeech, type SpeechLevel } from '../speech/speech-level.ts';

const precisions: readonly RunPrecision[] = ['lesson', 'full'];
const modes: readonly Shown[] = ['train', 'evaluate'];

const levels: readonly { readonly value: SpeechLevel; readonly word: 'short' | 'middle' | 'detailed' }[] = [
  { value: 'short', word: 'short' },
  { value: 'middle', word: 'middle' },
  { value: 'full', word: 'detailed' },
];

const digitChoices = [4, 6, 10, 15];

/** The samples of training, in one way or the other. */
type Shown = Exclude<Mode, number>;

const labelled = <Choice extends RunPrecision | Shown>(value: Choice) => ({
  value,
  text: words[value],
  hint: words[`${value}Hint`],
});

/**
 * `<bs-precision-bar>`: choices of the precision (where the model has storing rules), of training or evaluation (where they
 * differ), and of the significant digits shown, set on the session; and in how many words steps are announced.
 */
export class PrecisionBar extends SessionView {
  static override readonly sheet = [
    choiceStyles,
    css`
      bs-precision-bar {
        display: contents;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { session } = this;
    const { precision, mode } = session.state;
    return html`
      ${
        // Without storing rules both precisions give the same numbers.
        session.model.store.length === 0
          ? nothing
          : choiceButtons(words.computedWith, precisions.map(labelled), precision, (one) =>
              session.setPrecision(one),
            )
      }
      ${
        // For models that drop units, or normalise by the batch, in training only.
        session.hasModes
          ? choiceButtons(words.shownAs, modes.map(labelled), mode as Shown, (one) => session.setMode(one))
          : nothing
      }
      ${this.digitsChoice(session.state.digits)}
      ${choiceButtons(
        words.spoken,
        levels.map(({ value, word }) => ({ value, text: words[word], hint: words[`${word}Hint`] })),
        rememberedSpeech(),
        (level) => {
          rememberSpeech(level);
          this.requestUpdate();
        },
      )}
    `;
  }

  /** A link may have set another number than those that are offered. */
  private digitsChoice(digits: number): TemplateResult {
    const counts = [...new Set([...digitChoices, digits])].sort((a, b) => a - b);
    return html`<label class="choice digits" title=${words.digitsHint}>
      <span>${words.digits}</span>
      <select @change=${({ target }: Event) => this.session.setDigits(Number((target as HTMLSelectElement).value))}>
        ${counts.map((count) => html`<option value=${count} .selected=${count === digits}>${count}</option>`)}
      </select>
    </label>`;
  }
}
