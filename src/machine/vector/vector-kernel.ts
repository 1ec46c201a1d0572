import { type Affine, type Condition, coefficient } from '../../formula/affine.ts';
import type { Store } from '../memory/store.ts';
import {
  type Assign,
  type Axis,
  assignsOf,
  type Load,
  type PlanStatement,
  type PlanValue,
  type Where,
} from '../plan/plan.ts';
import { dotProduct } from './dot-product.ts';
import { flatten } from './flattening.ts';
import { vectorReduction } from './reduction.ts';
import { sparseUpdate } from './sparse-update.ts';
import { dependsOn, type VectorAxis, vectorAxisOf } from './vector-axis.ts';
import { copy, vectorLoopOf } from './vector-loops.ts';
import { VectorMemory, type VectorOperand, vectorLength } from './vector-memory.ts';

type Step = () => void;

/**
 * Runs a plan as loops over vectors of cells: cells along one axis are computed together, one operation for all of them after the
 * other, so that an operation costs a loop over plain numbers and not a call per cell.
 */
export class VectorKernel extends VectorMemory {
  private readonly variables = new Map<string, VectorOperand>();

  constructor(
    size: number,
    private readonly store: (assign: Assign) => Store | undefined = () => undefined,
  ) {
    super(size);
  }

  /** Compiles a plan to a function that runs it. All plans must be compiled before `allocate`. */
  plan(statements: readonly PlanStatement[]): () => void {
    for (const statement of statements)
      if (statement.kind === 'sequence')
        for (const { slot } of assignsOf([statement])) this.growing.add(slot);
    const steps = statements.map((statement) => this.statement(statement));
    const renewed = new Set([...assignsOf(statements)].filter(isRenewal).map(({ slot }) => slot));
    return () => {
      for (const slot of this.known.keys()) if (!renewed.has(slot)) this.known.delete(slot);
      for (const step of steps) step();
    };
  }

  private statement(statement: PlanStatement): Step {
    if (statement.kind === 'assign') return this.assign(statement);
    const body = sequence(statement.body.map((inner) => this.statement(inner)));
    return this.registers.loop(statement.axis, statement.direction, body);
  }

  private assign(original: Assign): Step {
    if (!isRenewal(original)) return this.cells(flatten(original));
    // A storing rule applies to unchanged cells as well.
    const sparse =
      this.store(original) === undefined
        ? sparseUpdate(this, original, (axis) => this.row(original, { axis }))
        : undefined;
    const all = this.cells(flatten(original));
    const dense = () => {
      all();
      this.forgetSlot(original.slot);
    };
    if (sparse === undefined) return dense;
    return () => {
      this.generation += 1;
      if (!sparse()) dense();
    };
  }

  /** Computes all cells of a formula. */
  private cells(assign: Assign): Step {
    const lane = vectorAxisOf(assign);
    const outer = assign.axes.filter((axis) => axis !== lane.axis);
    this.chunk = vectorLength;
    const steps = this.rowSteps(assign, lane);
    const chunk = this.chunk;
    const within = (body: Step) =>
      outer.reduceRight<Step>((inner, axis) => this.registers.loop(axis, 1, inner), body);
    // Numbers that many cells read should be read by all of them while they are in the cache.
    const cells =
      outer.length > 0 && lane.axis !== undefined && chunk < lane.axis.high - lane.axis.low + 1
        ? this.strips(lane, [within(sequence(steps))], chunk)
        : within(this.strips(lane, steps));
    return () => {
      this.generation += 1;
      cells();
    };
  }

  along(axes: readonly Axis[], value: PlanValue, address: Affine): Step {
    const lane = { axis: axes[axes.length - 1] };
    const steps: Step[] = [];
    const stride = coefficient(address, lane.axis.name);
    this.into(value, lane, steps, { start: this.registers.affine(address), stride });
    return axes
      .slice(0, -1)
      .reduceRight<Step>((body, axis) => this.registers.loop(axis, 1, body), this.strips(lane, steps));
  }

  /** Computes the cells of a formula along one axis. */
  private row(assign: Assign, axis: VectorAxis): Step {
    return this.strips(axis, this.rowSteps(assign, axis));
  }

  private rowSteps(assign: Assign, axis: VectorAxis): Step[] {
    const steps: Step[] = [];
    const start = this.registers.affine(assign.address);
    const stride = axis.axis === undefined ? 1 : coefficient(assign.address, axis.axis.name);
    this.into(assign.value, axis, steps, { start, stride });
    const store = this.store(assign);
    if (store !== undefined) steps.push(this.storing(assign, store, start, stride));
    return steps;
  }

  private storing({ formula, slot }: Assign, store: Store, start: () => number, stride: number): Step {
    return () => {
      for (let k = this.from, at = start() + k * stride; k < this.to; k++, at += stride)
        this.memory[at] = store(formula, at - slot.offset, this.memory[at]);
    };
  }

  /** Runs steps for all values of an axis, at most `most` at a time. */
  private strips({ axis }: VectorAxis, steps: readonly Step[], most = vectorLength): Step {
    if (axis === undefined)
      return () => {
        this.from = 0;
        this.to = 1;
        for (const step of steps) step();
      };
    const set = this.registers.setter(axis.name);
    return () => {
      for (let low = axis.low; low <= axis.high; low += most) {
        set(low);
        this.from = 0;
        this.to = Math.min(most, axis.high - low + 1);
        for (const step of steps) step();
      }
    };
  }

