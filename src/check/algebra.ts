import type { Version } from '../formula/expression.ts';
import { cellAt, cellName, type Formula } from '../formula/model.ts';
import { addressOf, Layout } from '../machine/memory/layout.ts';
import { Stepper } from '../machine/step/stepper.ts';
import { Transcript } from '../machine/step/transcript.ts';
import type { Program } from '../program/program.ts';
import type { Memories } from './claim-comparison.ts';
import {
  addPolynomials,
  atomPolynomial,
  atomsIn,
  constantPolynomial,
  multiplyPolynomials,
  numberOf,
  type Polynomial,
  scalePolynomial,
  substituted,
} from './polynomial.ts';

/** How many levels of definitions are expanded into what a derivative reads. */
const mostLevels = 6;
const tolerance = 1e-9;

/** The value of one operation of a cell. */
export interface OperationValue {
  /** As a polynomial in the atoms of the algebra; undefined if it has too many terms. */
  readonly polynomial: Polynomial | undefined;
  /** Its number at every set of trial numbers. */
  readonly vector: readonly number[];
  /** Whether it lies inside a function call and does not finish it; such values are not compared. */
  readonly inside: boolean;
}

/** A variable of the polynomials: a cell, or an operation that polynomials cannot express. */
export interface Atom {
  /** What it is, as a unique text. */
  readonly key: string;
  /** Its number at every set of trial numbers. */
  readonly vector: readonly number[];
  /** The cell (indices from 1), if it is one, and the formula that writes it. */
  readonly cell?: {
    readonly program: Programs;
    readonly formula: Formula | undefined;
    readonly at: readonly number[];
  };
}

type Programs = 'hand' | 'reference';

/**
 * Whether two vectors of equal length agree entry by entry, a[n] = sign · b[n], to 1e-9 of the larger one. NaN agrees with
 * nothing.
 */
export const isSame = (a: readonly number[], b: readonly number[], sign = 1): boolean =>
  a.every(
    (value, n) => Math.abs(value - sign * b[n]) <= tolerance * Math.max(Math.abs(value), Math.abs(b[n])),
  );

const isSteady = (vector: readonly number[]): boolean =>
  isSame(
    vector,
    vector.map(() => vector[0]),
  );

/** Values of cells as polynomials in the cells that they read, so that order and brackets make no difference. */
export class Algebra {
  private readonly atoms: Atom[] = [];
  private readonly sides: Record<Programs, Side>;

  constructor(hand: Program, reference: Program, memories: Memories) {
    this.sides = {
      hand: new Side(
        hand,
        memories.map((one) => one.hand),
      ),
      reference: new Side(
        reference,
        memories.map((one) => one.reference),
      ),
    };
  }

  private intern(one: Atom): Polynomial {
    let found = this.atoms.findIndex(({ key }) => key === one.key);
    // Atoms that agree at all trial numbers are the same, whatever their names; constants prove nothing.
    if (found < 0 && !isSteady(one.vector))
      found = this.atoms.findIndex(({ vector }) => isSame(vector, one.vector));
    return atomPolynomial(found >= 0 ? found : this.atoms.push(one) - 1);
  }

  /** A value that equals an existing atom at all trial numbers. */
  private known(vector: readonly number[]): Polynomial | undefined {
    if (isSteady(vector)) return undefined;
    const found = this.atoms.findIndex((one) => isSame(one.vector, vector));
    return found < 0 ? undefined : atomPolynomial(found);
  }

  /** The operations of a cell (indices from 1), in order. */
  operations(program: Programs, formula: Formula, cell: readonly number[], depth = 0): OperationValue[] {
    const side = this.sides[program];
    const transcripts = side.transcripts(formula, cell);
    const [first] = transcripts;
    const entries: (Polynomial | undefined)[] = [];
    const values: OperationValue[] = [];
    for (let entry = 0; entry < first.entries; entry++) {
      const vector = transcripts.map(({ values: all }) => all[entry]);
      const address = first.addressOf(entry);
      const maker = first.makerOf(entry);
      if (address !== undefined) {
        const slot = side.layout.slotAt(address);
        const at = cellAt(slot.shape, address - slot.offset);
        const writer = side.program.writer(slot.name, slot.version);
        // A hand-written backward line that is no derivative is only a name for its right side.
        const isHelper =
          program === 'hand' && writer?.phase === 'backward' && !writer.claim && !writer.derived;
        const key = `${slot.version} ${cellName(slot.name, at)}`;
        entries[entry] =
          isHelper && depth < mostLevels
            ? this.operations(program, writer, at, depth + 1).at(-1)?.polynomial
            : this.intern({ key, vector, cell: { program, formula: writer, at } });
      } else if (maker === undefined) entries[entry] = constantPolynomial(vector[0]);
      else {
        const operands = first.operandsOf(maker).map((one) => entries[one]);
        const isClear = operands.every((one) => one !== undefined);
        const made = isClear ? this.apply(first.nameOf(maker), operands, vector) : undefined;
        const polynomial =
          (made && atomsIn(made).size > 1 && program === 'hand' && this.known(vector)) || made;
        entries[entry] = polynomial;
        const [outermost] = first.callsAround(maker);
        const inside = outermost !== undefined && outermost.last > maker;
        values.push({ polynomial, vector, inside });
      }
    }
    return values;
  }

