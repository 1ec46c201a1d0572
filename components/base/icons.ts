import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

/** An icon of 20 by 20 units. */
export const icon = (drawing: SVGTemplateResult): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${drawing}</svg>`;

/**
 * The icons of the toolbar and of buttons, by name, which for a step command is its id; hidden from assistive technology, so the
 * button needs a label. A chevron is one operation, a box a finished cell, a double chevron a phase, a bar an end; an arc passes
 * over a function, the dot below it.
 */
export const icons: Readonly<Record<string, TemplateResult>> = {
  first: icon(svg`<path d="M5 4v12M15 5l-6 5 6 5"/>`),
  previousPhase: icon(svg`<path d="M10 5l-6 5 6 5M16 5l-6 5 6 5"/>`),
  previousCell: icon(svg`<path d="M17 5.5l-5 4.5 5 4.5"/><rect x="3" y="7" width="6" height="6" rx="0.5"/>`),
  backOver: icon(
    svg`<path d="M16 11a6 6 0 0 0-11.5-2M4 4v5.200h5.200"/><circle cx="10" cy="15.5" r="1.600" class="solid"/>`,
  ),
  back: icon(svg`<path d="M12.5 4.500l-6 5.5 6 5.5"/>`),
  next: icon(svg`<path d="M7.5 4.500l6 5.5-6 5.5"/>`),
  over: icon(
    svg`<path d="M4 11a6 6 0 0 1 11.5-2M16 4v5.200h-5.200"/><circle cx="10" cy="15.5" r="1.600" class="solid"/>`,
  ),
  out: icon(svg`<path d="M10 12V3.500M6 7l4-3.700L14 7"/><circle cx="10" cy="16" r="1.600" class="solid"/>`),
  nextCell: icon(svg`<path d="M3 5.500l5 4.5-5 4.5"/><rect x="11" y="7" width="6" height="6" rx="0.5"/>`),
  nextPhase: icon(svg`<path d="M4 5l6 5-6 5M10 5l6 5-6 5"/>`),
  last: icon(svg`<path d="M15 4v12M5 5l6 5-6 5"/>`),
  restart: icon(svg`<path d="M4.5 10a5.5 5.5 0 1 0 1.800-4.100M6.5 2.500v3.600h3.600"/>`),
  play: icon(svg`<path d="M6 4l10 6-10 6z" class="solid"/>`),
  playBack: icon(svg`<path d="M14 4L4 10l10 6z" class="solid"/>`),
  runOn: icon(svg`<path d="M4 4v12"/><path d="M8 4.500l9 5.5-9 5.5z"/>`),
  runBack: icon(svg`<path d="M16 4v12"/><path d="M12 4.500l-9 5.5 9 5.5z"/>`),
  pause: icon(svg`<path d="M6 4h3v12H6zM11 4h3v12h-3z" class="solid"/>`),
  zoomOut: icon(svg`<path d="M4 10h12"/>`),
  zoomAll: icon(
    svg`<rect x="3.5" y="5" width="13" height="10" rx="1"/><rect x="7" y="8" width="6" height="4"/>`,
  ),
  zoomIn: icon(svg`<path d="M4 10h12M10 4v12"/>`),
  more: icon(
    svg`<circle cx="4" cy="10" r="1.5" class="solid"/><circle cx="10" cy="10" r="1.5" class="solid"/><circle cx="16" cy="10" r="1.5" class="solid"/>`,
  ),
};
