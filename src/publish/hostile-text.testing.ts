/** Draws a whole number from 0 to `below` − 1. */
export type Draw = (below: number) => number;

/** Draws one of a list, which must not be empty. */
export const pick = <One>(draw: Draw, all: readonly One[]): One => all[draw(all.length)];

const nested = (open: string, close: string, depth: number, inner = 'a'): string =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`;

/** Depths on both sides of every limit, and far beyond. */
const depths = [3, 11, 13, 45, 49, 51, 64, 150, 190, 1000, 5000];
const counts = [2, 30, 199, 201, 299, 301, 999, 1001, 5000];

const names = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'a'.repeat(70),
  'δ1',
  '漢字',
  '𝒙',
  'e\u0301',
  'NaN',
  'Infinity',
  'L',
  'sum',
  'a/b',
  '<img>',
  '$1',
];
const numbers = [
  '1e9',
  '-1',
  '1e308',
  '1e999',
  '0',
  '1000000',
  '1000001',
  '9007199254740993',
  '0x10',
  'NaN',
  'Infinity',
  '4096',
  '1e-400',
];

/** TeX that is deep, long, or does more than stand there. */
const teX: readonly ((draw: Draw) => string)[] = [
  (draw) => nested('x^{', '}', pick(draw, depths)),
  (draw) => nested('{', '}', pick(draw, depths)),
  (draw) => nested('{', '', pick(draw, depths)),
  (draw) => nested('\\frac{1}{', '}', pick(draw, depths)),
  (draw) => nested('\\left(', '\\right)', pick(draw, depths)),
  (draw) => '\\sqrt'.repeat(pick(draw, depths)),
  (draw) => 'x'.repeat(pick(draw, [100, 250, 200_000])),
  () => '\\def\\a{\\a\\a}\\a',
  () => '\\gdef\\frac#1#2{\\href{javascript:alert(1)}{#1}}',
  () => '\\href{javascript:alert(1)}{x}',
  () => '\\htmlData{cell=x,now=1}{\\htmlStyle{position:fixed}{x}}',
  () => '\\includegraphics{https://elsewhere.example/x.png}',
  () => '\\rule{1000em}{1000em}',
  () => '\\kern{-1000em}x\\raisebox{500em}{x}',
  () => '\\text{<script>alert(1)</script>"\' onload=alert(1)}',
  () => '\\color{red;background:url(//elsewhere.example)}x',
  () => 'x%_{#}{{{',
  () => '}{',
  () => '\\begin{array}{cccc}a&b\\\\c\\end{array}',
  () => '\\left(x\\right.^{#}_{#}',
  () => '\\unknown{#}\\verb|{|',
];

const calls = ['tanh', 'exp', 'sigmoid', 'sqrt', 'stop', 'abs', 'unknown', 'max'];

/** Right sides of formulas. */
const expressions: readonly ((draw: Draw) => string)[] = [
  (draw) => nested('(', ')', pick(draw, depths)),
  (draw) => nested('[', ' > 0]', pick(draw, depths)),
  (draw) => nested(`${pick(draw, calls)}(`, ')', pick(draw, depths)),
  (draw) => nested('(', ')^2', pick(draw, depths)),
  (draw) => nested('1/(1+', ')', pick(draw, depths)),
  (draw) => `${'-'.repeat(pick(draw, depths))}a`,
  (draw) =>
    Array.from({ length: pick(draw, counts) }, () => 'a').join(pick(draw, [' + ', '/', ' * ', ' - '])),
  (draw) => Array.from({ length: pick(draw, counts) }, (_, n) => `sum(i${n}=1..9: a)`).join(' + '),
  (draw) => nested('sum(i: ', ')', pick(draw, [2, 7, 40])).replace(/i:/g, () => `i${draw(1e6)}=1..8:`),
  (draw) => `sum(i=1..${pick(draw, numbers)}, j=1..${pick(draw, numbers)}: a)`,
  (draw) => `a^${pick(draw, numbers)}`,
  (draw) => `a[${pick(draw, numbers)}] + ${pick(draw, names)}`,
  (draw) => `${pick(draw, numbers)} * a`,
  (draw) => nested('when(1 <= 2: ', ')', pick(draw, depths)),
  (draw) => `${pick(draw, names)}(a)`,
];

const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

/** Whole models: chains, dense graphs, functions that multiply, arrays without end. */
const models: readonly ((draw: Draw) => string)[] = [
  (draw) => {
    const of = pick(draw, calls);
    return `param a = 0.5\nforward\n  h1 = ${of}(a)\n${lines(pick(draw, [20, 400, 990, 1100]), (n) => `  h${n + 2} = ${of}(h${n + 1})`)}\n  L = h2 * h3\nbackward\n  g : dL/da`;
  },
  (draw) => {
    const count = pick(draw, [10, 60, 400]);
    const all = (n: number) =>
      Array.from({ length: n + 1 }, (_, j) => `h${j + 1}`).join(pick(draw, [' + ', ' * ']));
    return `param a = 0.5\nforward\n  h1 = tanh(a)\n${lines(count, (n) => `  h${n + 2} = ${all(n)}`)}\n  L = h${count + 1}\nbackward\n  g : dL/da`;
  },
  (draw) => {
    const count = pick(draw, [5, 15, 18, 30, 199]);
    return `${lines(count, (n) => `function f${n + 1}(z) = ${n === 0 ? 'z + 1' : `f${n}(f${n}(z))`}`)}\nparam a = 1\nforward\n  L = f${count}(a)\nbackward\n  g : dL/da`;
  },
  (draw) =>
    `param W[${pick(draw, numbers)},${pick(draw, numbers)}] = normal(1)\nparam a = 1\nforward\n  L = a + 1`,
  (draw) =>
    `${lines(pick(draw, [3, 40, 3000]), (n) => `param W${n}[1000,${pick(draw, numbers)}] = 0.5*2`)}\nforward\n  L = 1 + 1`,
  (draw) => `table t = moons(${pick(draw, numbers)}, 0.1, 7)\ngiven x = t[1]\nforward\n  L = sum(i: x[i])`,
  (draw) => `${lines(pick(draw, [2, 40]), (n) => `table t${n} = "none${n}.csv"`)}\nforward\n  L = 1 + 1`,
  (draw) =>
    `given x = [${Array.from({ length: pick(draw, [10, 100_000, 300_000]) }, () => '1').join(',')}]\nforward\n  L = sum(i: x[i])`,
  (draw) => `given x = ${nested('[', ']', pick(draw, depths), '1')}\nforward\n  L = x[1]`,
  (draw) => `index i = 1..${pick(draw, numbers)}\nforward\n  y[i] = i * 2\n  L = sum(i: y[i])`,
  (draw) =>
    `layers: 2 ${`-> ${pick(draw, ['2', '3 tanh', '1e9', '4096'])} `.repeat(pick(draw, [2, 50, 400, 5000]))}`,
  (draw) => '\n'.repeat(pick(draw, [10, 19_000, 30_000])),
  (draw) => 'x'.repeat(pick(draw, [10, 1_000_001])),
  (draw) => lines(pick(draw, [5, 2000]), (n) => `y${n} = ${pick(draw, names)}${draw(9)} + q${n}`),
  (draw) =>
    `function ${pick(draw, names)}(z) = ${pick(draw, names)}(z)\nforward\n  L = ${pick(draw, names)}(1)`,
  (draw) =>
    `batch n = ${pick(draw, numbers)}, shuffled ${pick(draw, numbers)}\nsample x = [1, 2, 3]\nforward\n  L = x + 1`,
];

/** A model's text that is made to do harm, or only large: drawn from attacks, or the lesson's text with attacks inserted. */
export function hostileText(draw: Draw, lesson: string): string {
  const at = draw(4);
  if (at === 0) return models[draw(models.length)](draw);
  const all = lesson.split('\n');
  if (at === 1)
    return `${lesson}\nwrite ${pick(draw, ['L', 'x', pick(draw, names)])} as ${pick(draw, teX)(draw)}`;
  if (at === 2) {
    const name = pick(draw, ['zz', 'L2', pick(draw, names)]);
    const found = all.findIndex((line) => line.trim() === 'forward');
    all.splice(
      found + 1,
      0,
      `  ${name} = ${pick(draw, expressions)(draw).replaceAll(/\ba\b/g, pick(draw, ['1', 'eta', '0.5']))}`,
    );
    return all.join('\n');
  }
  return `param a = 0.5\nwrite a as ${draw(2) ? 'a' : pick(draw, teX)(draw)}\nforward\n  L = ${pick(draw, expressions)(draw)}\nbackward\n  g : dL/da\nsay ${pick(draw, names)} as ${'word '.repeat(pick(draw, [1, 100]))}`;
}

export { names as oddNames, numbers as oddNumbers };
