import {
  type Around,
  indexLetters,
  ownFunctions,
  type Readable,
  TermGenerator,
} from './graph-terms.testing.ts';
import { type ModelCase, SeededNumbers } from './models.testing.ts';

/*
 * Random graphs of formulas, as the text of a model: small arrays of every size from 1 to 12, formulas that read the same
 * cells, ranges that are empty or clipped, recurrences, batches, several phases. The models need not make
 * sense; nearly all of them compile.
 */

/** Numbers with zeros of both signs, and with repetitions, so that maxima tie. */
const usual = ['0.5', '-1', '0', '2', '0.3', '-0.75', '1', '-0', '1.5', '0.5', '-0.2'];

class Drawing {
  private readonly draw: SeededNumbers;
  private readonly sizes = new Map<string, number>();
  private readonly data: string[] = [];
  private readonly passes: string[] = [];
  private readonly params: Readable[] = [];
  private readonly givens: Readable[] = [];
  private readonly states = new Set<string>();
  private readonly renewed = new Set<string>();
  private readonly terms: TermGenerator;
  /** Arrays of the forward passes so far. */
  private readonly computed: Readable[] = [];
  private readonly isBatch: boolean;
  /** Whether a line is about the batch as a whole. */
  private isAboutAll = false;
  private readonly stored: string[] = [];
  /** What reads the weights of a layer. */
  private readonly layers = new Map<string, string>();

  constructor(seed: number) {
    this.draw = new SeededNumbers(seed);
    this.drawSizes();
    this.terms = new TermGenerator(this.draw, this.sizes, []);
    this.isBatch = this.chance(30);
  }

  private chance(percent: number): boolean {
    return this.draw.whole(1, 100) <= percent;
  }

  private drawSizes(): void {
    const { draw } = this;
    // One large range, or several small ones.
    const all = indexLetters
      .slice(0, draw.pick([1, 2, 2, 3]))
      .map((letter) => [letter, draw.whole(1, 4)] as const);
    for (const [letter, size] of all) this.sizes.set(letter, size);
    if (all.length < 3 && this.chance(40)) this.sizes.set(draw.pick(all)[0], draw.whole(1, 12));
    if (this.chance(30)) this.sizes.set('t', draw.whole(1, 4));
  }

  private array(shape: readonly number[]): string {
    const [size, ...rest] = shape;
    if (size === undefined) return this.draw.pick(usual);
    return `[${Array.from({ length: size }, () => this.array(rest)).join(', ')}]`;
  }

  private sizeOf(letter: string): number {
    return this.sizes.get(letter) as number;
  }

  /** Letters for the dimensions of an array. */
  private dimensions(most = 2): string[] {
    const free = [...this.sizes.keys()];
    const count = Math.min(this.draw.pick([0, 0, 1, 1, 1, 2]), most, free.length);
    return Array.from({ length: count }, () => free.splice(this.draw.whole(0, free.length - 1), 1)[0]);
  }

  private shapeOf(dimensions: readonly string[]): number[] {
    return dimensions.map((letter) => this.sizeOf(letter));
  }

  model(): ModelCase {
    const { draw, data } = this;
    for (const [letter, size] of this.sizes) data.push(`index ${letter} = 1..${size}`);
    for (let n = 1; n <= draw.whole(1, 3); n++) this.declare('param', `w${n}`, this.params);
    for (let n = 1; n <= draw.whole(0, 2); n++) this.declare('given', `x${n}`, this.givens);
    if (this.isBatch) this.drawSamples();
    if (this.chance(10)) {
      data.push('mode training');
      this.givens.push({ name: 'training', shape: [] });
    }
    this.terms.readable.push(...this.params, ...this.givens);
    const rounds = this.chance(25) ? 2 : 1;
    for (let round = 1; round <= rounds; round++) this.round(round);
    const functions = Object.entries(ownFunctions)
      .filter(([name]) => this.passes.some((line) => line.includes(`${name}(`)))
      .map(([, text]) => text);
    const text = [
      ...functions,
      ...data,
      ...this.passes,
      ...(this.stored.length > 0 ? [`store ${this.stored.join('  ')}`] : []),
    ];
    return { name: 'a random graph', text: text.join('\n'), recurrent: 't' };
  }

  private declare(role: string, name: string, among: Readable[]): void {
    const shape = this.shapeOf(this.dimensions());
    // Some are larger than any index that runs over them.
    if (shape.length > 0 && this.chance(15)) shape[0] += this.draw.whole(1, 2);
    this.data.push(`${role} ${name} = ${this.array(shape)}`);
    among.push({ name, shape });
  }

