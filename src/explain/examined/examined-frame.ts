import type { Model } from '../../formula/model.ts';
import { Examiner } from '../../machine/inspect/examiner.ts';
import type { Machine } from '../../machine/machine.ts';
import type { SlicedWork } from '../../machine/step/sliced-work.ts';
import { Adjoints } from '../adjoints.ts';
import { type Judgement, judge } from './judgement.ts';

/** Samples of the training at most. */
const mostTrained = 1000;

/** How a network does after a frame: with the samples that were held back, and with as many of those it is trained with. */
export interface ExaminedFrame {
  /** From 0, before any training. */
  readonly frame: number;
  readonly held: Judgement;
  readonly trained: Judgement;
}

/** The rows of a model's data (from 1) that are examined: those held back, and as many of the others, at most 1000, from everywhere. */
export function examinedRows({ samples }: Model): { readonly held: number[]; readonly trained: number[] } {
  const { count, held } = samples ?? { count: 0, held: 0 };
  const [some, step] = [Math.min(count, held, mostTrained), stride(count)];
  return {
    held: Array.from({ length: held }, (_, n) => count + 1 + n),
    trained: Array.from({ length: some }, (_, n) => 1 + ((n * step) % count)),
  };
}

/**
 * About the golden section of a count, and without a common divisor: multiples of it are spread evenly, whatever order or turns the samples
 * stand in, and come to each place before they come to one again.
 */
function stride(count: number): number {
  let found = Math.max(1, Math.round(count * 0.618));
  while (divisor(found, count) > 1) found++;
  return found;
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** The examiner of a run, with the loss that training makes smaller. Throws a RangeError for a model that holds no samples back. */
export const examinerOf = (machine: Machine): Examiner =>
  new Examiner(machine, new Adjoints(machine.program.model).losses[0]);

/** Examines a network after a frame; yields the progress. */
export function* examineFrame(examiner: Examiner, model: Model, frame: number): SlicedWork<ExaminedFrame> {
  const rows = examinedRows(model);
  const examined = yield* examiner.examine(frame, [...rows.held, ...rows.trained]);
  const [held, trained] = judge(model, examined, [rows.held.length, rows.trained.length]);
  return { frame, held, trained };
}
