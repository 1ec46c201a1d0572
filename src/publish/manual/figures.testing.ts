import { expect } from 'vitest';
import { renderLesson } from '../../lesson/lesson.ts';
import { elementsOf } from '../../lesson/testing/page-faults.testing.ts';
import type { Statements } from './statements.testing.ts';

/** w x is 2 and 8, and the update leaves w as it is. */
const model = `\`\`\`{model} m
given x = [1, 2]
given X = [[1, 2, 3], [4, 5, 6]]
param w = [2, 4]
forward
  y[k] = w[k] * x[k]
  q = X[1,1]
\`\`\``;

const figure = (lines: string) => renderLesson(`${model}\n\n:::{figure} m\n${lines}\n:::`);
const texts = (html: string, tag: string): string[] =>
  [...html.matchAll(new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`, 'g'))].map(([, text]) => text);

/** What the page says of figures. */
export const figureStatements: Pick<Statements, 'tried' | 'elsewhere'> = {
  tried: [
    [
      'A `figure` fence is a picture of a model’s numbers with the caption that stands in it',
      () => {
        const { html, diagnostics } = figure('bars: y[k]\nThe *numbers*.');
        expect(diagnostics).toEqual([]);
        expect(html).toMatch(/<figcaption>\s*<p>The <em>numbers<\/em>\.<\/p>/);
        expect(elementsOf(html, 'rect')).toHaveLength(2);
      },
    ],
    [
      'has the numbers of the first iteration without JavaScript, and its numbers in a table',
      () => expect(texts(figure('bars: y[k]').html, 'td')).toEqual(['2', '8']),
    ],
    [
      '`bars: y[k]` draws any expression over one index',
      () => expect(texts(figure('bars: y[k] - x[k]').html, 'td')).toEqual(['1', '6']),
    ],
    [
      '`labels: 0..9` or words with commas name the entries where the names of the model’s own `label` lines will not do',
      () => {
        expect(texts(figure('bars: y[k]\nlabels: 0..1').html, 'text').slice(-2)).toEqual(['0', '1']);
        expect(texts(figure('bars: y[k]\nlabels: no, yes').html, 'text').slice(-2)).toEqual(['no', 'yes']);
        const own = (lines: string) =>
          texts(
            renderLesson(
              `${model.replace(/\n```$/, '\nlabel k as a, b\n```')}\n\n:::{figure} m\n${lines}\n:::`,
            ).html,
            'text',
          );
        expect(own('bars: y[k]').slice(-2)).toEqual(['a', 'b']);
        expect(own('bars: y[k]\nlabels: 0..1').slice(-2)).toEqual(['0', '1']);
      },
    ],
    [
      '`curve: L` with `over: W[1,2] = -2..2` is a loss against one number of a parameter, with the tangent and the update’s step',
      () => {
        const { html, diagnostics } = renderLesson(
          '```{model} m\nparam w = 3\nforward\n  L = w^2\nupdate\n  w <- w - 0.25 * dL/dw\n```\n\n:::{figure} m\ncurve: L\nover: w = -4..4\n:::',
        );
        expect(diagnostics).toEqual([]);
        // At 3 the loss is 9 and its slope 6; the update takes off 1.5.
        expect(texts(html, 'td').slice(0, 5)).toEqual(['3', '9', '6', '1.5', '2.25']);
        expect(elementsOf(html, 'line').map((one) => one.class)).toEqual(
          expect.arrayContaining(['tangent', 'step']),
        );
      },
    ],
    [
      '`function: sigmoid(z)` with `over: z = -6..6` is the graph of a function',
      () => {
        const { html, diagnostics } = figure('function: sigmoid(z)\nover: z = -6..6');
        expect(diagnostics).toEqual([]);
        expect(html).toMatch(/<path class="curve" d="M/);
      },
    ],
    [
      '`points: net[j]` puts numbers of the run on it, with the slope there',
      () => {
        const { html } = figure('function: z^2\nover: z = 0..10\npoints: y[k]');
        expect(texts(html, 'td')).toEqual(['2', '4', '4', '8', '64', '16']);
      },
    ],
    [
      '`image: W[i,j]` draws one over two indices',
      () => expect(texts(figure('image: X[i,j]').html, 'td')).toEqual(['1', '2', '3', '4', '5', '6']),
    ],
    [
      'or over one with `shape: 8 x 8`',
      () => {
        const { html } = figure('image: x[i]\nshape: 2 x 1');
        expect(
          elementsOf(html, 'rect')
            .filter((one) => one['data-cell'])
            .map(({ x, y }) => [x, y]),
        ).toEqual([
          ['0', '0'],
          ['0', '24'],
        ]);
      },
    ],
    [
      '`series: L` draws a number at the end of each iteration that has been run, `iterations: 500` as many of them without JavaScript',
      () => {
        const { html, diagnostics } = renderLesson(
          '```{model} m\nparam w = 8\nforward\n  L = w^2\nupdate\n  w <- w - 0.25 * dL/dw\n```\n\n:::{figure} m\nseries: L\niterations: 4\n:::',
        );
        expect(diagnostics).toEqual([]);
        // Each update halves w.
        expect(texts(html, 'td')).toEqual(['64', '16', '4', '1']);
      },
    ],
    [
      '`range: 0..1` says which numbers have room',
      () => {
        const tallest = (range: string) =>
          Math.max(
            ...elementsOf(figure(`bars: y[k]${range}`).html, 'rect').map(({ height }) => Number(height)),
          );
        // Of 120 units: 8 of 16.
        expect(tallest('\nrange: 0..16')).toBe(60);
        expect(tallest('\nrange: 0..8')).toBe(120);
      },
    ],
    [
      'Of a batch it shows the sample that the debugger is at',
      () => {
        const batch = renderLesson(
          '```{model} b\nsample x = [[1, 2], [3, 4]]\nbatch n = all\nforward\n  y = x[1]\n```\n\n:::{figure} b\nbars: x[p]\n:::',
        );
        expect(texts(batch.html, 'td')).toEqual(['1', '2']);
      },
    ],
  ],
  elsewhere: [
    {
      says: 'It goes along with the debugger',
      file: 'e2e/figures.spec.ts',
      title: 'figures go along with the steps',
    },
  ],
};
