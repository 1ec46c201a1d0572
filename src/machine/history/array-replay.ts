import { Program } from '../../program/counted-program.ts';
import { prune } from '../../program/tree.ts';
import type { Inputs } from '../memory/inputs.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import { roundedQuantities, storeByRules } from '../memory/store.ts';
import { planOf } from '../plan/lowering.ts';
import type { Assign } from '../plan/plan.ts';
import { type TrainingPlan, trainingPlan } from '../plan/training-plan.ts';
import { VectorKernel } from '../vector/vector-kernel.ts';
import type { ReplayPath } from './cell-replay.ts';
import type { Frame } from './frame.ts';
import type { RenewalGroup, RenewedQuantity, Retention } from './retention.ts';

/**
 * Computes replayed arrays of a frame, all at once or one line of one: runs only the formulas that renew them, vectorised, over
 * the small arrays recorded in the frames since the nearest keyframe.
 */
export class ArrayReplay {
  private readonly memory: Float64Array<ArrayBuffer>;
  private readonly vectorKernel: VectorKernel;
  private readonly renewAll: () => void;
  private readonly carried: TrainingPlan['carried'];
  private readonly members: readonly RenewedQuantity[];
  private readonly lines = new Map<Slot, Line>();

  constructor(
    { model, tree }: Program,
    layout: Layout,
    private readonly retention: Retention,
    inputs: Inputs,
    rounded: boolean,
  ) {
    this.members = retention.groups.flatMap(({ members }) => members);
    const rules = rounded ? roundedQuantities(model) : new Set<string>();
    const byRules = storeByRules(model);
    const isKept = ({ size, name }: Slot) => size <= retention.small || rules.has(name);
    this.vectorKernel = new VectorKernel(layout.size, ({ formula }) =>
      rules.has(formula.target) ? byRules : undefined,
    );
    const renewal = new Program(model, prune(tree, retention.renewing) ?? { kind: 'block', children: [] });
    const training = trainingPlan(planOf(renewal, layout), layout, isKept);
    const own = new Set(this.members.map((member) => member.old));
    this.carried = training.carried.filter(({ old }) => own.has(old));
    this.renewAll = this.vectorKernel.plan(training.statements);
    for (const group of retention.groups) {
      const line = this.lineOf(group, training);
      if (line !== undefined) for (const { old } of group.members) this.lines.set(old, line);
    }
    this.memory = this.vectorKernel.allocate();
    this.memory.set(inputs.start);
  }

  /** The plan of a group in which only the last index runs; undefined where it needs arrays other than the group's own. */
  private lineOf({ members }: RenewalGroup, { statements }: TrainingPlan): Line | undefined {
    const formulas = new Set(members.map(({ formula }) => formula));
    const all = statements.filter(
      (statement) => statement.kind === 'assign' && formulas.has(statement.formula),
    ) as Assign[];
    const isWhole = statements.every((statement) => {
      if (statement.kind !== 'assign') return false;
      return this.members.some(({ formula }) => formula === statement.formula);
    });
    const [{ old }] = members;
    if (!isWhole || all.length !== members.length || old.shape.length === 0) return undefined;
    const outer: ((value: number) => void)[][] = [];
    for (const { axes } of all) {
      if (axes.length !== old.shape.length) return undefined;
      outer.push(axes.slice(0, -1).map(({ name }) => this.vectorKernel.registers.setter(name)));
    }
    const renew = this.vectorKernel.plan(all.map((assign) => ({ ...assign, axes: assign.axes.slice(-1) })));
    return { members, outer, renew };
  }

  /**
   * Computes all replayed arrays of a frame from its replay path, writes them into `frame.memory` and marks them in
   * `frame.known`.
   */
  fill(frame: Frame, path: ReplayPath): void {
    const { memory, members } = this;
    const { state, rows } = path;
    for (const { old, at } of members) memory.set(state.subarray(at, at + old.size), old.offset);
    for (let n = 0; n < rows.length; n++) {
      this.place(path, n);
      this.renewAll();
      for (const pair of this.carried)
        memory.copyWithin(pair.old.offset, pair.new.offset, pair.new.offset + pair.new.size);
    }
    for (const { old } of members) this.hand(frame, old.offset, old.size);
  }

  /**
   * Does the same for one line along the last index: the one that contains the cell at position `flat` (from 0) of `slot`.
   * Returns false, and does nothing, if the slot's group cannot be replayed line by line.
   */
  fillLine(frame: Frame, path: ReplayPath, slot: Slot, flat: number): boolean {
    const line = this.lines.get(slot);
    if (line === undefined) return false;
    const { memory, carried } = this;
    const { state, rows } = path;
    const { members, outer, renew } = line;
    const length = slot.shape[slot.shape.length - 1];
    const first = flat - (flat % length);
    for (const setters of outer) {
      for (let d = 0; d < setters.length; d++)
        setters[d]((Math.floor(first / slot.strides[d]) % slot.shape[d]) + 1);
    }
    for (const { old, at } of members)
      memory.set(state.subarray(at + first, at + first + length), old.offset + first);
    for (let n = 0; n < rows.length; n++) {
      this.place(path, n);
      renew();
      for (const { old, new: renewed } of carried) {
        if (!members.some((member) => member.old === old)) continue;
        const start = renewed.offset + first;
        memory.copyWithin(old.offset + first, start, start + length);
      }
    }
    for (const { old } of members) this.hand(frame, old.offset + first, length);
    return true;
  }

  private place({ rows, entered }: ReplayPath, n: number): void {
    const { numbers, start } = rows[n];
    for (const { from, at, size } of this.retention.row)
      this.memory.set(numbers.subarray(start + at, start + at + size), from);
    const entry = n * this.retention.enteredSize;
    for (const { from, at, size } of this.retention.entered)
      this.memory.set(entered().subarray(entry + at, entry + at + size), from);
    this.vectorKernel.forget();
  }

  private hand({ memory, known }: Frame, start: number, size: number): void {
    memory.set(this.memory.subarray(start, start + size), start);
    known.fill(1, start, start + size);
  }
}

interface Line {
  readonly members: readonly RenewedQuantity[];
  /** Setters of all indices but the last, for each formula. */
  readonly outer: readonly (readonly ((value: number) => void)[])[];
  /** Renews the line by one frame. */
  readonly renew: () => void;
}
