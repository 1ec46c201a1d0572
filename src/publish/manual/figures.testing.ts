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

/** Two roads from x to L. */
const roads = '```{model} r\ngiven x = 2\nforward\n  a = 3 * x\n  L = a * x\n```';

/** A recurrence of so many moments. */
const unrolled = (moments: number) =>
  renderLesson(
    `\`\`\`{model} t\ngiven x[${moments}] = 1\nparam u = 2\nforward\n  h[t] = x[t] + u * h?[t-1]\n  L = h[${moments}]^2\nbackward\n  δ[t] : dL/dh[t]\n\`\`\`\n\n:::{figure} t\ntime: h\ngradient: δ[t]\n:::`,
  );

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
      '`chain: L` draws what leads to one number of the forward pass, with the slope on every arrow and below each number the derivative by it',
      () => {
        const { html, diagnostics } = renderLesson(`${roads}\n\n:::{figure} r\nchain: L\n:::`);
        expect(diagnostics).toEqual([]);
        const said = (kind: string) =>
          [...html.matchAll(new RegExp(`<text class="${kind}[^>]*>([^<]*)<`, 'g'))].map(([, text]) => text);
        // x is 2, a = 3 x, L = a x: ∂a/∂x is 3, ∂L/∂a is x and ∂L/∂x is a; in all 3 · 2 + 6.
        expect(said('slope').sort()).toEqual(['2', '3', '6']);
        expect(said('derivative').sort()).toEqual(['12', '2']);
      },
    ],
    [
      '`from: x[1]` says where its roads begin, and each road has a line of its own',
      () => {
        const lines = (from: string) =>
          new Set(
            elementsOf(renderLesson(`${roads}\n\n:::{figure} r\nchain: L\nfrom: ${from}\n:::`).html, 'path')
              .map((one) => one.class)
              .filter((one) => one?.startsWith('arrow way')),
          ).size;
        expect([lines('x'), lines('a')]).toEqual([2, 1]);
      },
    ],
    [
      '`time: h` with `gradient: δ[t,j]` draws a recurrent model unrolled in time, the arrows of one weight alike, and below each moment the length of the gradient',
      () => {
        const { html, diagnostics } = unrolled(2);
        expect(diagnostics).toEqual([]);
        // h is 1 and 1 + 2 · 1, L its last one squared: δ is 2 · 3 at the second moment, and u = 2 times as much at the first.
        expect(texts(html, 'td')).toEqual(['1', '12', '3', '6']);
        const kinds = elementsOf(html, 'path').map((one) => one.class);
        // One between the moments, one in the legend.
        expect(kinds.filter((one) => one === 'arrow way-1')).toHaveLength(2);
        expect(elementsOf(html, 'rect').filter((one) => one.class?.startsWith('bar'))).toHaveLength(2);
      },
    ],
    [
      'of many moments it shows the last 16',
      () => {
        const { html } = unrolled(20);
        expect(html).toContain('the last 16 of 20 moments');
        expect(html.match(/<th scope="row">\d+<\/th>/g)).toHaveLength(16);
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
