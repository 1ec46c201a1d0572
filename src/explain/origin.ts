import { cellName, type Formula } from '../formula/model.ts';
import type { DataRole } from '../formula/statement.ts';
import type { Machine } from '../machine/machine.ts';
import type { CellReference } from './explanation.ts';

/** A cell of one frame. */
export interface FrameCell extends CellReference {
  /** From 1. */
  readonly frame: number;
}

/** Where the number of a frame's cell comes from. */
export type Origin =
  /** From a formula of the frame; first and last step within the frame, from 1, inclusive. */
  | { readonly kind: 'computed'; readonly formula: Formula; readonly first: number; readonly last: number }
  /** From the update of the frame before. */
  | { readonly kind: 'renewed'; readonly from: FrameCell }
  /** From the lesson, or if `changed`, from the reader. */
  | { readonly kind: 'given'; readonly role: DataRole; readonly changed: boolean }
  /** From a row of the data, counted from 1; `changed`: the reader has edited it. */
  | { readonly kind: 'sample'; readonly row: number; readonly changed: boolean }
  /** Random numbers of this frame. */
  | { readonly kind: 'drawn' }
  /** The model's `mode`: training or evaluation. */
  | { readonly kind: 'mode' };

/**
 * Where a cell's number comes from: the formula that writes it in this frame, or what lies beyond the frame. The frame need not
 * have been run; the cell must be one of the model's, in a version that it has.
 */
export function originOf(machine: Machine, { frame, name, version, cell }: FrameCell): Origin {
  const { program, layout } = machine;
  const formula = program.writer(name, version);
  if (formula !== undefined) return { kind: 'computed', formula, ...program.stepsOf(formula, cell) };
  const quantity = program.model.quantities.get(name);
  const role = quantity?.role ?? 'given';
  if (role === 'random') return { kind: 'drawn' };
  if (role === 'mode' || role === 'computed') return { kind: 'mode' };
  if (role === 'sample') {
    const [place, own] = quantity?.perSample ? [cell[0] - 1, cell.slice(1)] : [0, cell];
    const row = machine.inputsOf(frame).rows(frame)[place];
    return {
      kind: 'sample',
      row,
      changed: editedSince(machine, cellName(name, [row, ...own]), frame) <= frame,
    };
  }
  const since = editedSince(machine, cellName(name, cell), frame);
  // A parameter is edited in one frame, and training goes on from there.
  if (layout.has(name, 'new') && frame > 1 && since !== frame)
    return { kind: 'renewed', from: { frame: frame - 1, name, version: 'new', cell } };
  return { kind: 'given', role, changed: since <= frame };
}

/** The last frame up to `frame` from which an edit of a given cell holds; Infinity where there is none. */
function editedSince({ changes }: Machine, cell: string, frame = Number.POSITIVE_INFINITY): number {
  const frames = changes.flatMap((one) =>
    one.kind === 'edit' && one.cell === cell && one.frame <= frame ? [one.frame] : [],
  );
  return frames.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...frames);
}
