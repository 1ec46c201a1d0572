import { html, type TemplateResult } from 'lit';
import { arrayWindowWords as words } from '../../src/words/arrays/array-window.ts';
import {
  type ArrayWindow,
  canMoveWindow,
  movedWindow,
  type WindowDirection,
  windowDirections,
  windowText,
} from './array-window.ts';

/**
 * The full shape of an array of at least two dimensions; and for each of `windowDirections`, what the window shows and buttons
 * that move it; `move` gets the new window, which the caller shows. `name`: the array as screen readers should read it.
 */
export function windowControls(
  window: ArrayWindow,
  name: string,
  move: (next: ArrayWindow) => void,
): TemplateResult {
  const { shape } = window;
  const button = (direction: WindowDirection, by: 1 | -1): TemplateResult => {
    const what = words[shape.length === 1 ? 'entries' : direction];
    const label = by > 0 ? words.next(what, name) : words.previous(what, name);
    const isOn = canMoveWindow(window, direction, by);
    return html`<button type="button" class="small" aria-label=${label} title=${label} aria-disabled=${!isOn}
      @click=${() => isOn && move(movedWindow(window, direction, by))}>${by > 0 ? '›' : '‹'}</button>`;
  };
  return html`<span class="window">
    <span class="shape">${shape.length === 1 ? '' : shape.join(' × ')}</span>
    ${windowDirections(window).map(
      (direction) =>
        html`<span class="mover">${button(direction, -1)}<span>${windowText(window, direction)}</span>${button(direction, 1)}</span>`,
    )}
  </span>`;
}
