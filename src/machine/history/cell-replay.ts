import { cellAt, type Formula } from '../../formula/model.ts';
import type { Program } from '../../program/program.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import type { Store } from '../memory/store.ts';
import { Evaluator, type SlotReader } from '../step/evaluator.ts';
import type { RenewalGroup, RenewedQuantity, Retention } from './retention.ts';
import type { Row } from './row-store.ts';
import type { TrainingState } from './training-state.ts';

/** The way from a remembered state to a frame: the rows of the frames between, in order. */
export interface ReplayPath {
  /** The state before the first of the rows' frames. */
  readonly state: TrainingState;
  /** One row for each frame between. */
  readonly rows: readonly Row[];
  /**
   * The small sample arrays that entered these frames, in the order of `Retention.entered`, `enteredSize` numbers for each frame.
   */
  readonly entered: () => Float64Array<ArrayBuffer>;
}

/**
 * Recomputes single cells of large arrays that survive from frame to frame: only a cell's own update formula is replayed from the
 * nearest keyframe on, over the small arrays recorded in the frames between. Storing rules apply as usual.
 */
export class CellReplay {
  private readonly groups = new Map<Slot, { replay: GroupReplay; at: number }>();

  constructor(program: Program, layout: Layout, retention: Retention, store: Store, start: Float64Array) {
    for (const group of retention.groups) {
      const replay = new GroupReplay(group, {
        program,
        layout,
        retention,
        store,
        start,
      });
      group.members.forEach(({ old }, at) => {
        this.groups.set(old, { replay, at });
      });
    }
  }

  /**
   * Returns a function that gives a cell's value at the end of a path, that is as the path's frame finds it. `flat` is the cell's
   * position in the slot, from 0; `slot` must be the `old` slot of a member of `Retention.groups`.
   */
  of(slot: Slot): (flat: number, path: ReplayPath) => number {
    const { replay, at } = this.groups.get(slot) as { replay: GroupReplay; at: number };
    return (flat, path) => replay.follow(flat, path)[at];
  }
}

interface ReplayContext {
  readonly program: Program;
  readonly layout: Layout;
  readonly retention: Retention;
  readonly store: Store;
  /** The memory that contains the constants. */
  readonly start: Float64Array;
}

/** Replays the cells of one group at one position through the frames. */
class GroupReplay {
  private readonly evaluator: Evaluator;
  private readonly members: readonly RenewedQuantity[];
  /** The members' cells as the frame finds them; `renewed` as it leaves them, valid where `done` is 1. */
  private readonly values: Float64Array;
  private readonly renewed: Float64Array;
  private readonly done: Uint8Array;
  private row: Row = { numbers: new Float64Array(0), start: 0 };
  private entered = new Float64Array(0);
  /** Where the numbers of the current row's frame begin in `entered`. */
  private entry = 0;
  private cell: readonly number[] = [];
  private flat = 0;

  constructor(
    { members }: RenewalGroup,
    private readonly around: ReplayContext,
  ) {
    this.members = members;
    this.values = new Float64Array(members.length);
    this.renewed = new Float64Array(members.length);
    this.done = new Uint8Array(members.length);
    const { program, layout } = around;
    this.evaluator = new Evaluator(program.model.functions, layout, this.source);
  }

  follow(flat: number, { state, rows, entered }: ReplayPath): Float64Array {
    const { members, values, renewed, done, around } = this;
    this.flat = flat;
    this.entered = entered();
    this.cell = cellAt(members[0].old.shape, flat);
    for (let m = 0; m < members.length; m++) values[m] = state[members[m].at + flat];
    for (let n = 0; n < rows.length; n++) {
      this.row = rows[n];
      this.entry = n * around.retention.enteredSize;
      for (let m = 0; m < members.length; m++) done[m] = 0;
      for (let m = 0; m < members.length; m++) if (done[m] === 0) this.renew(m);
      for (let m = 0; m < members.length; m++) values[m] = renewed[m];
    }
    return values;
  }

  private renew(m: number): void {
    const { formula } = this.members[m];
    this.renewed[m] = this.around.store(formula, this.flat, this.evaluator.of(formula).at(this.cell));
    this.done[m] = 1;
  }

  private readonly source: SlotReader = (slot, address, places) => {
    const { retention, layout, start } = this.around;
    const old = this.members.findIndex((member) => member.old === slot);
    if (old >= 0) return () => this.values[old];
    const renewed = this.members.findIndex((member) => member.new === slot);
    if (renewed >= 0) {
      return () => {
        if (this.done[renewed] === 0) this.renew(renewed);
        return this.renewed[renewed];
      };
    }
    const place = retention.placeOf(slot);
    if (place !== undefined) {
      const shift = place - slot.offset;
      return () => this.row.numbers[this.row.start + shift + address()];
    }
    const entered = retention.enteredPlaceOf(slot);
    if (entered !== undefined) {
      const shift = entered - slot.offset;
      return () => this.entered[this.entry + shift + address()];
    }
    const writer = retention.writer(slot);
    if (writer === undefined) return () => start[address()];
    return this.computed(writer, layout.slot(writer.target, writer.version), address, places);
  };

  /** Reads a large array's cell that is computed during the replay. */
  private computed(
    formula: Formula,
    slot: Slot,
    address: () => number,
    places: readonly (() => number)[],
  ): () => number {
    const { store } = this.around;
    const cell = new Array<number>(places.length);
    return () => {
      for (let d = 0; d < cell.length; d++) cell[d] = places[d]();
      const flat = address() - slot.offset;
      const value = this.evaluator.of(formula).at(cell);
      return store(formula, flat, value);
    };
  }
}
