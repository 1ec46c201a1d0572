import { cellAt, cellName, type Model, precisionOf, type Quantity, sizeOf } from '../../formula/model.ts';
import { texName } from '../../formula/notation.ts';
import type { RunPrecision } from '../../machine/machine.ts';
import { format } from '../../number/format.ts';
import type { Program } from '../../program/program.ts';
import { pageWords as words } from '../../words/lesson/page.ts';
import { escapeHtml } from '../markdown/html.ts';
import type { MathRenderer } from '../markdown/math.ts';
import type { LessonModel } from '../model/model.ts';

/** Quantities with more cells than this are named below the table, but not listed in it. */
const mostCells = 24;

/**
 * An escaped HTML table of all computed cells at the end of frames 1 to `frames`, at the lesson's
 * precision (where it has storing rules) and at full precision; arrays of more than 24 cells are only named below. The model
 * must have a program; its frames are run. `math` sets the names.
 */
export function numbersTable(
  model: LessonModel,
  frames: number,
  math: MathRenderer,
  /** Called once for each quantity whose name cannot be set, with the reason. */
  report: (message: string) => void,
): string {
  const { model: compiled } = model.program as Program;
  const precisions: readonly RunPrecision[] = compiled.store.length > 0 ? ['lesson', 'full'] : ['full'];
  const columns = Array.from({ length: frames }, (_, at) =>
    precisions.map((precision) => ({ frame: at + 1, precision })),
  ).flat();
  const heads = columns.map(({ frame, precision }) => {
    const how = precision === 'lesson' ? words.rounded : words.full;
    return `<th scope="col">${frames > 1 ? words.iteration(frame, how) : how}</th>`;
  });
  const names = [...new Set(compiled.formulas.map(({ target }) => target))];
  const quantities = names.map((name) => compiled.quantities.get(name) as Quantity);
  const reported = new Set<string>();
  const heading = (name: string, cell: readonly number[]): string =>
    math.render(
      texName(compiled, name, cell),
      false,
      ({ severity, message }) => {
        if (severity === 'error' && !reported.has(name)) report(`${name}: ${message}`);
        reported.add(name);
      },
      // It is read on paper, and where there is no script.
      'mathml',
    );
  const rows = quantities
    .filter(({ shape }) => sizeOf(shape) <= mostCells)
    .flatMap(({ name, shape }) =>
      Array.from({ length: sizeOf(shape) }, (_, flat) => {
        const cell = cellAt(shape, flat);
        const values = columns.map(({ frame, precision }) => {
          const result = model.value(precision, frame, cellName(name, cell));
          return `<td>${'value' in result ? shown(compiled, name, cell, result.value, precision) : ''}</td>`;
        });
        return `<tr><th scope="row">${heading(name, cell)}</th>${values.join('')}</tr>`;
      }),
    );
  const left = quantities.filter(({ shape }) => sizeOf(shape) > mostCells);
  const note =
    left.length === 0
      ? ''
      : `\n<p>${escapeHtml(words.tooLarge(left.map(({ name, shape }) => words.array(name, shape.join(' × '))).join(', ')))}</p>`;
  return `<table class="numbers"><caption>${words.numbers(frames)}</caption>
<thead><tr><th scope="col">${words.cell}</th>${heads.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table>${note}`;
}

/** All digits at full precision; at the lesson's, the digits of its `show` or `store` rule, else six significant ones. */
function shown(
  model: Model,
  name: string,
  cell: readonly number[],
  value: number,
  precision: RunPrecision,
): string {
  if (precision === 'full') return format(value);
  const shows = precisionOf(model.show, name, cell);
  if (shows !== undefined) return format(value, { precision: shows, pad: true });
  if (precisionOf(model.store, name, cell) !== undefined) return format(value);
  return format(value, { precision: { kind: 'significant', digits: 6 } });
}
