import type { SeededNumbers } from './models.testing.ts';

/*
 * Random expressions of the language, as text: they read cells that exist or guard the reference, bound their reductions by
 * the indices around them, and sometimes leave no terms.
 */

/** An array that formulas may read. */
export interface Readable {
  readonly name: string;
  readonly shape: readonly number[];
}

/** The indices in scope, with the ends of their ranges (inclusive). */
export type Around = ReadonlyMap<string, readonly [low: number, high: number]>;

/** Declared letters have the declared range in every formula; all others state their range. */
export const indexLetters = ['i', 'j', 'k', 't'] as const;
const loose = ['u', 'v', 's'] as const;

/** A model's own functions, with slopes and without, some with reductions that have no terms. */
export const ownFunctions: Record<string, string> = {
  swish: 'function swish(z) = z * sigmoid(z)',
  bend: 'function bend(z) = 1 / (1 + z^2) slope -2*z*bend^2',
  norm: 'function norm(a, b) = sqrt(a^2 + b^2 + 1) slope a/norm, b/norm',
  wave: 'function wave(z) = sum(m=1..3: sin(z*m) / m)',
  late: 'function late(z) = sum(m=1..3 where m > 2: z*m) + max(m=1..2 where m > 2: z)',
  none: 'function none(z) = z + sum(m=1..2 where m > 2: z*m) slope none - z + 1',
};

/** The most cells times terms of one expression. */
const mostTerms = 30;

/** Generates random expressions. */
export class TermGenerator {
  private leftOut = 0;

  constructor(
    private readonly draw: SeededNumbers,
    private readonly sizes: ReadonlyMap<string, number>,
    readonly readable: Readable[],
  ) {}

  chance(percent: number): boolean {
    return this.draw.whole(1, 100) <= percent;
  }

  /** An expression; `depth` limits its nesting, `weight` is how often it is computed. */
  any(around: Around, depth: number, weight: number): string {
    const { draw } = this;
    const inner = (): string => this.any(around, depth - 1, weight);
    if (depth <= 0) return this.leaf(around);
    const kind = draw.whole(1, 100);
    if (kind <= 16) return this.leaf(around);
    if (kind <= 34) return `(${inner()} ${draw.pick(['+', '-', '*', '*'])} ${inner()})`;
    if (kind <= 62) return this.reduction(around, depth, weight);
    if (kind <= 72) return `when(${this.conditions([...around], around)}: ${inner()})`;
    if (kind <= 82)
      return `${draw.pick(['tanh', 'sigmoid', 'relu', 'abs', 'sin', 'cos', 'square'])}(${inner()})`;
    if (kind <= 87) return `${draw.pick(['max', 'min'])}(${inner()}, ${inner()})`;
    if (kind <= 89) return `(${inner()} / (1 + (${inner()})^2))`;
    if (kind <= 91)
      return draw.pick([
        `(-${inner()})`,
        `((${inner()})^3)`,
        `sqrt((${inner()})^2)`,
        `log(1 + (${inner()})^2)`,
      ]);
    if (kind <= 93) return `[${inner()} ${draw.pick(['>', '<=', '=', '!='])} ${inner()}]`;
    if (kind <= 95) return `stop(${inner()})`;
    const own = draw.pick(Object.keys(ownFunctions));
    return own === 'norm' ? `norm(${inner()}, ${inner()})` : `${own}(${inner()})`;
  }

  private leaf(around: Around): string {
    const { draw } = this;
    const kind = draw.whole(1, 100);
    if (kind <= 8) return draw.pick(['0.5', '-1', '2', '0', '1e-3', '-0.25']);
    if (kind <= 14 && around.size > 0) return draw.pick([...around.keys()]);
    if (kind <= 20) return this.shifted(around) ?? this.read(around);
    return this.read(around);
  }

