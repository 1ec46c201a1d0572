import { html, nothing, type TemplateResult } from 'lit';
import { spokenCell } from '../../src/explain/spoken-cell.ts';
import { dataCell } from '../../src/explain/unrolled-tex.ts';
import { texName } from '../../src/formula/notation.ts';
import { command } from '../../src/session/commands.ts';
import type { Session } from '../../src/session/session.ts';
import { networkDrawingWords as words } from '../../src/words/drawing/network-drawing.ts';
import { icons } from '../base/icons.ts';
import { keyText } from '../base/key-text.ts';
import { math } from '../base/math.ts';
import type { EdgeMeasure } from './edge-strokes.ts';

/** What the line under the drawing says and does. */
interface Foot {
  readonly session: Session;
  /** The layers of which not all units are drawn, in words; empty for none. */
  readonly abridged: string;
  /** What the width of edges stands for; undefined where none are drawn. */
  readonly measure: EdgeMeasure | undefined;
  readonly isTable: boolean;
  /** Whether all of the drawing is in sight. */
  readonly isWhole: boolean;
  /** Shows the table in place of the drawing, and the other way round. */
  readonly turnOver: () => void;
  readonly zoom: (by: -1 | 0 | 1) => void;
}

/** The line under the drawing: learning rates, what edges show, which units are not drawn, and the buttons that change the view. */
export function footTemplate({
  session,
  abridged,
  measure,
  isTable,
  isWhole,
  turnOver,
  zoom,
}: Foot): TemplateResult {
  const button = (id: 'zoomOut' | 'zoomAll' | 'zoomIn', by: -1 | 0 | 1, isIdle: boolean) =>
    html`<button type="button" class="small" aria-label=${words[id]} title="${words[id]} (${keyText(command(id)?.keys[0] ?? '')})"
        aria-keyshortcuts=${command(id)?.keys[0] ?? nothing} aria-disabled=${isIdle} @click=${() => zoom(by)}>${icons[id]}</button>`;
  return html`<div class="foot">
      ${ratesTemplate(session)}
      <div class="says">
        ${measure === undefined ? nothing : html`<p class="legend">${words[measure]}</p>`}
        ${abridged === '' ? nothing : html`<p class="abridged" title=${words.abridgedHint}>${words.abridged(abridged)}</p>`}
      </div>
      <span class="sights">
        <button type="button" class="small as-table" aria-pressed=${isTable} @click=${turnOver}>${words.asTable}</button>
        ${button('zoomOut', -1, isWhole)}${button('zoomAll', 0, isWhole)}${button('zoomIn', 1, false)}
      </span>
    </div>`;
}

/** The learning rates of a session's model, each a button beside which it is changed. */
export function ratesTemplate({ model, machine, moment, figures }: Session): TemplateResult {
  const rates = [...model.quantities.values()].filter(
    ({ role, shape }) => role === 'rate' && shape.length === 0,
  );
  return html`<span class="rates">${rates.map(({ name }) => {
    const value = figures.text(machine.value(moment.frame, name, 'old', []), name, []);
    return html`<button type="button" class="small rate" data-cell=${dataCell(name, [])}
        aria-label=${words.rate(spokenCell(model, name, []), value)} title=${words.change}
      ><span ${math(`${texName(model, name, [])} =`, 'silent')}></span> <span class="value">${value}</span></button>`;
  })}</span>`;
}
