import type { Moment } from '../moment.ts';
import '../../number/uncommon-functions.ts';
import { type Query, type QueryFault, readQuery } from '../../formula/compile/query.ts';
import type { Expression, Version } from '../../formula/expression.ts';
import { references } from '../../formula/expression.ts';
import { cellAt, type Formula, type LeftIndex, type Model } from '../../formula/model.ts';
import { asCarried } from '../../number/rounding.ts';
import { Occurrences } from '../../program/occurrences.ts';
import type { Program } from '../../program/program.ts';
import type { Machine } from '../machine.ts';
import { Layout, type Slot } from '../memory/layout.ts';
import { type CellEvaluation, Evaluator, type SlotReader } from '../step/evaluator.ts';

/** A cell that a probe reads. */
export interface ProbedCell {
  readonly name: string;
  readonly cell: readonly number[];
}

export interface ReadCell extends ProbedCell {
  readonly value: number;
}

/**
 * Asks a model's numbers something, `abs(δ1[j]) < 1e-3`: an expression of the formula language, or comparisons that all have to
 * hold, in which indices may be free. It is read from what the run has stored by a moment; what is not stored yet in
 * that frame leaves it undefined, and a parameter has its old version until it is renewed. In a run that a lesson rounds, a
 * comparison goes by the first fifteen digits, as rounding does: what is 0.005 on paper is not less than 0.005.
 */
export class Probe {
  readonly text: string;
  readonly expression: Expression;
  /** Whether it compares: then it is 1 or 0. */
  readonly isCondition: boolean;
  /** Indices that stand for any value, with their ranges; of a batch, the sample index first, which is not written. */
  readonly free: readonly LeftIndex[];
  /** The quantities that it reads. */
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
    { text, expression, isCondition, free }: Query,
  ) {
    this.text = text;
    this.expression = expression;
    this.isCondition = isCondition;
    this.free = free;
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

  /** Its value at a moment, the free indices having these values; undefined where something that it reads is not stored yet. */
  at(moment: Moment, indices: readonly number[] = []): number | undefined {
    this.open(moment.machine, moment.frame);
    return this.value(moment.inFrame, indices);
  }

  /** Chooses the frame that `value` reads. */
  open(machine: Machine, frame: number): void {
    this.frame = this.frame?.machine === machine ? this.frame : new StoredFrame(machine);
    this.frame.open(frame);
  }

  /** Its value after so many steps of the frame that is open. */
  value(inFrame: number, indices: readonly number[] = []): number | undefined {
    this.isMissing = false;
    (this.frame as StoredFrame).inFrame = inFrame;
    const { machine } = this.frame as StoredFrame;
    const value = (comparesExactly(machine) ? this.exactly : this.onPaper).at(indices);
    return this.isMissing ? undefined : value;
  }

  /** What it reads after so many steps of the frame that is open, with all digits. */
  readings(inFrame: number, indices: readonly number[] = []): readonly ReadCell[] {
    const read = new Map<string, ReadCell>();
    this.readCells = read;
    this.value(inFrame, indices);
    this.readCells = undefined;
    return [...read.values()];
  }

  /** The cells that it reads, each once, in the order in which they are read; the same at every moment. */
  cells(indices: readonly number[] = []): readonly ProbedCell[] {
    this.listed = new Map();
    this.listing.at(indices);
    return [...this.listed.values()];
  }

  /** The values that the free indices take, row by row; a single empty one where none is free. */
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

/** Whether every bit decides in a machine's run: nothing in it is rounded. */
export const comparesExactly = ({ precision, program }: Machine): boolean =>
  precision === 'full' || program.model.store.length === 0;

/** Reads a question about a model; or says where it goes wrong, and what to do. */
export function createProbe(model: Model, text: string): Probe | { readonly error: QueryFault } {
  const question = readQuery(model, text);
  return 'error' in question ? question : new Probe(model, question);
}

function* placesOf(free: readonly LeftIndex[]): Generator<readonly number[]> {
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

/** When the cells of a quantity are stored in a frame. */
export class SlotStores {
  /** What a frame stores of it; undefined where it stores nothing. */
  readonly version: Version | undefined;
  private readonly formula: Formula | undefined;
  private readonly shape: readonly number[];
  /** The first and the last step that stores one of its cells. */
  private readonly first: number = 0;
  private readonly last: number = 0;
  /** The step that stores each cell, as far as it was asked for; else 0. */
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

  /** The step of a frame that stores a cell; undefined where none does. */
  stepOf(flat: number): number | undefined {
    if (this.formula === undefined) return undefined;
    if (this.steps[flat] === 0)
      this.steps[flat] = this.program.stepsOf(this.formula, cellAt(this.shape, flat)).last;
    return this.steps[flat];
  }

  isStored(flat: number, inFrame: number): boolean {
    if (inFrame >= this.last) return true;
    return inFrame >= this.first && (this.stepOf(flat) as number) <= inFrame;
  }
}
