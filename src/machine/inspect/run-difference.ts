import { plainIndex } from '../../formula/affine.ts';
import { children, type Expression } from '../../formula/expression.ts';
import type { Formula } from '../../formula/model.ts';
import type { Program } from '../../program/program.ts';
import type { Node } from '../../program/tree.ts';
import type { Machine } from '../machine.ts';
import type { Slot } from '../memory/layout.ts';
import { runToEnd, type SlicedWork } from '../step/sliced-work.ts';
import type { Alignment } from './alignment.ts';
import { partnerOf } from './array-difference.ts';
import { CellPair, has, type StepDifference } from './cell-pair.ts';

/** Operations of a cell compared in one slice of work. */
const operationsPerSlice = 256;

/** Cells at which the runs may diverge: for some of the indices, which values (at position value − 1) are possible. */
type Wanted = ReadonlyMap<string, Uint8Array>;

interface Candidate {
  readonly formula: Formula;
  readonly wanted: Wanted;
  /** Whether these cells differ themselves; else they read something that differs. */
  readonly writes: boolean;
}

/** The operation of a cell at which a walk through the frame begins. */
interface Start {
  readonly formula: Formula;
  readonly values: ReadonlyMap<string, number>;
  readonly operation: number;
}

/**
 * Compares one frame of two runs. They diverge at a step where an operand, the result or the stored number differs in any bit.
 * Such a step is found from the finished memories: a cell is compared operation by operation only if it differs or reads
 * something that does. Steps count from 1 within the first run's frame.
 */
export class FrameDifference {
  /** For each array of the first run that differs, which of its indices occur in differing cells. */
  private readonly differing = new Map<Slot, readonly Uint8Array[]>();
  /** Arrays that the other run lacks or has in another shape. */
  private readonly unequal = new Set<string>();
  private readonly candidates: readonly Candidate[];
  private readonly inside = new Map<Node, ReadonlySet<Formula>>();

  constructor(
    readonly here: Machine,
    readonly there: Machine,
    readonly alignment: Alignment,
    readonly frame: number,
  ) {
    const [mine, others] = [here.frame(frame).memory, there.frame(frame).memory];
    for (const slot of here.layout.slots) {
      const partner = partnerOf(there, slot);
      if (partner === undefined) this.unequal.add(`${slot.version} ${slot.name}`);
      else {
        const found = projections(slot, mine, others, partner.offset - slot.offset);
        if (found !== undefined) this.differing.set(slot, found);
      }
    }
    this.candidates = here.program.model.formulas.flatMap((formula) => this.candidatesOf(formula));
  }

  /** Whether the runs diverge at no step. */
  get isEmpty(): boolean {
    return this.next(0) === undefined;
  }

  /** The first divergence after step `after` (0: from the start); undefined if there is none. */
  next(after: number): StepDifference | undefined {
    return runToEnd(this.search(1, after));
  }

  /** The last divergence before step `before`; undefined if there is none. */
  previous(before: number): StepDifference | undefined {
    return runToEnd(this.search(-1, before));
  }

  /**
   * The same search in time slices: forwards (1) from after a step, or backwards (−1) from before it. It yields 0, since its
   * progress is not known.
   */
  *search(direction: 1 | -1, step: number): SlicedWork<StepDifference | undefined> {
    const { size } = this.program;
    if (direction === 1 ? step >= size : step <= 1) return undefined;
    return yield* this.lookFrom(direction, step === 0 || step > size ? undefined : step);
  }

  /** What both runs do at a step, whether or not they diverge there. */
  at(step: number): StepDifference {
    const { formula, cell, operation } = this.program.locate(step);
    return new CellPair(this, formula, cell).at(operation);
  }

  private get program(): Program {
    return this.here.program;
  }

  private *lookFrom(direction: 1 | -1, from: number | undefined): SlicedWork<StepDifference | undefined> {
    let start: Start | undefined;
    if (from !== undefined) {
      const { formula, cell, operation } = this.program.locate(from);
      const values = new Map(formula.indices.map(({ name }, d) => [name, cell[d]]));
      start = { formula, values, operation };
    }
    return yield* this.walk(this.program.tree, this.candidates, new Map(), direction, start);
  }

