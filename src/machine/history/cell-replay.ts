import { cellAt, type Formula } from '../../formula/model.ts';
import type { Program } from '../../program/program.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import type { Store } from '../memory/store.ts';
import { Evaluator, type SlotReader } from '../step/evaluator.ts';
import type { RenewalGroup, RenewedQuantity, Retention } from './retention.ts';
import type { Row } from './row-store.ts';
import type { TrainingState } from './training-state.ts';

/** The way from a state that is remembered to a frame: the rows of the frames between, in order. */
export interface ReplayPath {
  /** What survives the frame before the first of the rows. */
  readonly state: TrainingState;
  readonly rows: readonly Row[];
  /** The small arrays of samples that entered these frames, as `Retention.entered` says, frame after frame. */
  readonly entered: () => Float64Array<ArrayBuffer>;
}

/**
 * Cells of large arrays that live on from frame to frame, each renewed by itself: its own update formula from the
 * nearest keyframe on, over the small arrays that were noted in the frames between. The storing rules apply as ever.
 */
export class CellReplay {
  private readonly groups = new Map<Slot, { strand: GroupReplay; at: number }>();

  constructor(program: Program, layout: Layout, retention: Retention, store: Store, start: Float64Array) {
    for (const group of retention.groups) {
      const strand = new GroupReplay(group, {
        program,
        layout,
        retention,
        store,
        start,
      });
      group.members.forEach(({ old }, at) => {
        this.groups.set(old, { strand, at });
      });
    }
  }

  /** Gives what a cell (by its position) of a pulled slot is at the end of a way. */
  of(slot: Slot): (flat: number, path: ReplayPath) => number {
    const { strand, at } = this.groups.get(slot) as { strand: GroupReplay; at: number };
    return (flat, path) => strand.follow(flat, path)[at];
  }
}

interface ReplayContext {
  readonly program: Program;
  readonly layout: Layout;
  readonly retention: Retention;
  readonly store: Store;
  /** The memory in which constants lie. */
  readonly start: Float64Array;
}

/** The cells of one group at one position, followed through the frames. */
class GroupReplay {
  private readonly evaluator: Evaluator;
  private readonly members: readonly RenewedQuantity[];
  /** The members' cells as they come into the frame, and as they leave it where they are `done`. */
  private readonly values: Float64Array;
  private readonly renewed: Float64Array;
  private readonly done: Uint8Array;
  private row: Row = { numbers: new Float64Array(0), start: 0 };
  private entered = new Float64Array(0);
  /** Where in it those of the row begin. */
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

  /** A large array's cell that is computed on the way. */
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
