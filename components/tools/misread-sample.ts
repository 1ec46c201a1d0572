import { html, nothing, type TemplateResult } from 'lit';
import type { JudgedSample } from '../../src/explain/examined/judgement.ts';
import { type Model, ownShape, type Quantity } from '../../src/formula/model.ts';
import { format, formatCount } from '../../src/number/format.ts';
import type { Session } from '../../src/session/session.ts';
import { examinationWords as words } from '../../src/words/tools/examination.ts';
import { heatMap } from '../charts/heat-map.ts';

/** Fewer numbers than these are no image. */
const leastPixels = 16;
/** Numbers of an input that are written out, and answers that are listed. */
const [mostNumbers, mostAnswers] = [4, 3];
/** Pixels of the longer side of an image. */
const side = 72;
/** Significant digits. */
const digits = 3;

/** A misread sample with what it was taken for: its image, or its numbers, the greatest answers, and a button that calls `step`. */
export function misreadSample(
  session: Session,
  { row, wanted, answered, answer }: JudgedSample,
  names: readonly string[],
  step: () => void,
): TemplateResult {
  const text = formatCount(row);
  const taken = words.taken(names[wanted], answered === undefined ? words.noNumber : names[answered]);
  const greatest = answer
    .map((value, n) => ({ value, name: names[n] }))
    .sort((a, b) => b.value - a.value)
    .slice(0, mostAnswers);
  return html`<li>
    ${inputOf(session, row)}
    <div>
      <p><b>${taken}</b> <span class="quiet">${words.sample(text)}</span></p>
      ${
        answer.length > 1
          ? html`<ul class="answers">${greatest.map(
              ({ name, value }) => html`<li>
                <span>${name}</span><span class="share" aria-hidden="true"><span .style=${`inline-size: ${Math.round(100 * Math.min(1, Math.max(0, value)))}%`}></span></span><span>${short(value)}</span>
              </li>`,
            )}</ul>`
          : html`<p>${short(answer[0])}</p>`
      }
      <button type="button" class="text-button" aria-label=${words.stepOf(text)} @click=${step}>${words.step}</button>
    </div>
  </li>`;
}

/** What the network was given: an image where it can be one. */
function inputOf(session: Session, row: number): TemplateResult | typeof nothing {
  const input = inputQuantity(session.model);
  if (input === undefined) return nothing;
  const values = [...session.trained.inputs.sample(input, row)];
  const shape = imageShape(input);
  if (shape === undefined) {
    const some = values.slice(0, mostNumbers).map(short).join(', ');
    return html`<p class="given">${input.name} = ${some}${values.length > mostNumbers ? ', …' : ''}</p>`;
  }
  const [rows, columns] = shape;
  const scale = side / Math.max(rows, columns);
  const pixels = values.slice(0, rows * columns);
  const most = Math.max(...pixels.map(Math.abs)) || 1;
  return html`<canvas role="img" aria-label=${words.image(formatCount(row))} ${heatMap({ rows, columns, values: pixels, most })}
    .style=${`inline-size: ${columns * scale}px; block-size: ${rows * scale}px`}></canvas>`;
}

/** The sample data that are read besides the targets: those with the most numbers. */
function inputQuantity({ quantities, examination }: Model): Quantity | undefined {
  const samples = [...quantities.values()].filter(
    ({ role, name }) => role === 'sample' && name !== examination?.target,
  );
  return samples.sort((a, b) => (b.rows?.size ?? 0) - (a.rows?.size ?? 0))[0];
}

/** Rows and columns of a sample as an image, of several channels the first; undefined where it is none. */
function imageShape(input: Quantity): readonly [number, number] | undefined {
  const own = ownShape(input);
  if (own.length >= 2) return [own[own.length - 2], own[own.length - 1]];
  const root = Math.sqrt(own[0] ?? 0);
  return Number.isInteger(root) && root * root >= leastPixels ? [root, root] : undefined;
}

const short = (value: number): string => format(value, { precision: { kind: 'significant', digits } });
