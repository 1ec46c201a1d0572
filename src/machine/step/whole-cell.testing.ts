import type { Expression, Reference } from '../../formula/expression.ts';
import { cellAt } from '../../formula/model.ts';
import type { Layout } from '../memory/layout.ts';
import type { Operand, OperationRecord } from './cell-operations.ts';
import type { Listener } from './stepper.ts';
import type { Transcript } from './transcript.ts';

/** A node of a cell's expression, evaluated as a whole: the reference for lazy nodes. */
export interface WholeCellNode {
  readonly expression: Expression;
  readonly value: number;
  readonly parts: readonly WholeCellNode[];
  readonly first: number;
  readonly last: number;
  readonly own: readonly number[];
  readonly cell?: readonly number[];
  readonly body?: WholeCellNode;
  readonly argument?: WholeCellNode;
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
  readonly parts: WholeCellNode[];
  readonly own: number[];
  body?: WholeCellNode;
  argument?: WholeCellNode;
  /** Whether what is finished next belongs to the body. */
  inBody: boolean;
}

/** Builds the tree of a cell while a stepper evaluates it, from the nesting of nodes alone. */
export class TreeBuilder implements Listener {
  private readonly open: Draft[] = [];
  /** The arguments of the calls whose bodies are being evaluated. */
  private readonly given: (readonly WholeCellNode[])[] = [];
  private finished: WholeCellNode | undefined;

  constructor(
    private readonly transcript: Transcript,
    private readonly layout: Layout,
  ) {}

  /** The tree of the expression that was evaluated last. */
  get root(): WholeCellNode {
    return this.finished as WholeCellNode;
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
    // A copy belongs to no node: it is reported after the last one.
    this.top?.own.push(this.transcript.length + 1);
  }

  end(entry: number): void {
    const { expression, first, parts, own, body, argument, inBody } = this.open.pop() as Draft;
    if (inBody) this.given.pop();
    const address = expression.kind === 'reference' ? this.transcript.addressOf(entry) : undefined;
    const instance: WholeCellNode = {
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

/** Collects the operations at which terms end, of all reductions in a tree; a term without operations has no end of its own. */
export function noteEnds({ expression, parts, body, own, last }: WholeCellNode, found: Set<number>): void {
  if (expression.kind === 'reduction' && parts.length > 0) {
    const [{ first: begin, last: end }] = parts;
    if (begin > 1) found.add(begin - 1);
    if (end >= begin) found.add(end);
    for (const joined of own) found.add(joined);
    if (last >= begin) found.add(last);
  }
  for (const part of parts) noteEnds(part, found);
  if (body !== undefined) noteEnds(body, found);
}
