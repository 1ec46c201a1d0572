import type { Expression, Reference } from '../formula/expression.ts';
import { cellAt } from '../formula/model.ts';
import type { StepName } from '../formula/operation.ts';
import type { Layout } from './layout.ts';
import type { Listener } from './stepper.ts';
import type { CallSpan, Transcript } from './transcript.ts';

/**
 * A node of one cell's expression at the cell's indices: sums are rolled out into their terms, functions are opened.
 * Views print it, the trace lists it; it is made anew whenever it is asked for.
 */
export interface Instance {
  readonly expression: Expression;
  readonly value: number;
  /** Operands, terms, arguments; a `when` that does not hold has none. */
  readonly parts: readonly Instance[];
  /** The cell's operations inside this node, from 1; empty where last < first. */
  readonly first: number;
  readonly last: number;
  /** The operations that are the node's own: one for an operation, n − 1 for a sum of n terms. */
  readonly own: readonly number[];
  /** The cell that a reference reads; absent where it is out of range and reads 0. */
  readonly cell?: readonly number[];
  /** The opened body of a call. */
  readonly body?: Instance;
  /** The argument that a function's parameter stands for. */
  readonly argument?: Instance;
}

export type Operand =
  | {
      readonly kind: 'cell';
      readonly reference: Pick<Reference, 'name' | 'version'>;
      readonly cell: readonly number[];
      readonly value: number;
    }
  | { readonly kind: 'literal'; readonly value: number }
  | { readonly kind: 'step'; readonly operation: number; readonly value: number };

/** One scalar operation of a cell. */
export interface OperationRecord {
  /** Counted from 1 within the cell. */
  readonly number: number;
  readonly name: StepName;
  readonly operands: readonly Operand[];
  readonly value: number;
  /** The calls it lies in, outermost first, each with its first and last operation. */
  readonly calls: readonly Pick<CallSpan, 'name' | 'first' | 'last'>[];
}

export interface Unfolded {
  readonly root: Instance;
  readonly operations: readonly OperationRecord[];
  /** What the last operation gave, before the storing rule. */
  readonly value: number;
}

/** Operation n of the cell on a transcript, with its operands named. */
export function recordOf(transcript: Transcript, n: number, layout: Layout): OperationRecord {
  return {
    number: n,
    name: transcript.nameOf(n),
    operands: transcript.operandsOf(n).map((entry) => operandOf(transcript, entry, layout)),
    value: transcript.valueOf(n),
    calls: transcript.callsAround(n).map(({ name, first, last }) => ({ name, first, last })),
  };
}

function operandOf(transcript: Transcript, entry: number, layout: Layout): Operand {
  const value = transcript.values[entry];
  const address = transcript.addressOf(entry);
  if (address !== undefined) {
    const slot = layout.slotAt(address);
    return { kind: 'cell', reference: slot, cell: cellAt(slot.shape, address - slot.offset), value };
  }
  const operation = transcript.makerOf(entry);
  return operation === undefined ? { kind: 'literal', value } : { kind: 'step', operation, value };
}

/** A node that is not finished. */
interface Draft {
  readonly expression: Expression;
  readonly first: number;
  readonly parts: Instance[];
  readonly own: number[];
  body?: Instance;
  argument?: Instance;
  /** Whether what is finished next belongs to the body. */
  inBody: boolean;
}

/** Makes the tree of a cell while a stepper evaluates it: which node lies in which is all that it knows. */
export class TreeBuilder implements Listener {
  private readonly open: Draft[] = [];
  /** The arguments of the calls whose bodies are being evaluated. */
  private readonly given: (readonly Instance[])[] = [];
  private finished: Instance | undefined;

  constructor(
    private readonly transcript: Transcript,
    private readonly layout: Layout,
  ) {}

  /** The tree of the expression that was evaluated last. */
  get root(): Instance {
    return this.finished as Instance;
  }

  private get top(): Draft | undefined {
    return this.open[this.open.length - 1];
  }

  begin(expression: Expression): void {
    this.open.push({ expression, first: this.transcript.length + 1, parts: [], own: [], inBody: false });
  }

  body(): void {
    const call = this.top as Draft;
    call.inBody = true;
    this.given.push(call.parts);
  }

  argument(n: number): void {
    (this.top as Draft).argument = this.given[this.given.length - 1][n];
  }

  operation(): void {
    // A copy belongs to no node: it is told of after the last one.
    this.top?.own.push(this.transcript.length + 1);
  }

  end(entry: number): void {
    const { expression, first, parts, own, body, argument, inBody } = this.open.pop() as Draft;
    if (inBody) this.given.pop();
    const address = expression.kind === 'reference' ? this.transcript.addressOf(entry) : undefined;
    const instance: Instance = {
      expression,
      value: this.transcript.values[entry],
      parts,
      first,
      last: this.transcript.length,
      own,
      ...(address !== undefined && { cell: this.cellOf(expression as Reference, address) }),
      ...(body !== undefined && { body }),
      ...(argument !== undefined && { argument }),
    };
    const parent = this.top;
    if (parent === undefined) this.finished = instance;
    else if (parent.inBody) parent.body = instance;
    else parent.parts.push(instance);
  }

  private cellOf({ name, version }: Reference, address: number): readonly number[] {
    const slot = this.layout.slot(name, version);
    return cellAt(slot.shape, address - slot.offset);
  }
}
