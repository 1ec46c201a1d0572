import { expect } from 'vitest';
import { renderLesson } from '../../lesson/lesson.ts';
import { elementsOf } from '../../lesson/testing/page-faults.testing.ts';
import { tryStatements } from './statements.testing.ts';

import {
  fault,
  fieldOfTwo,
  figure,
  halved,
  model,
  planeStatements,
  roads,
  textsOf,
  unrolled,
} from './tried-figures.testing.ts';

tryStatements('90-the-formula-language.md', 'Figures', {
  tried: [
    [
      'A figure is a picture of a model’s numbers with the caption that stands in its fence',
      () => {
        const { html, diagnostics } = figure('bars: y[k]\nThe *numbers*.');
        expect(diagnostics).toEqual([]);
        expect(html).toMatch(/<figcaption>\s*<p>The <em>numbers<\/em>\.<\/p>/);
        expect(elementsOf(html, 'rect')).toHaveLength(2);
      },
    ],
    [
      'It has the numbers of the first iteration without JavaScript, and its numbers in a table',
      () => expect(textsOf(figure('bars: y[k]').html, 'td')).toEqual(['2', '8']),
    ],
    [
      '| `bars: y[k]` | any expression over one index, as bars |',
      () => expect(textsOf(figure('bars: y[k] - x[k]').html, 'td')).toEqual(['1', '6']),
    ],
    [
      '`labels: 0..9` or words with commas name the entries where the names of the model’s own `label` lines will not do',
      () => {
        expect(textsOf(figure('bars: y[k]\nlabels: 0..1').html, 'text').slice(-2)).toEqual(['0', '1']);
        expect(textsOf(figure('bars: y[k]\nlabels: no, yes').html, 'text').slice(-2)).toEqual(['no', 'yes']);
        const own = (lines: string) =>
          textsOf(
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
      'a loss against one number of a parameter, with the tangent and the update’s step',
      () => {
        const { html, diagnostics } = renderLesson(
          '```{model} m\nparam w = 3\nforward\n  L = w^2\nupdate\n  w <- w - 0.25 * dL/dw\n```\n\n:::{figure} m\ncurve: L\nover: w = -4..4\n:::',
        );
        expect(diagnostics).toEqual([]);
        // At 3 the loss is 9 and its slope 6; the update takes off 1.5.
        expect(textsOf(html, 'td').slice(0, 5)).toEqual(['3', '9', '6', '1.5', '2.25']);
        expect(elementsOf(html, 'line').map((one) => one.class)).toEqual(
          expect.arrayContaining(['tangent', 'step']),
        );
      },
    ],
    [
      '| `function: sigmoid(z)` `over: z = -6..6` | the graph of a function',
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
        expect(textsOf(html, 'td')).toEqual(['2', '4', '4', '8', '64', '16']);
      },
    ],
    [
      '| `image: W[i,j]` | one over two indices, in squares: the farther from 0, the stronger',
      () => expect(textsOf(figure('image: X[i,j]').html, 'td')).toEqual(['1', '2', '3', '4', '5', '6']),
    ],
    [
      'or one over a single index, with `shape: 8 x 8`',
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
      'a number at the end of each iteration that has been run, or up to four, with commas between',
      () => {
        expect(textsOf(halved('series: L\niterations: 4'), 'td')).toEqual(['64', '16', '4', '1']);
        expect(textsOf(halved('series: L, w\niterations: 2'), 'td')).toEqual(['64', '4', '16', '2']);
        expect(fault('series: q, q, q, q, q')).toContain('at most 4');
      },
    ],
    [
      '`mean(n: L[n])` is the loss of a batch',
      () => {
        const series = (of: string, options = '') =>
          renderLesson(
            `\`\`\`{model} b\nsample x = [1, 3]\nbatch n = 2${options}\nparam w = 2\nforward\n  L = (w * x)^2\nupdate\n  w <- w - 0.05 * dL/dw\n\`\`\`\n\n:::{figure} b\nseries: ${of}\niterations: 2\n:::`,
          );
        // The losses are 4 and 36; the weight becomes 1, by the sum of the slopes, 4 and 36, 0.
        const { html, diagnostics } = series('mean(n: L[n])');
        expect(diagnostics).toEqual([]);
        expect(textsOf(html, 'td')).toEqual(['20', '5']);
        expect(textsOf(series('sum(n: L[n])', ', sum').html, 'td')).toEqual(['40', '0']);
        expect(series('L').diagnostics).toHaveLength(1);
      },
    ],
    [
      '`iterations: 500` has as many iterations of a series or a walk without JavaScript',
      () => {
        expect(textsOf(halved('series: L'), 'td')).toEqual(['64']);
        expect(textsOf(halved('series: L\niterations: 3'), 'td')).toEqual(['64', '16', '4']);
        expect(textsOf(fieldOfTwo('iterations: 3'), 'td').filter((_, n) => n % 3 === 0)).toEqual([
          '8',
          '4',
          '2',
        ]);
      },
    ],
    [
      '`runs: eta = 0.1, 10` draws the same series or walk also for other values of a given number',
      () => {
        // With 0 it stays, with 0.5 it is there at once.
        const html = halved('series: L\niterations: 2\nruns: eta = 0, 0.5');
        expect(textsOf(html, 'td')).toEqual(['64', '64', '64', '16', '64', '0']);
        expect(
          elementsOf(fieldOfTwo('iterations: 3\nruns: eta = 0.1'), 'path').map((one) => one.class),
        ).toContain('walk r1');
      },
    ],
    [
      '`scale: log` has equal factors of a series as equal lengths',
      () => {
        const heights = (lines: string) => {
          const [line] = elementsOf(halved(`series: L\niterations: 4${lines}`), 'path');
          const found = [...line.d.matchAll(/[ML,][\d.]+,([\d.]+)/g)].map(([, y]) => Number(y));
          return found.slice(1).map((y, n) => y - found[n]);
        };
        const [first, second, third] = heights('\nscale: log');
        expect(second).toBeCloseTo(first, 0);
        expect(third).toBeCloseTo(first, 0);
        const linear = heights('');
        expect(linear[0]).toBeGreaterThan(3 * linear[1]);
      },
    ],
    [
      '| `matrix: A[i,j]` | the same with the numbers written in the squares, of up to ten rows and columns |',
      () => {
        const { html, diagnostics } = figure('matrix: X[i,j]');
        expect(diagnostics).toEqual([]);
        expect(textsOf(html, 'text').slice(-6)).toEqual(['1', '2', '3', '4', '5', '6']);
        const wide =
          '```{model} w\ngiven A[2,11] = 1\nforward\n  y = A[1,1]\n```\n\n:::{figure} w\nmatrix: A[i,j]\n:::';
        expect(
          renderLesson(wide)
            .diagnostics.map(({ message }) => message)
            .join(),
        ).toContain('at most 10');
      },
    ],
    [
      'how many of the numbers of all samples lie where',
      () => {
        const { html } = renderLesson(
          '```{model} b\nsample x = [[1, 2], [3, 4]]\nbatch n = all\nforward\n  y = x[1]\n```\n\n:::{figure} b\nhistogram: x[p]\nrange: 0..4\nbins: 2\n:::',
        );
        expect(textsOf(html, 'td')).toEqual(['1', '3']);
      },
    ],
    [
      'with `over: x = -2..2` and `under: sigmoid(w*x)` the graph of a function over them',
      () => {
        const { html, diagnostics } = figure('histogram: X[i,j]\nover: z = 0..8\nunder: w[1] * z');
        expect(diagnostics).toEqual([]);
        // From 0 at the left to the top at the right.
        expect(html).toMatch(/<path class="curve" d="M44,170L/);
        expect(textsOf(html, 'text')).toContain('w[1] * z, from 0 to 20');
      },
    ],
    [
      'which may read numbers of the run',
      () =>
        expect(textsOf(figure('function: w[2] * z\nover: z = 0..10\npoints: y[1]').html, 'td')).toEqual([
          '2',
          '8',
          '4',
        ]),
    ],
    [
      '`bins: 30` says in how many parts a histogram counts, 20 where it is left out',
      () => {
        expect(textsOf(figure('histogram: X[i,j]').html, 'td')).toHaveLength(20);
        expect(textsOf(figure('histogram: X[i,j]\nbins: 30').html, 'td')).toHaveLength(30);
      },
    ],
    [
      'An image over one index more has an image for each value of the first, all on one scale: `image: W[j,p]` with `shape: 8 x 8`',
      () => {
        const { html } = figure('image: X[i,j]\nshape: 3 x 1');
        const squares = elementsOf(html, 'rect').filter((one) => one['data-cell']);
        expect(squares.map((one) => one['data-cell'])).toEqual(
          ['1,1', '1,2', '1,3', '2,1', '2,2', '2,3'].map((at) => `X[${at}]`),
        );
        // 6 is the strongest of all, and 1 as weak beside it.
        expect(squares.map((one) => one['fill-opacity'])).toEqual([
          '0.17',
          '0.33',
          '0.5',
          '0.67',
          '0.83',
          '1',
        ]);
        expect(textsOf(html, 'text')).toEqual(['i = 1', 'i = 2']);
      },
    ],
    [
      'Several images, matrices or histograms, with commas between, stand beside each other or in one plane',
      () => {
        expect(elementsOf(figure('image: X[i,j], X[i,j]').html, 'rect')).toHaveLength(14);
        expect(textsOf(figure('matrix: X[i,j], X[i,j]').html, 'td')).toHaveLength(15);
        const { html } = figure('histogram: X[i,j], x[i]\nbins: 2\nrange: 0..6');
        expect(textsOf(html, 'td')).toEqual(['2', '2', '4', '0']);
      },
    ],
    [
      'A number that the present step’s formula reads has an edge in bars, images and matrices',
      () => {
        // The last step of the iteration computes q, from one entry of X.
        for (const lines of ['matrix: X[i,j]', 'image: X[i,j]']) {
          const read = elementsOf(figure(lines).html, 'rect').filter((one) => one.class?.endsWith(' read'));
          expect(read.map((one) => one['data-cell'])).toEqual(['X[1,1]']);
        }
        const last = renderLesson(
          '```{model} l\ngiven x = [1, 2]\nforward\n  y = x[1] * x[2]\n```\n\n:::{figure} l\nbars: x[i]\n:::',
        );
        expect(elementsOf(last.html, 'rect').map((one) => one.class)).toEqual([
          'bar plus read',
          'bar plus read',
        ]);
      },
    ],
    ...planeStatements,
    [
      '`rows` and `columns` are those of a matrix',
      () =>
        expect(textsOf(figure('matrix: X[i,j]\nrows: a, b\ncolumns: c, d, e').html, 'th').slice(1)).toEqual([
          'c',
          'd',
          'e',
          'a',
          'b',
        ]),
    ],
    [
      '| `chain: L` | what leads to one number of the forward pass, with the slope on every arrow and below each number the derivative by it',
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
      'a recurrent model unrolled in time, the arrows of one weight alike, and below each moment the length of the gradient',
      () => {
        const { html, diagnostics } = unrolled(2);
        expect(diagnostics).toEqual([]);
        // h is 1 and 1 + 2 · 1, L its last one squared: δ is 2 · 3 at the second moment, and u = 2 times as much at the first.
        expect(textsOf(html, 'td')).toEqual(['1', '12', '3', '6']);
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
        expect(textsOf(batch.html, 'td')).toEqual(['1', '2']);
      },
    ],
  ],
  elsewhere: [
    {
      says: 'It goes along with the debugger',
      file: 'e2e/figures.spec.ts',
      title: 'figures go along with the steps',
    },
    {
      says: 'while a network is trained it shows how far that has got',
      file: 'e2e/figures.spec.ts',
      title: 'a series is drawn on while a network is trained',
    },
  ],
  claimNothing: ['One line says what it is, others what it needs'],
});
