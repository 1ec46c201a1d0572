import type { Expression } from '../expression.ts';
import type { Formula, LeftIndex } from '../model.ts';
import type { Claim, FunctionStatement } from '../statement.ts';
import type { SampledBatch } from './batch-adjoint.ts';

/** A name and sign under which a derivative is known: `δ2[k] : -dL/dnet2[k]`. */
export interface NamedAdjoint {
  readonly target: string;
  readonly indices: readonly string[];
  readonly claim: Claim;
  /** Whether it is written for one sample. */
  readonly isPerSample: boolean;
}

/** What differentiation found: a formula without its place in the text. */
export interface DerivedFormula {
  /** The quantity whose indices it has. */
  readonly like: string;
  readonly target: string;
  readonly indices: readonly LeftIndex[];
  readonly expression: Expression;
}

/** What a derivation starts from. */
export interface DerivationSources {
  readonly loss: string;
  readonly forward: readonly Formula[];
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  readonly functions: ReadonlyMap<string, FunctionStatement>;
  readonly named: readonly NamedAdjoint[];
  /** Adjoints whose named formulas are written by hand: referred to, not derived. */
  readonly written: ReadonlySet<string>;
  /** Whether the quantity is trained. */
  readonly isWeight: (name: string) => boolean;
  readonly isTaken: (name: string) => boolean;
  /** Where the winners of maxima are stored, by what they are of; all derivations of a model share them. */
  readonly winners: Map<string, string>;
  /** Where the loss has a value for each of several samples. */
  readonly batch?: SampledBatch;
}
