import type { Agreement } from './loss-agreement.ts';
import type { Spread } from './measurement.ts';
import type { BitsReport } from './stepping-bits.ts';

/** How one contestant did. */
export interface Entry extends Agreement {
  /** Of a frame, the median of the windows. */
  readonly milliseconds: number;
  /** How many times as fast as the plain loop in the same rounds. */
  readonly ratio: Spread;
}

export interface WorkloadResult {
  readonly name: string;
  readonly title: string;
  /** Scalar operations of a frame, as the debugger counts them. */
  readonly operations: number;
  /** The plain loop first. */
  readonly entries: readonly Entry[];
  readonly bits: BitsReport;
  readonly notes: readonly string[];
}

/** Whether all contestants agree and training has the bits of stepping: if not, no ratio means anything. */
export const isSound = ({ entries, bits }: WorkloadResult): boolean =>
  bits.different === undefined && entries.every(({ agrees }) => agrees);