  private *walk(
    node: Node,
    all: readonly Candidate[],
    values: Map<string, number>,
    direction: 1 | -1,
    start: Start | undefined,
  ): SlicedWork<StepDifference | undefined> {
    const formulas = this.formulasIn(node);
    const candidates = all.filter(({ formula }) => formulas.has(formula));
    if (candidates.length === 0) return undefined;
    if (node.kind === 'cell')
      return yield* this.look(node.formula, candidates, values, direction, start?.operation);
    if (node.kind === 'block') {
      const children = direction === 1 ? node.children : [...node.children].reverse();
      const first = start ? children.findIndex((child) => this.formulasIn(child).has(start.formula)) : 0;
      for (let at = first; at < children.length; at++) {
        const found = yield* this.walk(
          children[at],
          candidates,
          values,
          direction,
          at === first ? start : undefined,
        );
        if (found !== undefined) return found;
      }
      return undefined;
    }
    const { index, range, body } = node;
    const step = node.direction * direction;
    const begin = step === 1 ? range.low : range.high;
    const first = start?.values.get(index) ?? begin;
    for (let value = first; value >= range.low && value <= range.high; value += step) {
      const left = candidates.filter(({ wanted }) => (wanted.get(index)?.[value - 1] ?? 1) === 1);
      if (left.length === 0) continue;
      values.set(index, value);
      const found = yield* this.walk(body, left, values, direction, value === first ? start : undefined);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Compares one cell operation by operation, if it may differ. */
  private *look(
    formula: Formula,
    candidates: readonly Candidate[],
    values: ReadonlyMap<string, number>,
    direction: 1 | -1,
    start: number | undefined,
  ): SlicedWork<StepDifference | undefined> {
    const cell = formula.indices.map(({ name }) => values.get(name) as number);
    const isReading = candidates.some(({ writes }) => !writes);
    if (!isReading && !this.isStoredOtherwise(formula, cell)) return undefined;
    const partner = this.alignment.of(formula);
    if (partner === undefined || !has(this.there, partner.formula, cell)) return undefined;
    const pair = new CellPair(this, formula, cell);
    const begin = direction === 1 ? 1 : pair.length;
    for (
      let n = start === undefined ? begin : start + direction;
      n >= 1 && n <= pair.length;
      n += direction
    ) {
      if (pair.differsAt(n)) return pair.at(n);
      if (n % operationsPerSlice === 0) yield 0;
    }
    return undefined;
  }

  private isStoredOtherwise({ target, version }: Formula, cell: readonly number[]): boolean {
    const { here, there, frame } = this;
    return !Object.is(here.value(frame, target, version, cell), there.value(frame, target, version, cell));
  }

  private candidatesOf(formula: Formula): Candidate[] {
    const partner = this.alignment.of(formula);
    if (partner === undefined) return [];
    const everywhere: Candidate = { formula, wanted: new Map(), writes: false };
    if (!partner.isAlike) return [everywhere];
    const found: Candidate[] = [];
    const written = this.differing.get(this.here.layout.slot(formula.target, formula.version));
    if (written !== undefined) {
      const wanted = new Map(formula.indices.map(({ name }, d) => [name, written[d]]));
      found.push({ formula, wanted, writes: true });
    }
    const left = new Set(formula.indices.map(({ name }) => name));
    let readsUnequal = false;
    const visit = (e: Expression, free: ReadonlySet<string>): void => {
      if (e.kind === 'reference') {
        if (this.unequal.has(`${e.version} ${e.name}`)) readsUnequal = true;
        const read = this.differing.get(this.here.layout.slot(e.name, e.version));
        if (read !== undefined) {
          const wanted = new Map<string, Uint8Array>();
          for (const [d, affine] of e.indices.entries()) {
            const name = plainIndex(affine);
            if (name === undefined || !free.has(name)) continue;
            const known = wanted.get(name);
            wanted.set(name, known ? known.map((flag, at) => flag & (read[d][at] ?? 0)) : read[d]);
          }
          found.push({ formula, wanted, writes: false });
        }
      }
      let inner = free;
      if (e.kind === 'reduction') {
        inner = new Set(free);
        for (const { name } of e.indices) (inner as Set<string>).delete(name);
      }
      for (const part of children(e)) visit(part, inner);
    };
    visit(formula.expression, left);
    return readsUnequal ? [everywhere] : found;
  }

  private formulasIn(node: Node): ReadonlySet<Formula> {
    let found = this.inside.get(node);
    if (found === undefined) {
      if (node.kind === 'cell') found = new Set([node.formula]);
      else if (node.kind === 'loop') found = this.formulasIn(node.body);
      else found = new Set(node.children.flatMap((child) => [...this.formulasIn(child)]));
      this.inside.set(node, found);
    }
    return found;
  }
}

/** For each dimension, which indices occur in cells that differ in any bit; undefined if none does. */
function projections(
  { shape, strides, offset, size }: Slot,
  mine: Float64Array,
  others: Float64Array,
  shift: number,
): readonly Uint8Array[] | undefined {
  let found: Uint8Array[] | undefined;
  for (let flat = 0; flat < size; flat++) {
    const [a, b] = [mine[offset + flat], others[offset + flat + shift]];
    // `===` decides nearly all cells; only zeros and NaN need `Object.is`.
    if (a === b ? a !== 0 || Object.is(a, b) : Object.is(a, b)) continue;
    found ??= shape.map((length) => new Uint8Array(length));
    for (let d = 0; d < shape.length; d++) found[d][Math.floor(flat / strides[d]) % shape[d]] = 1;
  }
  return found;
}