  /** Appends steps that write a value to `target`. */
  private into(value: PlanValue, axis: VectorAxis, steps: Step[], target: VectorOperand): void {
    if (value.kind === 'let') {
      this.variables.set(value.variable.name, this.operand(value.value, axis, steps));
      this.into(value.body, axis, steps, target);
      return;
    }
    if (value.kind === 'apply') {
      const [a, b = a] = value.operands.map((operand) => this.operand(operand, axis, steps));
      const lanes = vectorLoopOf(value.operation);
      const { start, stride } = target;
      steps.push(() => {
        const { from } = this;
        const [d, p, q] = [start(), a.start(), b.start()];
        lanes(
          this.memory,
          this.to - from,
          d + from * stride,
          stride,
          p + from * a.stride,
          a.stride,
          q + from * b.stride,
          b.stride,
        );
      });
      return;
    }
    const operand = this.operand(value, axis, steps);
    steps.push(() => this.copy(target, operand));
  }

  private copy(target: VectorOperand, from: VectorOperand): void {
    const first = this.from;
    copy(
      this.memory,
      this.to - first,
      target.start() + first * target.stride,
      target.stride,
      from.start() + first * from.stride,
      from.stride,
    );
  }

  operand(value: PlanValue, axis: VectorAxis, steps: Step[]): VectorOperand {
    switch (value.kind) {
      case 'constant': {
        const at = this.reserve(1);
        this.constants.push([at, value.value]);
        return { start: () => at, stride: 0 };
      }
      case 'variable':
        return this.variables.get(value.name) as VectorOperand;
      case 'let':
        this.variables.set(value.variable.name, this.operand(value.value, axis, steps));
        return this.operand(value.body, axis, steps);
      case 'index':
        return this.index(value.index, axis, steps);
      case 'load':
        return this.load(value, axis, steps);
      case 'where':
        return this.where(value, axis, steps);
      case 'fold':
        return dotProduct(this, value, axis, steps) ?? vectorReduction(this, value, axis, steps);
      case 'apply': {
        const inner: Step[] = [];
        const operands = value.operands.map((operand) => this.operand(operand, axis, inner));
        const result = this.vector(
          axis,
          operands.some(({ stride }) => stride !== 0),
        );
        const [a, b = a] = operands;
        const lanes = vectorLoopOf(value.operation);
        const { at, stride } = result;
        steps.push(...inner);
        if (stride === 0) steps.push(() => lanes(this.memory, 1, at, 0, a.start(), 0, b.start(), 0));
        else
          steps.push(() => {
            const { from } = this;
            const p = a.start() + from * a.stride;
            const q = b.start() + from * b.stride;
            lanes(this.memory, this.to - from, at + from, 1, p, a.stride, q, b.stride);
          });
        return result;
      }
    }
  }

  private index(index: Affine, axis: VectorAxis, steps: Step[]): VectorOperand {
    const step = axis.axis === undefined ? 0 : coefficient(index, axis.axis.name);
    const result = this.vector(axis, step !== 0);
    const first = this.registers.affine(index);
    steps.push(() => {
      const value = first();
      if (result.stride === 0) this.memory[result.at] = value;
      else for (let k = this.from; k < this.to; k++) this.memory[result.at + k] = value + step * k;
    });
    return result;
  }

  private load(load: Load, axis: VectorAxis, steps: Step[]): VectorOperand {
    const stride = axis.axis === undefined ? 0 : coefficient(load.address, axis.axis.name);
    const plain = { start: this.registers.affine(load.address), stride };
    return load.inside.length === 0 ? plain : this.clipped(load.inside, axis, steps, [], plain);
  }

  private where({ conditions, body }: Where, axis: VectorAxis, steps: Step[]): VectorOperand {
    const inner: Step[] = [];
    const operand = this.operand(body, axis, inner);
    if (conditions.length > 0) return this.clipped(conditions, axis, steps, inner, operand);
    steps.push(...inner);
    return operand;
  }

  /** The result of `inner` for the cells where conditions hold, 0 for the others. */
  private clipped(
    conditions: readonly Condition[],
    axis: VectorAxis,
    steps: Step[],
    inner: readonly Step[],
    operand: VectorOperand,
  ): VectorOperand {
    const clip = this.clip(conditions, axis);
    const differs = operand.stride !== 0 || conditions.some((condition) => dependsOn(condition, axis));
    const result = this.vector(axis, differs);
    const { at, stride } = result;
    steps.push(() => {
      const { from, to } = this;
      this.memory.fill(0, at + from * stride, stride === 0 ? at + 1 : at + to);
      clip();
      if (this.from < this.to) {
        for (const step of inner) step();
        if (stride === 0) this.memory[at] = this.memory[operand.start()];
        else this.copy(result, operand);
      }
      this.from = from;
      this.to = to;
    });
    return result;
  }
}

function sequence(steps: readonly Step[]): Step {
  return () => {
    for (const step of steps) step();
  };
}

/** Whether an assignment writes the new version of a quantity over the old one. */
const isRenewal = ({ slot, formula }: Assign): boolean => slot.version !== formula.version;
