import { expect, it } from 'vitest';
import { modelsIn } from '../../lesson/model/model-fence.ts';
import { modelPicture } from './model-picture.ts';

const drawn = (text: string): string => {
  const model = modelsIn(`\`\`\`{model} m\n${text}\n\`\`\``).models.get('m');
  if (model?.program === undefined) throw new Error(JSON.stringify(model?.diagnostics));
  return modelPicture(model.program) ?? 'none';
};
const count = (svg: string, pattern: RegExp): number => svg.match(pattern)?.length ?? 0;

it('draws units, and edges as wide as their weights', () => {
  const svg = drawn(
    'given x = [1, 2]\nparam W = [[0.1, -0.4], [0.2, 0.4]]\nforward\n  h[j] = sum(i: W[j,i]*x[i])\n  y[j] = sigmoid(h[j])',
  );
  expect(count(svg, /<circle/g)).toBe(4);
  const widths = [...svg.matchAll(/stroke-width="([\d.]+)"/g)].map(([, width]) => Number(width));
  // By hand: 0.5 + 2 × |w| / 0.4.
  expect(widths).toEqual([1, 2.5, 1.5, 2.5]);
  expect(count(svg, /class="negative"/g)).toBe(1);
});

it('shows a part of a layer with many units, and an image of one that is a square', () => {
  const svg = drawn(
    'given x[36] = uniform(3)\nparam W[9,36] = uniform(4)\nforward\n  y[j] = sum(i: W[j,i]*x[i])',
  );
  // Three of nine, and the last; three dots.
  expect(count(svg, /class="unit"/g)).toBe(4);
  expect(count(svg, /class="dot"/g)).toBe(3);
  expect(count(svg, /<rect/g)).toBeGreaterThan(25);
  // One line to each shown unit, from the image.
  expect(count(svg, /<line/g)).toBe(4);
});

it('draws time where a model has moments', () => {
  const svg = drawn(
    'given X = [1, 2, 3]\nparam w = 0.5\nparam u = 0.25\nforward\n  A[t] = tanh(w*X[t] + u*A?[t-1])\n  L = A[3]',
  );
  // Three moments, each with what is given and what is computed; three lines up, and two from one moment to the next.
  expect([count(svg, /class="input"/g), count(svg, /class="unit"/g), count(svg, /<line/g)]).toEqual([
    3, 3, 5,
  ]);
});

it('shows the tables of a model without units', () => {
  const svg = drawn(
    'given X = [[1, -2], [0, 4]]\ngiven K = [[1, 1], [0, 0]]\nforward\n  Y[i,j] = X[i,j]*K[i,j]',
  );
  // Squares of the numbers that are not 0, and a frame around each table.
  expect(count(svg, /fill-opacity/g)).toBe(3 + 2 + 2);
  expect(count(svg, /class="frame"/g)).toBe(3);
  expect(count(svg, /class="below"/g)).toBe(2);
  expect(svg).toContain('fill-opacity="0.5"');
});
