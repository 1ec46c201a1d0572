import type { Moment } from '../moment.ts';
import '../../number/uncommon-functions.ts';
import { type Query, type QueryFault, readQuery } from '../../formula/compile/query.ts';
import type { Expression, Version } from '../../formula/expression.ts';
import { references } from '../../formula/expression.ts';
import { cellAt, type Formula, type LeftIndex, type Model } from '../../formula/model.ts';
import { carriedDigits, round } from '../../number/rounding.ts';
import { Occurrences } from '../../program/occurrences.ts';
import type { Program } from '../../program/program.ts';
import type { Machine } from '../machine.ts';
import { Layout, type Slot } from '../memory/layout.ts';
import { type CellEvaluation, Evaluator, type SlotReader } from '../step/evaluator.ts';

/** A cell that a probe reads. */
export interface ProbedCell {
  /** The quantity. */
  readonly name: string;
  /** Indices from 1. */
  readonly cell: readonly number[];
}

/** A cell that a probe has read, and its value. */
export interface ReadCell extends ProbedCell {
  readonly value: number;
}

/** A number rounded to 15 significant digits, as a pocket calculator would hold it. */
const asCarried = (value: number): number => round(value, { kind: 'significant', digits: carriedDigits });

/**
 * A query about a model's numbers, such as `abs(δ1[j]) < 1e-3`: an expression of the formula language, or comparisons that must
 * all hold, with free indices. It reads what a run has stored by a moment: the value is undefined while something is not stored
 * yet in that frame, and a parameter has its old version until the update stores the new one. In a rounded run, comparisons use
 * 15 significant digits, as rounding does: a number that is 0.005 on paper is not less than 0.005. Created by `createProbe`.
 */
export class Probe {
  /** As it was written. */
  readonly text: string;
  readonly expression: Expression;
  /** Whether it is a condition, with value 1 or 0. */
  readonly isCondition: boolean;
  /** The free indices with their ranges; for a batch the sample index comes first, which is not written. */
  readonly free: readonly LeftIndex[];
  /** Operations of one evaluation, at most. */
  readonly cost: number;
  /** The quantities that it reads, each once. */
  readonly names: readonly string[];
  private readonly layout: Layout;
  private readonly exactly: CellEvaluation;
  private readonly onPaper: CellEvaluation;
  private readonly listing: CellEvaluation;
  private listed: Map<string, ProbedCell> = new Map();
  private frame: StoredFrame | undefined;
  private isMissing = false;
  private readCells: Map<string, ReadCell> | undefined;

  constructor(
    readonly model: Model,
    { text, expression, isCondition, free, cost }: Query,
  ) {
    this.text = text;
    this.expression = expression;
    this.isCondition = isCondition;
    this.free = free;
    this.cost = cost;
    this.names = [...new Set([...references(expression)].map(({ name }) => name))];
    this.layout = new Layout(model);
    const indices = free.map(({ name }) => name);
    const evaluation = (source: SlotReader, compared?: (value: number) => number) =>
      new Evaluator(model.functions, this.layout, source, undefined, undefined, compared).evaluation(
        expression,
        indices,
      );
    const read: SlotReader = (slot, address) => () => this.read(slot, address() - slot.offset);
    this.exactly = evaluation(read);
    this.onPaper = evaluation(read, asCarried);
    this.listing = evaluation((slot, address) => () => this.list(slot, address() - slot.offset));
  }

  /**
   * Its value at a moment for these values of the free indices (from 1, in the order of `free`); undefined while something that
   * it reads is not stored yet.
   */
  at(moment: Moment, indices: readonly number[] = []): number | undefined {
    this.open(moment.machine, moment.frame);
    return this.value(moment.inFrame, indices);
  }

  /** Chooses the run and frame (from 1) for `value` and `readings`. */
  open(machine: Machine, frame: number): void {
    this.frame = this.frame?.machine === machine ? this.frame : new StoredFrame(machine);
    this.frame.open(frame);
  }

  /** Its value after `inFrame` steps of the open frame; undefined while something that it reads is not stored yet. */
  value(inFrame: number, indices: readonly number[] = []): number | undefined {
    this.isMissing = false;
    (this.frame as StoredFrame).inFrame = inFrame;
    const { machine } = this.frame as StoredFrame;
    const value = (comparesExactly(machine) ? this.exactly : this.onPaper).at(indices);
    return this.isMissing ? undefined : value;
  }

  /** The cells that it reads after `inFrame` steps of the open frame, each once, unrounded; those not stored yet are left out. */
  readings(inFrame: number, indices: readonly number[] = []): readonly ReadCell[] {
    const read = new Map<string, ReadCell>();
    this.readCells = read;
    this.value(inFrame, indices);
    this.readCells = undefined;
    return [...read.values()];
  }

