import { type ModelCase, SeededNumbers } from '../../machine/testing/models.testing.ts';
import { compileProgram } from '../../program/program.ts';

/*
 * Models whose lines are far too long for a page, with everything that the language has: every place where a line of Python can
 * be broken occurs in some of them.
 */

const letters = 'abcdefghjlmnopqrsuvwyz';

/** A random model of a few formulas with many terms each; its loss is differentiated by all of its parameters. */
export function longModel(seed: number): ModelCase {
  const n = new SeededNumbers(seed);
  const taken = new Set<string>();
  const name = (): string => {
    let found = '';
    for (let length = n.whole(1, n.pick([3, 30])); found.length < length; ) found += n.pick([...letters]);
    if (taken.has(found)) return name();
    taken.add(found);
    return found;
  };
  const vector = [name(), name()];
  const matrix = [name(), name()];
  const scalar = [name(), name()];
  const made: string[] = [];
  /** A number at the indices that are bound; `depth` is how much may be inside. */
  const write = (bound: readonly string[], depth: number): string => {
    const at = () => (bound.length === 0 ? String(n.whole(1, 3)) : n.pick(bound));
    const read = (): string => {
      const rank = n.whole(0, 2);
      if (rank === 0) return n.pick([...scalar, ...made, `${n.whole(1, 9)}`, `0.${n.whole(1, 99)}`]);
      return rank === 1 ? `${n.pick(vector)}[${at()}]` : `${n.pick(matrix)}[${at()},${at()}]`;
    };
    if (depth <= 0) return read();
    const inner = () => write(bound, depth - n.whole(1, 2));
    const free = ['i', 'k', 't'].filter((one) => !bound.includes(one));
    const over = free.slice(0, n.whole(1, 2));
    const summed = () => write([...bound, ...over], depth - n.whole(1, 2));
    const many = (sign: string, count: number) => Array.from({ length: count }, inner).join(sign);
    const forms: (() => string)[] = [
      () => many(' + ', n.whole(2, 6)),
      () => many(n.pick([' - ', ' + ']), 3),
      () => `(${many(' + ', 2)}) * (${many(' - ', 2)})`,
      () => many(' * ', n.whole(2, 4)),
      () => `abs(${inner()})`,
      () => `-tanh(${inner()})`,
      () => `(${inner()}) / (1 + (${inner()})^2)`,
      () => `(${inner()})^${n.whole(2, 3)}`,
      () => `max(${inner()}, ${inner()})`,
      () => `mixed(${inner()}, ${inner()}, ${inner()})`,
      () => `[${inner()} > ${inner()}] * ${inner()}`,
      ...(bound.length > 0 ? [() => `when(${bound[0]} > 1: ${inner()})`] : []),
      ...(bound.length > 0 ? [() => `${n.pick(vector)}?[${bound[0]}-1]`] : []),
    ];
    const sums: (() => string)[] = [
      () => `sum(${over.join(', ')}: ${summed()})`,
      () => `abs(sum(${over.join(', ')}: ${summed()}))`,
      () => `sum(${over[0]} where ${over[0]} > 1: ${write([...bound, over[0]], depth - 1)})`,
      () => `max(${over[0]}: ${write([...bound, over[0]], depth - 1)})`,
    ];
    return n.pick(free.length > 0 ? [...forms, ...sums, ...sums] : forms)();
  };
  const lines: string[] = [];
  for (let count = n.whole(1, 3); count > 0; count--) {
    const isVector = n.whole(0, 1) === 1;
    const text = write(isVector ? ['i'] : [], n.whole(2, 4));
    const target = name();
    lines.push(`  ${target}${isVector ? '[i]' : ''} = ${text}`);
    if (isVector) vector.push(target);
    else made.push(target);
  }
  const total = [
    ...made.map((one) => `tanh(${one})`),
    ...vector.slice(2).map((one) => `sum(i: tanh(${one}[i]))`),
  ];
  const params = [`${vector[0]}[i]`, `${matrix[0]}[i,k]`, scalar[0]];
  const head = [
    'index i = 1..3',
    'index k = 1..3',
    'index t = 1..3',
    'function mixed(p, q, r) = p * q - tanh(r) / (2 + p^2) + max(q, r) * (p + q + r) - sigmoid(p + q) * sigmoid(q - r)',
    `param ${vector[0]} = ${n.array([3])}`,
    `given ${vector[1]} = ${n.array([3])}`,
    `param ${matrix[0]} = ${n.array([3, 3])}`,
    `given ${matrix[1]} = ${n.array([3, 3])}`,
    `param ${scalar[0]} = ${n.array([])}`,
    `given ${scalar[1]} = ${n.array([])}`,
  ];
  const mean = params.map((one) => `sum(i, k: (${one})^2) / 100`).join(' + ');
  const text = [
    ...head,
    'forward',
    ...lines,
    `  Loss = ${total.join(' + ')} + ${mean}`,
    'update',
    ...params.map((one) => `  ${one} <- ${one} - 0.01 * dLoss/d${one}`),
  ].join('\n');
  return { name: `long lines, seed ${seed}`, text };
}

/** `count` of these models, without those whose derivatives are longer than the language allows. */
export function longModels(count: number): ModelCase[] {
  const found: ModelCase[] = [];
  for (let seed = 1; found.length < count; seed++) {
    const model = longModel(seed);
    const errors = compileProgram(model.text).diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) found.push(model);
    else if (errors.some(({ rule }) => rule !== 'size'))
      throw new Error(`${errors[0].message}\n${model.text}`);
  }
  return found;
}