  private drawSamples(): void {
    const { draw, data } = this;
    const count = draw.whole(1, 4);
    for (let n = 1; n <= draw.whole(1, 2); n++) {
      const shape = this.shapeOf(this.dimensions(1));
      data.push(`sample s${n} = ${this.array([count, ...shape])}`);
      this.givens.push({ name: `s${n}`, shape });
    }
    if (this.chance(25)) {
      data.push(`random r1 = ${draw.pick(['uniform(7)', 'normal(3)'])}`);
      this.givens.push({ name: 'r1', shape: [] });
    }
    if (this.chance(85)) {
      const options = ['', ', sum', ', shuffled 7', ', sum, together', ', together', ', shuffled 5, sum'];
      data.push(`batch n = ${draw.pick([draw.whole(1, count), 'all'])}${draw.pick(options)}`);
      this.isAboutAll = this.chance(25);
    }
  }

  /** A forward pass with a loss, claims, and an update. */
  private round(round: number): void {
    const { draw, passes } = this;
    passes.push('forward');
    const own: [Readable, string[]][] = [];
    for (let n = 1; n <= draw.whole(1, 3); n++) {
      const name = `q${round}${n}`;
      const dimensions = this.dimensions();
      passes.push(`  ${this.formula(name, dimensions, round)}`);
      const made = { name, shape: this.shapeOf(dimensions) };
      own.push([made, dimensions]);
      this.computed.push(made);
      this.terms.readable.push(made, made);
      if (this.isAboutAll && round === 1 && n === 1 && this.usesSamples(name)) {
        const at = dimensions.join(',');
        const all = { ...made, name: 'b1' };
        passes.push(`  b1${at && `[${at}]`} = ${draw.pick(['sum', 'max'])}(n: ${name}[n${at && `,${at}`}])`);
        own.push([all, dimensions]);
        this.terms.readable.push(all, all);
      }
      if (this.chance(8)) this.stored.push(`${name}: ${draw.pick(['2dp', '3sf', '1dp'])}`);
    }
    const loss = `L${round}`;
    const lost = own.filter((_, n) => n === own.length - 1 || this.chance(60));
    passes.push(`  ${loss} = ${this.loss(lost)}`);
    if (this.chance(40)) this.backward(loss, round, lost);
    if (this.chance(92)) this.update(loss);
  }

  /** Whether the last line written reads a per-sample quantity. */
  private usesSamples(name: string): boolean {
    return new RegExp(`${name}.*= .*\\b(s[12]|r1)\\b`).test(this.passes.at(-1) as string);
  }

  private formula(name: string, dimensions: readonly string[], round: number): string {
    const at = dimensions.length === 0 ? '' : `[${dimensions.join(',')}]`;
    const around: Around = new Map(dimensions.map((letter) => [letter, [1, this.sizeOf(letter)]]));
    const weight = dimensions.reduce((product, letter) => product * this.sizeOf(letter), 1);
    const value =
      (this.chance(25) ? this.layer(name, dimensions) : undefined) ??
      this.terms.any(around, this.draw.whole(1, 3), weight);
    const isRecurrent = dimensions.includes('t') && round === 1 && this.chance(70);
    if (!isRecurrent) return `${name}${at} = ${value}`;
    const before = this.draw.pick(['t-1', 't-1', 't-2', 't+1']);
    const read = `${name}?[${dimensions.map((letter) => (letter === 't' ? before : letter)).join(',')}]`;
    const past = `sum(m=1..${this.sizeOf('t')} where m < t: ${name}[${dimensions.map((letter) => (letter === 't' ? 'm' : letter)).join(',')}])`;
    return `${name}${at} = tanh(${value} + 0.5 * ${this.chance(25) ? past : read})`;
  }

