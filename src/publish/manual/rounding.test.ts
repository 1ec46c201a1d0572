import { expect } from 'vitest';
import { readDrawing } from '../../explain/drawing.ts';
import { Figures } from '../../explain/figures.ts';
import { exportNumpy } from '../../export/python/numpy.ts';
import { spokenName, texName } from '../../formula/notation.ts';
import { renderLesson } from '../../lesson/lesson.ts';
import { createProbe } from '../../machine/inspect/probe.ts';
import { Machine, type RunPrecision } from '../../machine/machine.ts';
import { Moment } from '../../machine/moment.ts';
import type { Breakpoint } from '../../session/breakpoints/breakpoint.ts';
import { BreakpointSet } from '../../session/breakpoints/breakpoint-search.ts';
import { type TriedModel, tried, tryStatements } from './statements.testing.ts';

/** A model with cells of every kind, of which the line with `store` says what is kept. */
const stored = (store: string): TriedModel =>
  tried(`
    given x = [1.23456, 2.34567]
    sample s = [3.45678, 4.56789]
    param w = 5.67891
    param v[2] = 0.111111 * 7
    random r = uniform(1)
    forward
      h[i] = x[i] * 1.11111
      y = sum(i: h[i] * v[i]) + s * w + r
    update
      w <- w - 0.0654321
    store ${store}`);

/** How a name is typeset with these indices. */
const written = (text: string, name: string, indices: readonly string[]): string =>
  texName(tried(text).program.model, name, indices);

/** What the entries of a quantity are called, along each dimension. */
const labels = (model: TriedModel, name: string): (readonly string[] | undefined)[] =>
  model.shape(name).map((_, d) => model.program.model.dimensions.get(name)?.[d]?.labels);

/** How a name is spoken. */
const spoken = (text: string, name: string): string => spokenName(tried(text).program.model, name);

/** What a number is kept as, with this rule. */
const kept = (number: string, rule: string): number =>
  tried(`given x = ${number}\nforward\n  y = 2 * x\nstore x: ${rule}`).value('x');

/** Its loss is 0.005 on paper, but its last bits are below. */
const onPaper = (store: string): TriedModel =>
  tried(`given y = 0.4\nforward\n  L = (0.5 - y)^2 / 2\n${store}`);

/** What a condition, as of a watch, gives at the end of an iteration. */
function holds(condition: string, store: string): number | undefined {
  const { program } = onPaper(store);
  const probe = createProbe(program.model, condition);
  if ('error' in probe) throw new Error(probe.error.message);
  return probe.at(new Moment(new Machine(program, 'lesson'), program.size));
}

/** Whether a breakpoint with this condition stops in the first iteration. */
function stops(text: string, store: string): boolean {
  const condition: Breakpoint = { kind: 'condition', text, enabled: true };
  const watch = new BreakpointSet(new Machine(onPaper(store).program, 'lesson'), [condition]);
  const search = watch.search(1, 0, 1);
  for (;;) {
    const attempt = search.proceed();
    if (attempt.kind === 'over') return attempt.hit !== undefined;
    watch.scan(attempt.frame);
  }
}

