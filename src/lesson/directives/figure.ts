import { type FigureOption, figureOptions } from '../../figure/base/kinds.ts';
import type { FigurePicture } from '../../figure/base/picture.ts';
import type { FigureText } from '../../figure/base/reader.ts';
import { type FigureFault, readFigure } from '../../figure/figure.ts';
import { Moment } from '../../machine/moment.ts';
import { formatCount } from '../../number/format.ts';
import type { Program } from '../../program/program.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { attributes, escapeHtml } from '../markdown/html.ts';
import { errorCard, shownModel } from '../page/page.ts';
import type { Directive } from './directive.ts';

/** Operations that are run at most for a page's figure. */
const mostOperations = 5e7;

/**
 * `:::{figure} id`: a picture of a model's numbers, whose kind and what it shows are said in a line such as `bars: y[k]`, with its
 * caption below. The page has it as it is at the end of the first iteration, or of as many as it says; with scripts it goes along with the debugger.
 */
export const figureDirective: Directive = {
  options: figureOptions,
  prose: true,
  render({ argument: id, options, html, place }, page) {
    const model = shownModel(page, id, place);
    if (model === undefined) return errorCard(page, words.wrong, []);
    const text: FigureText = Object.fromEntries(
      [...options].flatMap(([key, { value }]) => (isOption(key) ? [[key, value]] : [])),
    );
    const program = model.program as Program;
    const figure = readFigure(program, text);
    if ('message' in figure) {
      report(figure);
      return errorCard(page, words.wrong, page.findings.all.slice(-1));
    }
    const machine = model.machine('lesson');
    const iterations = Math.min(figure.iterations, Math.max(1, Math.floor(mostOperations / program.size)));
    while (machine.furthest < iterations && machine.isFinite) machine.extend();
    const picture = figure.at(new Moment(machine, iterations * program.size));
    const data = Object.fromEntries(Object.entries(text).map(([key, value]) => [`data-${key}`, value]));
    return `<figure${attributes({ class: `figure ${figure.kind}`, 'data-model': id, ...data })}>
${svg(picture, id)}
<figcaption>
${html}${table(picture, words.afterIteration(formatCount(iterations)))}</figcaption>
</figure>
`;

    function report({ option, message }: FigureFault): void {
      const found = option === undefined ? undefined : options.get(option);
      page.findings.error(found?.place ?? place, 'figure', message);
    }
  },
};

const isOption = (key: string): key is FigureOption => (figureOptions as readonly string[]).includes(key);

const round = (value: string | number): string | number =>
  typeof value === 'number' ? Math.round(value * 100) / 100 : value;

function svg({ width, height, marks, text }: FigurePicture, model: string): string {
  const shapes = marks.map(({ tag, attributes: values, text: said = '', cell }) => {
    const rounded = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, round(value)]));
    const data = cell === undefined ? {} : { 'data-model': model, 'data-cell': cell };
    return `<${tag}${attributes({ ...rounded, ...data })}>${escapeHtml(said)}</${tag}>`;
  });
  const size = {
    viewBox: `0 0 ${round(width)} ${round(height)}`,
    width: round(width),
    height: round(height),
  };
  return `<svg${attributes({ ...size, role: 'img', 'aria-label': text })}>${shapes.join('')}</svg>`;
}

function table({ table: [head, ...rows] }: FigurePicture, when: string): string {
  const heads = head.map((one) => `<th scope="col">${escapeHtml(one)}</th>`).join('');
  const body = rows.map(
    ([first, ...rest]) =>
      `<tr><th scope="row">${escapeHtml(first)}</th>${rest.map((one) => `<td>${escapeHtml(one)}</td>`).join('')}</tr>`,
  );
  return `<details><summary>${words.table} <span class="when">${when}</span></summary><table><thead><tr>${heads}</tr></thead><tbody>${body.join('')}</tbody></table></details>`;
}