  /** A layer with its own weights: dense, causal or reversed, or a kernel that slides over its input. */
  private layer(target: string, dimensions: readonly string[]): string | undefined {
    const { draw, data } = this;
    const lane = dimensions.at(-1);
    const along = indexLetters.find((letter) => this.sizes.has(letter) && !dimensions.includes(letter));
    if (lane === undefined) return undefined;
    const number = data.length;
    const declare = (role: string, shape: readonly number[], among: Readable[]): string => {
      const name = `${role[0]}${number}`;
      // Most of an input is 0, as in a picture.
      const text = this.array(shape).replace(/-?[\d.]+/g, (one) =>
        role === 'given' && this.chance(60) ? '0' : one,
      );
      data.push(`${role} ${name} = ${text}`);
      among.push({ name, shape });
      this.terms.readable.push({ name, shape });
      this.layers.set(name, target);
      return name;
    };
    if (along === undefined || this.chance(40)) {
      const input = declare('given', [this.sizeOf(lane)], this.givens);
      const kernel = declare('param', [3], this.params);
      return `sum(u=1..3: ${kernel}[u] * ${input}?[${lane}+u-2])`;
    }
    const [rows, columns] = [this.sizeOf(lane), this.sizeOf(along)];
    const input = declare('given', [columns], this.givens);
    const isTurned = this.chance(25);
    const weights = declare('param', isTurned ? [columns, rows] : [rows, columns], this.params);
    const where = draw.pick([
      '',
      '',
      ` where ${along} <= ${lane}`,
      ` where ${along} < ${lane}, ${along} > 1`,
    ]);
    const product = `${weights}[${isTurned ? `${along},${lane}` : `${lane},${along}`}] * ${input}[${along}]`;
    return `sum(${along}${where}: ${this.chance(20) ? '-' : ''}${product})`;
  }

  /** Reads its quantities and, so that there is a derivative, something of every parameter. */
  private loss(own: readonly (readonly [Readable, string[]])[]): string {
    const part = ([{ name }, dimensions]: readonly [Readable, string[]]) =>
      dimensions.length === 0
        ? `${name}^2`
        : `sum(${dimensions.join(', ')}: ${name}[${dimensions.join(',')}]^2)`;
    const parts = own.map(part);
    if (this.chance(60)) parts.push(this.terms.any(new Map(), 2, 1));
    for (const one of this.params)
      if (!this.renewed.has(one.name) && !own.some(([{ name }]) => name === this.layers.get(one.name)))
        parts.push(this.terms.read(new Map(), one));
    return parts.join(' + ');
  }

  private backward(loss: string, round: number, own: readonly (readonly [Readable, string[]])[]): void {
    this.passes.push('backward');
    const [{ name }, dimensions] = this.draw.pick(own);
    const at = dimensions.length === 0 ? '' : `[${dimensions.join(',')}]`;
    const sign = this.draw.pick(['', '-']);
    const formula = this.chance(35)
      ? ` = ${this.terms.any(new Map(dimensions.map((letter) => [letter, [1, this.sizeOf(letter)]])), 2, 4)}`
      : '';
    this.passes.push(`  d${round}${at}${formula} : ${sign}d${loss}/d${name}${at}`);
  }

  private update(loss: string): void {
    const { draw, passes } = this;
    passes.push('update');
    let lines = 0;
    for (const { name, shape } of this.params) {
      if (this.renewed.has(name) || this.chance(15)) continue;
      this.renewed.add(name);
      lines += 1;
      const dimensions = ['a', 'b'].slice(0, shape.length);
      const at = shape.length === 0 ? '' : `[${dimensions.join(',')}]`;
      const [cell, slope] = [`${name}${at}`, `d${loss}/d${name}${at}`];
      const neighbour =
        shape.length === 0
          ? `${cell}^2`
          : `${name}?[${dimensions.map((letter, n) => (n === 0 ? `${letter}-1` : letter)).join(',')}]`;
      const kind = draw.whole(1, 10);
      if (kind <= 6) passes.push(`  ${cell} <- ${cell} - 0.1 * ${slope}`);
      else if (kind === 7) passes.push(`  ${cell} <- ${cell} - 0.1 * (${slope} + 0.5 * ${neighbour})`);
      else if (kind === 8)
        passes.push(`  ${cell} <- ${cell} * 0.5 + ${slope} * ${draw.pick(['0.1', 'rate'])}`);
      else {
        const state = `m${name}`;
        if (!this.states.has(state)) this.data.push(`state ${state} = 0.25 like ${name}`);
        this.states.add(state);
        passes.push(
          `  ${state}${at} <- 0.9 * ${state}${at} + ${slope}`,
          `  ${cell} <- ${cell} - 0.1 * ${state}${at}`,
        );
      }
    }
    if (passes.some((line) => line.includes('rate')) && !this.states.has('rate')) {
      this.states.add('rate');
      this.data.push('rate rate = 0.1');
      passes.push('  rate <- rate * 0.5');
    }
    if (lines === 0) passes.pop();
  }
}

/** The model of a seed. */
export const graph = (seed: number): ModelCase => ({
  ...new Drawing(seed).model(),
  name: `random graph ${seed}`,
});
