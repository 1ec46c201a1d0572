import { html, nothing, type TemplateResult } from 'lit';
import { command } from '../../src/session/commands.ts';
import { keyWords } from '../../src/words/base/key-text.ts';
import { icons } from '../base/icons.ts';
import { keyText } from '../base/key-text.ts';

/**
 * A command of the table as an icon button with its label and keys, which calls `press` with the id; `nothing` where no command
 * has the id. `idle` only sets `aria-disabled`: `press` is called all the same. `icon`: by default the command's own; `isMain`:
 * emphasized.
 */
export function stepButton(
  id: string,
  idle: boolean,
  press: (id: string) => void,
  { icon = icons[id], isMain = false } = {},
): TemplateResult | typeof nothing {
  const found = command(id);
  if (found === undefined) return nothing;
  const { label, keys } = found;
  return html`<button
    type="button"
    class="tool ${id} ${isMain ? 'main' : ''}"
    aria-label=${label}
    title=${keyWords.with(label, keys.map(keyText).join(', '))}
    aria-keyshortcuts=${keys.join(' ')}
    aria-disabled=${idle}
    @click=${() => press(id)}
  >${icon}</button>`;
}