  /** The cells that it reads for these indices, each once, in reading order; the same at every moment. */
  cells(indices: readonly number[] = []): readonly ProbedCell[] {
    this.listed = new Map();
    this.listing.at(indices);
    return [...this.listed.values()];
  }

  /** All values of the free indices, last index fastest; a single empty tuple if no index is free. */
  get places(): Iterable<readonly number[]> {
    return placesOf(this.free);
  }

  private read(slot: Slot, flat: number): number {
    const value = (this.frame as StoredFrame).value(slot, flat);
    if (value === undefined) this.isMissing = true;
    else
      this.readCells?.set(`${slot.name} ${flat}`, { name: slot.name, cell: cellAt(slot.shape, flat), value });
    return value ?? 0;
  }

  private list(slot: Slot, flat: number): number {
    const cell = cellAt(slot.shape, flat);
    this.listed.set(`${slot.name} ${flat}`, { name: slot.name, cell });
    return 0;
  }
}

/**
 * Whether comparisons of probes in a run use every bit: true if nothing in the run is rounded, else they use 15 significant
 * digits.
 */
export const comparesExactly = ({ precision, program }: Machine): boolean =>
  precision === 'full' || program.model.store.length === 0;

/** Parses a query about a model. Returns an error with its position and a remedy if the text is not a valid query. */
export function createProbe(model: Model, text: string): Probe | { readonly error: QueryFault } {
  const question = readQuery(model, text);
  return 'error' in question ? question : new Probe(model, question);
}

/** All values of some indices, last index fastest; a single empty tuple if there are none. */
export function* placesOf(free: readonly LeftIndex[]): Generator<readonly number[]> {
  const [first, ...rest] = free;
  if (first === undefined) yield [];
  else
    for (let value = first.range.low; value <= first.range.high; value++)
      for (const inner of placesOf(rest)) yield [value, ...inner];
}

/** What a frame has stored after some of its steps. */
class StoredFrame {
  inFrame = 0;
  private number = 0;
  private readonly stores = new Map<Slot, SlotStores>();

  constructor(readonly machine: Machine) {}

  open(frame: number): void {
    this.number = frame;
  }

  /** The newest value of a cell; undefined while it is not stored. */
  value(slot: Slot, flat: number): number | undefined {
    let stores = this.stores.get(slot);
    if (stores === undefined) {
      stores = new SlotStores(this.machine.program, slot);
      this.stores.set(slot, stores);
    }
    const { version } = stores;
    if (version === undefined) return this.stored(slot, 'old', flat);
    if (stores.isStored(flat, this.inFrame)) return this.stored(slot, version, flat);
    return version === 'new' ? this.stored(slot, 'old', flat) : undefined;
  }

  private stored(slot: Slot, version: Version, flat: number): number {
    const { machine } = this;
    return machine.value(this.number, slot.name, version, cellAt(slot.shape, flat));
  }
}

/** When the cells of a quantity are stored in a frame. Steps count from 1 within the frame, positions `flat` from 0. */
export class SlotStores {
  /** The version that a frame stores, `new` if there are both; undefined if it stores none. */
  readonly version: Version | undefined;
  private readonly formula: Formula | undefined;
  private readonly shape: readonly number[];
  /** The first and the last step that store one of its cells. */
  private readonly first: number = 0;
  private readonly last: number = 0;
  /** The step that stores each cell, where already known; else 0. */
  private readonly steps: Float64Array;

  constructor(
    private readonly program: Program,
    { name, shape, size }: Slot,
  ) {
    this.shape = shape;
    this.version = (['new', 'old'] as const).find((version) => program.writer(name, version) !== undefined);
    this.formula = this.version && program.writer(name, this.version);
    this.steps = new Float64Array(this.formula === undefined ? 0 : size);
    if (this.formula === undefined) return;
    const cells = new Occurrences(program, this.formula);
    if (cells.count === 0) return;
    this.first = cells.steps(1).last;
    this.last = cells.steps(cells.count).last;
  }

  /** The step that stores a cell; undefined if none does. */
  stepOf(flat: number): number | undefined {
    if (this.formula === undefined) return undefined;
    if (this.steps[flat] === 0)
      this.steps[flat] = this.program.stepsOf(this.formula, cellAt(this.shape, flat)).last;
    return this.steps[flat];
  }

  /** Whether a cell is stored after `inFrame` steps. */
  isStored(flat: number, inFrame: number): boolean {
    if (inFrame >= this.last) return true;
    return inFrame >= this.first && (this.stepOf(flat) as number) <= inFrame;
  }
}