  /** A cell that exists only where a condition holds, read without a guard. */
  private shifted(around: Around): string | undefined {
    const { draw } = this;
    const fitting = this.readable.flatMap(({ name, shape }) =>
      [...around.keys()]
        .filter((one) => shape.length === 1 && shape[0] === this.sizes.get(one))
        .map((letter) => [name, letter] as const),
    );
    if (fitting.length === 0) return undefined;
    const [name, letter] = draw.pick(fitting);
    const size = this.sizes.get(letter) as number;
    const by = draw.whole(1, 2);
    const free = indexLetters.find((one) => this.sizes.get(one) === size && !around.has(one));
    const forms = [
      `when(${letter} > ${by}: ${name}[${letter}-${by}])`,
      `when(${letter} <= ${size - by}: ${name}[${letter}+${by}])`,
    ];
    if (free === undefined) return draw.pick(forms);
    const reducer = draw.pick(['sum', 'max']);
    return draw.pick([
      ...forms,
      `${reducer}(${free} where ${free} < ${letter}: ${name}[${letter}-${free}])`,
      `${reducer}(${free} where ${free} + ${letter} <= ${size}: ${name}[${letter}+${free}] * ${this.leaf(new Map([...around, [free, [1, size]]]))})`,
    ]);
  }

  /** A cell of an array, guarded where it may be out of range. */
  read(around: Around, { name, shape } = this.draw.pick(this.readable)): string {
    if (shape.length === 0) return name;
    let isInside = true;
    const at = shape.map((size) => {
      const [text, low, high] = this.place(around, size);
      if (low < 1 || high > size) isInside = false;
      return text;
    });
    return `${name}${isInside && !this.chance(4) ? '' : '?'}[${at.join(', ')}]`;
  }

  /** Index arithmetic for a dimension, and its range. */
  private place(around: Around, size: number): [text: string, low: number, high: number] {
    const { draw } = this;
    const fitting = [...around].filter(
      ([letter, [low, high]]) => low >= 1 && high <= size && (this.sizes.get(letter) ?? size) === size,
    );
    if (fitting.length > 0 && this.chance(60)) {
      const [letter, [low, high]] = draw.pick(fitting);
      return [letter, low, high];
    }
    const all = [...around];
    if (all.length === 0 || this.chance(20)) {
      const at = draw.whole(1, size);
      return [String(at), at, at];
    }
    const [letter, [low, high]] = draw.pick(all);
    const by = draw.whole(1, 2);
    switch (draw.whole(1, 6)) {
      case 1:
        return [`${letter}-${by}`, low - by, high - by];
      case 2:
        return [`${letter}+${by}`, low + by, high + by];
      case 3:
        return [`${size + 1}-${letter}`, size + 1 - high, size + 1 - low];
      case 4:
        return [`2*${letter}-${by}`, 2 * low - by, 2 * high - by];
      case 5: {
        const [other, [first, last]] = draw.pick(all);
        return other === letter
          ? [`2*${letter}-1`, 2 * low - 1, 2 * high - 1]
          : [`${letter}+${other}-${by}`, low + first - by, high + last - by];
      }
      default: {
        const [other, [first, last]] = draw.pick(all);
        return other === letter
          ? [`${letter}+1`, low + 1, high + 1]
          : [`${letter}-${other}+${by}`, low - last + by, high - first + by];
      }
    }
  }

