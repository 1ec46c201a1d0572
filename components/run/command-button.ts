import { html, type TemplateResult } from 'lit';
import { type CommandId, command } from '../../src/session/commands.ts';
import { keyWords } from '../../src/words/base/key-text.ts';
import { icons } from '../base/icons.ts';
import { keyText } from '../base/key-text.ts';

/**
 * A command of the table as an icon button with its label and keys, which calls `press` with the id. `idle` only sets
 * `aria-disabled`: `press` is called all the same. `icon`: by default the command's own; `kept`: the bars that keep it, a class for
 * the sheet: all (`main`), all but the narrowest (`usual`), or only the widest.
 */
export function stepButton(
  id: CommandId,
  label: string,
  idle: boolean,
  press: (id: CommandId) => void,
  { icon = icons[id], kept = 'rare' }: { icon?: TemplateResult; kept?: 'main' | 'usual' | 'rare' } = {},
): TemplateResult {
  const keys = command(id)?.keys ?? [];
  return html`<button
    type="button"
    class="tool ${id} ${kept}"
    aria-label=${label}
    title=${keyWords.with(label, keys.map(keyText).join(', '))}
    aria-keyshortcuts=${keys.join(' ')}
    aria-disabled=${idle}
    @click=${() => press(id)}
  >${icon}</button>`;
}
