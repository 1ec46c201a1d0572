import type { Slot } from '../memory/layout.ts';
import type { Assign, Axis, PlanStatement } from '../plan/plan.ts';
import { CodeWriter, get, integer } from './code-writer.ts';
import { type FunctionCode, op, unsignedLeb } from './encoding.ts';
import { FormulaWriter } from './formula-writer.ts';
import type { AxisPosition, AxisPositions } from './value-writer.ts';

/** Pairs of slots of the same size. */
type Carried = readonly { readonly old: Slot; readonly new: Slot }[];

/** Up to this many numbers are copied one by one. */
const few = 8;

/**
 * Writes the functions that run a plan; the first of them, without parameters, runs all of it. `number` is its index in the
 * module, the others follow it; pairs in `carried` are copied from new to old at the end. Functions are called by index: the
 * module must begin with `imported`, then `elementaryFunctions(imported.length)`, and `number` comes after these. The layout's
 * number n is at byte 8n of the memory. With `isSmall` everything is unrolled into one function, as long as the frame has
 * operations: for a few hundred of them.
 */
export function functionsOf(
  statements: readonly PlanStatement[],
  carried: Carried,
  number: number,
  isSmall: boolean,
): FunctionCode[] {
  const writer = new ProgramWriter(number);
  if (isSmall) writer.small(statements);
  else for (const statement of statements) writer.statement(statement, [], new Map());
  writer.carry(carried);
  return [writer.main.finish(), ...writer.functions];
}

class ProgramWriter {
  readonly main = new CodeWriter();
  readonly functions: FunctionCode[] = [];

  constructor(private readonly number: number) {}

  /** Every formula is a function of its own, whose parameters are the indices of the sequences around it. */
  statement(statement: PlanStatement, outer: readonly Axis[], places: AxisPositions): void {
    const { main } = this;
    if (statement.kind === 'assign') {
      const writer = new CodeWriter(outer.length);
      const inside = new Map(outer.map(({ name }, n) => [name, { counter: n, offset: 0 }]));
      new FormulaWriter(writer, statement, outer).all(inside);
      this.functions.push(writer.finish());
      for (const { name, low, high } of outer) {
        const { counter, offset } = places.get(name) as AxisPosition;
        // In a descending sequence the counter is the distance from the end.
        main.emit(get(counter));
        if (offset !== 0) main.emit(integer(-1), op.i32.mul, integer(high - low), op.i32.add);
      }
      main.emit(op.call, unsignedLeb(this.number + this.functions.length));
      return;
    }
    const { axis, direction, body } = statement;
    main.loop(axis.high - axis.low + 1, 1, (counter) => {
      const place = { counter, offset: direction > 0 ? 0 : 1 };
      for (const inner of body)
        this.statement(inner, [...outer, axis], new Map(places).set(axis.name, place));
    });
  }

  /** Writes everything into one function, cell by cell without loops; numbers just computed are not loaded again. */
  small(statements: readonly PlanStatement[]): void {
    const visit = (statement: PlanStatement, outer: readonly Axis[], places: AxisPositions): void => {
      if (statement.kind === 'assign') {
        const formula = new FormulaWriter(this.main, statement, outer, true);
        for (const each of allPlaces(statement, places)) formula.cell(each);
        return;
      }
      const { axis, direction, body } = statement;
      const last = axis.high - axis.low;
      for (let n = 0; n <= last; n++) {
        const place = { counter: -1, offset: direction > 0 ? n : last - n };
        for (const inner of body) visit(inner, [...outer, axis], new Map(places).set(axis.name, place));
      }
    };
    for (const statement of statements) visit(statement, [], new Map());
  }

  carry(carried: Carried): void {
    const { main } = this;
    for (const { old, new: renewed } of carried) {
      if (old.size <= few)
        for (let n = 0; n < old.size; n++) {
          const distance = (slot: Slot) => [3, ...unsignedLeb(8 * (slot.offset + n))];
          main.emit(integer(0), integer(0), op.load, distance(renewed), op.store, distance(old));
        }
      else
        main.emit(integer(8 * old.offset), integer(8 * renewed.offset), integer(8 * old.size), op.copyMemory);
    }
  }
}

function allPlaces({ axes }: Assign, places: AxisPositions): AxisPositions[] {
  let found: AxisPositions[] = [places];
  for (const { name, low, high } of axes)
    found = found.flatMap((each) =>
      Array.from({ length: high - low + 1 }, (_, offset) => new Map(each).set(name, { counter: -1, offset })),
    );
  return found;
}
