import { html, type TemplateResult } from 'lit';

/**
 * A choice of few as buttons side by side, under a label; `choose` gets the one that is pressed. Not radio buttons: these use ← and
 * →, which are to step on wherever the focus is.
 */
export function choiceButtons<Choice extends string>(
  label: string,
  choices: readonly { readonly value: Choice; readonly text: string; readonly hint?: string }[],
  chosen: Choice,
  choose: (value: Choice) => void,
): TemplateResult {
  return html`<div class="choice" role="group" aria-label=${label}>
    <span class="legend" aria-hidden="true">${label}</span>
    ${choices.map(
      ({
        value,
        text,
        hint = '',
      }) => html`<button type="button" aria-pressed=${value === chosen} title=${hint}
        @click=${() => choose(value)}>${text}</button>`,
    )}
  </div>`;
}
