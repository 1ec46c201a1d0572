import type { Agreement } from './loss-agreement.ts';
import type { Spread } from './measurement.ts';
import type { BitsReport } from './stepping-bits.ts';

/** The result of one contestant. */
export interface Entry extends Agreement {
  /** Per frame, the median of the windows. */
  readonly milliseconds: number;
  /** How many times as fast as the plain loop in the same rounds. */
  readonly ratio: Spread;
}

/** The results of one workload. */
export interface WorkloadResult {
  /** Its short name, and a title for readers. */
  readonly name: string;
  readonly title: string;
  /** Scalar operations in a frame, as the debugger counts them. */
  readonly operations: number;
  /** The plain loop first. */
  readonly entries: readonly Entry[];
  /** The comparison of training with stepping. */
  readonly bits: BitsReport;
  /** Lines about peers that are left out or deviate. */
  readonly notes: readonly string[];
}

/** Whether all contestants agree and training has the same bits as stepping; otherwise the ratios mean nothing. */
export const isSound = ({ entries, bits }: WorkloadResult): boolean =>
  bits.different === undefined && entries.every(({ agrees }) => agrees);
