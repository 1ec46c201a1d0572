import type { Expression } from '../expression.ts';
import type { Formula, LeftIndex } from '../model.ts';
import type { Claim, FunctionStatement } from '../statement.ts';
import type { SampledBatch } from './batch-adjoint.ts';

/** A name and sign for a derivative: `δ2[k] : -dL/dnet2[k]`. */
export interface NamedAdjoint {
  /** The name on the left, `δ2`. */
  readonly target: string;
  /** The left indices, in order. */
  readonly indices: readonly string[];
  readonly claim: Claim;
  /** Whether it has a value for each sample. */
  readonly isPerSample: boolean;
}

/** A formula found by differentiation, without a place in the text. */
export interface DerivedFormula {
  /** The quantity whose indices the target has. */
  readonly like: string;
  readonly target: string;
  readonly indices: readonly LeftIndex[];
  readonly expression: Expression;
}

/** What the derivation of one loss starts from. A quantity renewed by `<-` is a second one, with `renewed` behind its name. */
export interface DerivationSources {
  /** A single number computed in forward, perhaps for each sample. */
  readonly loss: string;
  /** All forward formulas before the pass, in order. */
  readonly forward: readonly Formula[];
  /** Of every quantity that the formulas read. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  readonly functions: ReadonlyMap<string, FunctionStatement>;
  /** The claims about this loss. */
  readonly named: readonly NamedAdjoint[];
  /** Quantities whose derivatives are written by hand: these are referred to, not derived. */
  readonly written: ReadonlySet<string>;
  /** Whether the quantity is a parameter, which is written before the sensitivity. */
  readonly isWeight: (name: string) => boolean;
  /** Whether the model has a quantity of this name. */
  readonly isTaken: (name: string) => boolean;
  /** Names of the quantities that store the winners of maxima, by what the maxima are; all derivations of a model share it. */
  readonly winners: Map<string, string>;
  /** Present where the loss has a value for each of several samples. */
  readonly batch?: SampledBatch;
}
