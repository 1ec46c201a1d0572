import { html, nothing, type TemplateResult } from 'lit';
import type { CellReference } from '../../src/explain/explanation.ts';
import { breakpointAt } from '../../src/session/breakpoints/breakpoint.ts';
import { type CommandId, command } from '../../src/session/commands.ts';
import type { Session } from '../../src/session/session.ts';
import { keyWords } from '../../src/words/base/key-text.ts';
import { formulaWords as words } from '../../src/words/reading/formula.ts';
import { send } from '../base/events.ts';
import { keyText } from '../base/key-text.ts';

/**
 * What can be asked and done about the cell at work, as a row of quiet buttons: *Why?* and *Stop here* run their commands by
 * `perform`; *What if?* and *Watch* name the cell in an event, since their commands mean the cell that is pointed at.
 */
export function actionsTemplate(
  session: Session,
  cell: CellReference,
  perform: (id: CommandId) => void,
): TemplateResult {
  const isStop = breakpointAt(session.state.breakpoints, cell.name, 'formula') !== undefined;
  return html`<div class="step-actions" role="group" aria-label=${words.actions}>
    ${button('why', words.why, () => perform('why'))}
    ${button('whatIf', words.whatIf, ({ currentTarget }) =>
      send(currentTarget as HTMLElement, 'backstep-what-if', { cell, beside: currentTarget as HTMLElement }),
    )}
    ${button('watches', words.watch, ({ currentTarget }) => send(currentTarget as HTMLElement, 'backstep-watch', cell))}
    ${button('toggleBreakpoint', words.stopHere, () => perform('toggleBreakpoint'), isStop)}
  </div>`;
}

function button(
  id: CommandId,
  label: string,
  press: (event: Event) => void,
  isPressed?: boolean,
): TemplateResult {
  const keys = command(id)?.keys ?? [];
  return html`<button type="button" class="text-button ${id}" title=${keyWords.with(label, keys.map(keyText).join(', '))}
    aria-keyshortcuts=${keys.join(' ')} aria-pressed=${isPressed ?? nothing} @click=${press}>${label}</button>`;
}