  private reduction(around: Around, depth: number, weight: number): string {
    const { draw } = this;
    const reducer = draw.pick(['sum', 'sum', 'sum', 'max', 'max', 'argmax']);
    const bound = new Map<string, readonly [number, number]>();
    const heads: string[] = [];
    let terms = 1;
    for (let count = this.chance(25) ? 2 : 1; count > 0; count--) {
      const free = [...indexLetters.filter((one) => this.sizes.has(one)), ...loose].filter(
        (one) =>
          !around.has(one) && !bound.has(one) && weight * terms * (this.sizes.get(one) ?? 3) <= mostTerms,
      );
      if (free.length === 0) break;
      const letter = draw.pick(free);
      const [head, low, high] = this.head(letter, around);
      heads.push(head);
      bound.set(letter, [low, high]);
      terms *= Math.max(1, high - low + 1);
    }
    if (heads.length === 0) return this.leaf(around);
    const inside = new Map([...around, ...bound]);
    const where = this.chance(60) ? ` where ${this.conditions([...bound], inside, reducer === 'sum')}` : '';
    const body =
      this.chance(30) && depth > 1
        ? this.any(inside, depth - 1, weight * terms)
        : this.product(inside, depth - 1, weight * terms);
    // Of any other mean nobody knows whether it has a term.
    const isCounted = heads.every((head) => {
      const [, low, high] = /=(.+)\.\.(.+)/.exec(head) ?? ['', '1', '1'];
      return Number(low) <= Number(high) || (low === '1' && (around.get(high)?.[0] ?? 0) >= 1);
    });
    const isMean = where === '' && reducer === 'sum' && isCounted && this.chance(70);
    return `${isMean ? 'mean' : reducer}(${heads.join(', ')}${where}: ${body})`;
  }

  private product(around: Around, depth: number, weight: number): string {
    return `${this.leaf(around)} * ${this.chance(70) ? this.leaf(around) : this.any(around, depth, weight)}`;
  }

  /** An index of a reduction, with its range or without, possibly empty or bounded by an outer index. */
  private head(letter: string, around: Around): [head: string, low: number, high: number] {
    const { draw } = this;
    const size = this.sizes.get(letter);
    if (size !== undefined && !this.chance(15)) return [letter, 1, size];
    const low = draw.whole(-1, 3);
    const high = low + draw.whole(-1, 3);
    if (size === undefined || around.size === 0) return [`${letter}=${low}..${high}`, low, high];
    const outer = draw.pick([...around.keys()]);
    return [
      draw.pick([`${letter}=1..${outer}`, `${letter}=${outer}..${size}`, `${letter}=${outer}-1..${outer}`]),
      1,
      size,
    ];
  }

  /** One to three conditions, most of them on the first of some indices. */
  private conditions(
    on: readonly (readonly [string, readonly [number, number]])[],
    around: Around,
    mayBeInParts = true,
  ): string {
    const { draw } = this;
    if (on.length === 0) return draw.pick(['1 > 2', '1 < 2']);
    const one = (): string => {
      const [letter, [low, high]] = draw.pick(on);
      const others = [...around.keys()].filter((other) => other !== letter);
      const bound = draw.whole(low - 2, high + 3);
      // Four of them in each other are as many parts as there may be.
      if (mayBeInParts && this.leftOut < 4 && this.chance(15)) {
        this.leftOut += 1;
        return `${letter} != ${draw.pick([...others, String(bound)])}`;
      }
      if (others.length === 0 || this.chance(35))
        return draw.pick([
          `${letter} > ${bound}`,
          `${letter} < ${bound}`,
          `${letter} >= ${bound}`,
          `2*${letter} <= ${bound}`,
          `${letter} = ${bound}`,
          `${bound - 1} <= ${letter} <= ${bound}`,
        ]);
      const other = draw.pick(others);
      return draw.pick([
        ...[
          `${letter} < ${other}`,
          `${letter} <= ${other}`,
          `${letter} > ${other}`,
          `${letter} >= ${other} + 1`,
        ],
        ...[
          `${other} - 1 <= ${letter} <= ${other} + 1`,
          `2*${letter} > ${other}`,
          `${letter} + ${other} <= ${bound}`,
        ],
        ...[`3*${letter} - 2*${other} >= ${bound}`, `${other} > ${bound}`, `${letter} = ${other}`],
      ]);
    };
    return Array.from({ length: draw.pick([1, 1, 1, 2, 2, 3]) }, one).join(', ');
  }
}
