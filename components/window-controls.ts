import { html, type TemplateResult } from 'lit';
import {
  type ArrayWindow,
  canMove,
  type Direction,
  directionsOf,
  moved,
  windowText,
} from './array-window.ts';

const words: Record<Direction, string> = { slices: 'slice', rows: 'rows', columns: 'columns' };

/**
 * The true shape of an array of which a window is shown, what is in sight, and the ways to the rest.
 * @param name the array, as it is spoken
 */
export function windowControls(
  window: ArrayWindow,
  name: string,
  move: (next: ArrayWindow) => void,
): TemplateResult {
  const { shape } = window;
  const button = (direction: Direction, by: 1 | -1): TemplateResult => {
    const label = `${by > 0 ? 'Next' : 'Previous'} ${shape.length === 1 ? 'entries' : words[direction]} of ${name}`;
    const isOn = canMove(window, direction, by);
    return html`<button type="button" class="small" aria-label=${label} title=${label} aria-disabled=${!isOn}
      @click=${() => isOn && move(moved(window, direction, by))}>${by > 0 ? '›' : '‹'}</button>`;
  };
  return html`<span class="window">
    <span class="shape">${shape.length === 1 ? '' : shape.join(' × ')}</span>
    ${directionsOf(window).map(
      (direction) =>
        html`<span class="mover">${button(direction, -1)}<span>${windowText(window, direction)}</span>${button(direction, 1)}</span>`,
    )}
  </span>`;
}