  /** Everything that a cell reads and computes, entry by entry, as numbers at every set of trial numbers: `[entry, trial]`. */
  vectors(program: Programs, formula: Formula, cell: readonly number[]): number[][] {
    const transcripts = this.sides[program].transcripts(formula, cell);
    const entries = Array.from({ length: transcripts[0].entries }, (_, entry) => entry);
    return entries.map((entry) => transcripts.map(({ values }) => values[entry]));
  }

  private apply(
    name: string,
    [a, b]: readonly (Polynomial | undefined)[],
    vector: readonly number[],
  ): Polynomial | undefined {
    if (a === undefined) return undefined;
    const divisor = b && numberOf(b);
    if (name === 'copy') return a;
    if (name === 'neg') return scalePolynomial(a, -1);
    if (b !== undefined) {
      if (name === 'add') return addPolynomials(a, b);
      if (name === 'sub') return addPolynomials(a, b, -1);
      if (name === 'mul') return multiplyPolynomials(a, b);
      if (name === 'div' && divisor) return scalePolynomial(a, 1 / divisor);
      if (name === 'div') {
        const inverse = this.intern({ key: `1/(${textOf(b)})`, vector: [Number.NaN] });
        return multiplyPolynomials(a, inverse);
      }
    }
    return this.intern({ key: `${name}(${textOf(a)};${b ? textOf(b) : ''})`, vector });
  }

  /**
   * Yields a value, then the same with the atoms chosen by `isOpened` replaced by their definitions, level by level, while that
   * is possible.
   */
  *opened(value: Polynomial, isOpened: (atom: Atom, n: number) => boolean): Generator<Polynomial> {
    let now: Polynomial | undefined = value;
    for (let level = 0; now !== undefined && level <= mostLevels; level++) {
      yield now;
      const closed: number[] = [...atomsIn(now)].filter((n) => isOpened(this.atoms[n], n));
      if (closed.length === 0) return;
      for (const n of closed) {
        const { cell }: Atom = this.atoms[n];
        if (cell?.formula === undefined || now === undefined) return;
        const inner: Polynomial | undefined = this.operations(cell.program, cell.formula, cell.at).at(
          -1,
        )?.polynomial;
        now = inner && !atomsIn(inner).has(n) ? substituted(now, n, inner) : undefined;
      }
    }
  }

  /** A cell of the hand-written program as an atom. */
  cell(name: string, version: Version, at: readonly number[]): Polynomial {
    const { hand } = this.sides;
    const key = `${version} ${cellName(name, at)}`;
    return this.intern({
      key,
      vector: hand.values(name, version, at),
      cell: { program: 'hand', formula: undefined, at },
    });
  }

  /** Whether atom n is no cell, so that it cannot be expanded. */
  isOpaque(n: number): boolean {
    return this.atoms[n].cell === undefined;
  }
}

const textOf = (a: Polynomial): string =>
  [...a]
    .map(([one, factor]) => `${one}*${factor}`)
    .sort()
    .join('+');

/** One program at all sets of trial numbers. */
class Side {
  readonly layout: Layout;
  private readonly made = new Map<string, readonly Transcript[]>();

  constructor(
    readonly program: Program,
    private readonly memories: readonly Float64Array[],
  ) {
    this.layout = new Layout(program.model);
  }

  /** The numbers of a cell at every set. */
  values(name: string, version: Version, at: readonly number[]): number[] {
    const address = addressOf(this.layout.slot(name, version), at) as number;
    return this.memories.map((memory) => memory[address]);
  }

  transcripts(formula: Formula, cell: readonly number[]): readonly Transcript[] {
    const key = `${formula.id} ${cell.join()}`;
    let found = this.made.get(key);
    if (found === undefined) {
      found = this.memories.map((memory) => {
        const transcript = new Transcript();
        const source = (_: unknown, address: () => number) => () => memory[address()];
        new Stepper(this.program.model.functions, this.layout, transcript, source).of(formula).at(cell);
        return transcript;
      });
      this.made.set(key, found);
    }
    return found;
  }
}
