import { expect } from 'vitest';
import { renderLesson } from '../../lesson/lesson.ts';
import { elementsOf } from '../../lesson/testing/page-faults.testing.ts';
import type { Tried } from './statements.testing.ts';

/** w x is 2 and 8, and the update leaves w as it is. */
export const model = `\`\`\`{model} m
given x = [1, 2]
given X = [[1, 2, 3], [4, 5, 6]]
param w = [2, 4]
forward
  y[k] = w[k] * x[k]
  q = X[1,1]
\`\`\``;

/** Two roads from x to L. */
export const roads = '```{model} r\ngiven x = 2\nforward\n  a = 3 * x\n  L = a * x\n```';

/** A recurrence of so many moments. */
export const unrolled = (moments: number) =>
  renderLesson(
    `\`\`\`{model} t\ngiven x[${moments}] = 1\nparam u = 2\nforward\n  h[t] = x[t] + u * h?[t-1]\n  L = h[${moments}]^2\nbackward\n  δ[t] : dL/dh[t]\n\`\`\`\n\n:::{figure} t\ntime: h\ngradient: δ[t]\n:::`,
  );

export const figure = (lines: string) => renderLesson(`${model}\n\n:::{figure} m\n${lines}\n:::`);
export const textsOf = (html: string, tag: string): string[] =>
  [...html.matchAll(new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`, 'g'))].map(([, text]) => text);

/** What is wrong with a figure. */
export const fault = (lines: string) =>
  figure(lines)
    .diagnostics.map(({ message }) => message)
    .join();

/** A number that each update halves. */
export const halved = (lines: string): string => {
  const { html, diagnostics } = renderLesson(
    `\`\`\`{model} m\nparam w = 8\neta = 0.25\nforward\n  L = w^2\nupdate\n  w <- w - eta * dL/dw\n\`\`\`\n\n:::{figure} m\n${lines}\n:::`,
  );
  expect(diagnostics).toEqual([]);
  return html;
};

/** Two such numbers. */
export const fieldOfTwo = (lines: string): string => {
  const { html, diagnostics } = renderLesson(
    `\`\`\`{model} m\nparam a = 8\nparam b = 4\neta = 0.25\nforward\n  L = a^2 + b^2\nupdate\n  a <- a - eta * dL/da\n  b <- b - eta * dL/db\n\`\`\`\n\n:::{figure} m\nfield: L\nover: a = -9..9, b = -9..9\n${lines}\n:::`,
  );
  expect(diagnostics).toEqual([]);
  return html;
};

/** What the page says of kinds that have a plane. */
export const planeStatements: readonly Tried[] = [
  [
    'level lines of a number over two given ones; where updates move these, their walk from iteration to iteration as well',
    () => {
      const html = fieldOfTwo('iterations: 3');
      expect(elementsOf(html, 'path').filter((one) => one.class === 'level').length).toBeGreaterThan(3);
      expect(elementsOf(html, 'path').map((one) => one.class)).toContain('walk r0');
      expect(textsOf(html, 'td')).toEqual(['8', '4', '80', '4', '2', '20', '2', '1', '5']);
      const still = figure('field: q\nover: X[1,1] = 0..2, X[1,2] = 0..2').html;
      expect(elementsOf(still, 'path').filter((one) => one.class?.startsWith('walk'))).toEqual([]);
    },
  ],
  [
    '`arrows: g[1], g[2]` draws two numbers of each sample as an arrow, and their mean',
    () => {
      const { html, diagnostics } = renderLesson(
        '```{model} b\nsample x = [[1, 0], [0, 1], [1, 1]]\nbatch n = all, mean, together\nparam w = [0, 0]\nforward\n  L = (1 - sum(i: w[i] * x[i]))^2\nupdate\n  w[i] <- w[i] - 0.1 * dL/dw[i]\n```\n\n:::{figure} b\nfield: L\nover: w[1] = -1..2, w[2] = -1..2\narrows: x[1], x[2]\n:::',
      );
      expect(diagnostics).toEqual([]);
      const arrows = elementsOf(html, 'path').filter((one) => one.class?.startsWith('arrow'));
      expect(arrows.map((one) => one.class)).toEqual([
        'arrow sample',
        'arrow sample',
        'arrow sample',
        'arrow mean',
      ]);
      expect(html).toContain('3 arrows, one a sample, and their mean, 0.6667, 0.6667.');
    },
  ],
  [
    'which class any two inputs get: by the greatest of several numbers, or by a single one, at the middle of its targets',
    () => {
      const answers = (text: string) =>
        textsOf(
          renderLesson(
            `\`\`\`{model} r\ngiven x = [[0, 1], [2, 1]]\ngiven t = [0, 4]\nforward\n  y[n,k] = x[n,k]\n  z[n] = x[n,1]\n\`\`\`\n\n:::{figure} r\n${text}\nover: x[n,1] = -1..3, x[n,2] = -1..3\n:::`,
          ).html,
          'td',
        );
      expect(answers('regions: y[n,k]')).toEqual(['0', '1', '0; 1', '2', '2', '1', '2; 1', '1']);
      // The middle of 0 and 4 is 2, which 2 does not exceed.
      expect(answers('regions: z[n]\ndata: t[n]')).toEqual([
        '0',
        '1',
        '0',
        '0',
        '0',
        '2',
        '1',
        '4',
        '2',
        '0',
      ]);
    },
  ],
  [
    '`data: t[k]` gives the samples their classes, `lines: net[j]` draws where these numbers are 0',
    () => {
      const { html } = renderLesson(
        '```{model} r\ngiven x = [[0, 1], [2, 1]]\ngiven t = [0, 1]\nforward\n  z[n] = x[n,1] - 1\n```\n\n:::{figure} r\nregions: z[n]\nover: x[n,1] = -1..3, x[n,2] = -1..3\ndata: t[n]\nlines: z[n]\n:::',
      );
      const kinds = elementsOf(html, 'path').map((one) => one.class);
      expect(kinds.filter((one) => one?.startsWith('datum'))).toEqual(['datum c0', 'datum c1']);
      expect(kinds).toContain('border');
    },
  ],
  [
    'what the network makes of one input; with `data: t` the targets, and with `parts: v[j] * h[j]` the parts of a sum',
    () => {
      const { html, diagnostics } = renderLesson(
        '```{model} f\ngiven x = [1, 2]\ngiven t = [5, 7]\nparam v = [1, 3]\nforward\n  y[n] = sum(j: v[j] * x[n])\n  L = sum(n: (t[n] - y[n])^2)\n```\n\n:::{figure} f\nfit: y[n]\nover: x[n] = 0..2\ndata: t[n]\nparts: v[j] * x[n]\n:::',
      );
      expect(diagnostics).toEqual([]);
      expect(textsOf(html, 'td')).toEqual(['1', '5', '4', '2', '7', '8']);
      const kinds = elementsOf(html, 'path').map((one) => one.class);
      expect(kinds.filter((one) => one === 'part')).toHaveLength(2);
      expect(kinds).toContain('curve');
      expect(elementsOf(html, 'circle').map((one) => one.class)).toEqual(['datum', 'datum']);
    },
  ],
];