tryStatements('90-the-formula-language.md', 'Rounding and notation', {
  tried: [
    [
      'what is *kept*: decimal places or significant figures, for a cell or a whole quantity',
      () => {
        expect(stored('x[1]: 2dp').value('x[1]')).toBe(1.23);
        expect(stored('x[1]: 2dp').value('x[2]')).toBe(2.34567);
        const model = stored('x: 3sf  h[2]: 4dp');
        expect([model.value('x[1]'), model.value('x[2]')]).toEqual([1.23, 2.35]);
        expect(model.value('h[2]')).toBe(Number((2.35 * 1.11111).toFixed(4)));
        expect(model.value('h[1]')).toBe(1.23 * 1.11111);
      },
    ],
    [
      'whether it is computed, given, drawn or where a parameter begins',
      () => {
        const drawn = stored('h: 9dp').value('r');
        const model = stored('h, x, s, r, w: 2dp  v: 3dp');
        expect(model.messages).toEqual([]);
        expect(model.value('h[1]')).toBe(1.37);
        expect(model.value('x[2]')).toBe(2.35);
        expect(model.value('s')).toBe(3.46);
        expect(model.value('r')).toBe(Number(drawn.toFixed(2)));
        expect(model.value('v[1]', 0)).toBe(0.778);
        expect(model.value('w', 0)).toBe(5.68);
        expect(model.value('w', 1)).toBe(5.61);
      },
    ],
    [
      'Everything after reads the rounded number',
      () => expect(stored('x: 1dp').value('h[2]')).toBe(2.3 * 1.11111),
    ],
    [
      'A rule for a cell goes before one for its quantity',
      () => {
        for (const store of ['x: 1dp  x[2]: 3dp', 'x[2]: 3dp  x: 1dp']) {
          const model = stored(store);
          expect([model.value('x[1]'), model.value('x[2]')]).toEqual([1.2, 2.346]);
        }
      },
    ],
    [
      'two different rules for the same are an error',
      () => {
        for (const store of ['x: 1dp  x: 3dp', 'x[2]: 1dp\nstore x[2]: 1sf'])
          expect(stored(store).isRunnable).toBe(false);
        expect(stored('x: 1dp  x: 1dp').messages).toEqual([]);
      },
    ],
    [
      'what is *displayed*; nothing is changed',
      () => {
        const { program } = tried('given x = 1.23456\nforward\n  y = 2 * x\nshow x: 2dp');
        const figures = new Figures(program.model, 'lesson');
        const machine = new Machine(program, 'lesson');
        expect(figures.text(machine.value(1, 'x', 'old', []), 'x')).toBe('1.23');
        expect(machine.value(1, 'x', 'old', [])).toBe(1.23456);
        expect(machine.value(1, 'y', 'old', [])).toBe(2 * 1.23456);
      },
    ],
    [
      'Of two different lines for the same, as of two with `write`, `say` or `label`, the later one holds, with a warning',
      () => {
        const model = tried(`
          given x = 1.23456
          forward
            y = 2 * x
          show x: 2dp
          write x as a
          say x as "one"
          show x: 3dp
          write x as b
          say x as "two"`);
        expect(model.messages).toHaveLength(3);
        const twice = tried('given x = [1, 2]\nforward\n  y[i] = x[i]\nlabel i as a, b\nlabel i as c, d');
        expect(twice.messages).toHaveLength(1);
        expect(labels(twice, 'x')).toEqual([['c', 'd']]);
        const { model: compiled } = model.program;
        expect(new Figures(compiled, 'lesson').text(1.23456, 'x')).toBe('1.235');
        expect([texName(compiled, 'x', []), spokenName(compiled, 'x')]).toEqual(['b', 'two']);
      },
    ],
    [
      'how a name is typeset, in TeX; the indices go below, or where a `#` stands',
      () => {
        const text = (tex: string) => `given h = [1, 2]\nforward\n  y = sum(i: h[i])\nwrite h as ${tex}`;
        expect(written(text('x^{1}'), 'h', ['j'])).toBe('x^{1}_{j}');
        expect(written(text('D(x_{#})'), 'h', ['j'])).toBe('D(x_{j})');
      },
    ],
    [
      'Otherwise a number at the end of a name counts layers and stands above, as in $W^{1}_{j,i}$',
      () => {
        const text = 'given W1 = [[1, 2]]\nforward\n  y = W1[1,2]';
        expect(written(text, 'W1', ['j', 'i'])).toBe('W^{1}_{j,i}');
      },
    ],
    [
      'that of a single number, as `beta2`, stands below',
      () => expect(written('beta2 = 0.9\nforward\n  y = beta2', 'beta2', [])).toBe('\\beta_{2}'),
    ],
    [
      'how a name is spoken',
      () => {
        const text = 'given h = [1, 2]\nforward\n  y = sum(i: h[i])';
        expect(spoken(text, 'h')).toBe('h');
        expect(spoken(`${text}\nsay h as "hidden"`, 'h')).toBe('hidden');
      },
    ],
    [
      'what the values of an index are called, from the first on: numbers, or words with commas between, which may stand in quotes',
      () => {
        const lines = 'given x = [5, 6, 7]\nforward\n  y[k] = x[k]\nlabel k as';
        expect(labels(tried(`${lines} 0..2`), 'y')).toEqual([['0', '1', '2']]);
        const model = tried(`${lines} the, cat, "sat, down"`);
        expect(labels(model, 'y')).toEqual([['the', 'cat', 'sat, down']]);
      },
    ],
    [
      'The names are those of all that the index runs over and of what counts the same under another letter',
      () => {
        const model = tried(`
          given x = [5, 6]
          given W = [[1, 2], [3, 4], [5, 6]]
          forward
            y[k] = sum(i: W[k,i] * x[i])
            L = sum(m: y[m])
            z[q] = 2 * y[q]
          label k as 1..3   i as a, b`);
        const [three, two] = [
          ['1', '2', '3'],
          ['a', 'b'],
        ];
        expect(['W', 'x', 'y', 'z'].map((name) => labels(model, name))).toEqual([
          [three, two],
          [two],
          [three],
          [three],
        ]);
      },
    ],
    [
      'Where one letter runs over several sizes, they are for what has as many entries; the samples of a batch have none',
      () => {
        const model = tried(`
          given x = [5, 6]
          given z = [1, 2, 3]
          forward
            y[k] = 2 * x[k]
            v[k] = 2 * z[k]
          label k as a, b`);
        expect([labels(model, 'y'), labels(model, 'v')]).toEqual([[['a', 'b']], [undefined]]);
        const batch = 'sample x = [1, 2]\nbatch n = all\nforward\n  y = 2 * x\nlabel n as a, b';
        expect(tried(batch).messages).toEqual([expect.stringContaining('n counts the samples')]);
      },
    ],
    [
      'units are drawn with them',
      () => {
        const model = tried(`
          given x = [5, 6]
          param W = [[1, 2], [3, 4]]
          forward
            y[k] = sum(i: W[k,i] * x[i])
          label k as no, yes`);
        const drawing = readDrawing(model.program.model);
        const drawn = drawing?.layers.map((layer) => [1, 2].map((n) => drawing.unit(layer, n).label));
        expect(drawn).toEqual([
          [undefined, undefined],
          ['no', 'yes'],
        ]);
      },
    ],
    [
      'Figures take them',
      () => {
        const model = 'given x = [5, 6]\nforward\n  y[k] = x[k]\nlabel k as a, b';
        const { html } = renderLesson(`\`\`\`{model} m\n${model}\n\`\`\`\n\n:::{figure} m\nbars: y[k]\n:::`);
        expect(html).toContain('The greatest is 6, at b; the least is 5, at a.');
      },
    ],
    [
      'Rounding is decimal, half away from zero',
      () => {
        // As doubles, 1.005 lies below the half, and to the even digit 2.5 would be 2.
        expect(kept('1.005', '2dp')).toBe(1.01);
        expect(kept('-1.005', '2dp')).toBe(-1.01);
        expect(kept('2.5', '0dp')).toBe(3);
        expect(kept('-2.5', '1sf')).toBe(-3);
      },
    ],
    [
      'of the first fifteen digits',
      () => {
        // By sixteen digits the first would stay below the half, and by fourteen the second would reach it.
        expect(kept('1.004999999999996', '2dp')).toBe(1.01);
        expect(kept('1.00499999999999', '2dp')).toBe(1);
      },
    ],
    [
      'the conditions of breakpoints and watches go by these digits, too',
      () => {
        expect(tried('given y = 0.4\nforward\n  L = (0.5 - y)^2 / 2').value('L')).toBeLessThan(0.005);
        for (const condition of ['L < 0.005', 'L != 0.005']) {
          expect(holds(condition, 'store y: 2dp')).toBe(0);
          expect(stops(condition, 'store y: 2dp')).toBe(false);
          // Where the lesson does not round, they go by every bit.
          expect(holds(condition, '')).toBe(1);
          expect(stops(condition, '')).toBe(true);
        }
      },
    ],
    [
      'a loss of {number}`0.005` on paper is not less than {number}`0.005`, whatever its last bits are',
      () => {
        expect(holds('L >= 0.005', 'store y: 2dp')).toBe(1);
        expect(stops('L >= 0.005', 'store y: 2dp')).toBe(true);
      },
    ],
    [
      'A comparison in a formula, `[a > b]`, takes its numbers as they are, in both runs',
      () => {
        const model = tried(`
          given a = [0.1, 0.2, 0.3]
          forward
            y = [a[1] + a[2] > a[3]]
          store a: 2dp`);
        expect(0.1 + 0.2).toBeGreaterThan(0.3);
        for (const run of ['lesson', 'full'] satisfies RunPrecision[])
          expect(model.value('y', 1, run)).toBe(1);
      },
    ],
    [
      'as an exported program does',
      () => {
        const { program } = tried(`
          given a = [0.1, 0.2, 0.3]
          forward
            y = [a[1] + a[2] > a[3]]
          store a: 2dp`);
        const text = exportNumpy(new Machine(program, 'lesson'), { title: 'a', frames: 1 });
        // Nothing stands between the numbers and their comparison.
        expect(text).toMatch(/^ +y = .*\(?a\[0\] \+ a\[1\] > a\[2\]\)?/m);
      },
    ],
    [
      'The full-precision run leaves out all `store` lines',
      () => {
        const model = stored('h, x, s, w: 2dp\nstore v: 1sf\nstore y: 0dp');
        expect(model.value('x[1]', 1, 'full')).toBe(1.23456);
        expect(model.value('s', 1, 'full')).toBe(3.45678);
        expect(model.value('h[1]', 1, 'full')).toBe(1.23456 * 1.11111);
        expect(model.value('w', 1, 'full')).toBe(5.67891 - 0.0654321);
        expect(model.value('v[1]', 1, 'full')).toBe(0.111111 * 7);
        expect(model.value('y', 1, 'full')).not.toBe(Math.round(model.value('y', 1, 'full')));
      },
    ],
  ],
});
