import { type Model, precisionOf } from '../formula/model.ts';
import type { RunPrecision } from '../machine/machine.ts';
import { format, formatTex } from '../number/format.ts';
import type { Precision } from '../number/rounding.ts';
import { speechWords } from '../words/speech/speech.ts';

/** How many significant digits are shown where no rule says otherwise. */
export const usualDigits = 6;

/** The one place that decides with how many digits a number is shown. What is stored is the machine's affair. */
export class Figures {
  constructor(
    readonly model: Model,
    readonly runPrecision: RunPrecision,
    /** Significant digits for everything that has no rule. */
    readonly digits: number = usualDigits,
  ) {}

  /** The rule for a cell: under the lesson's rules the lesson's digits, at full precision as many as asked for. */
  precision(name?: string, cell: readonly number[] = []): Precision {
    const usual: Precision = { kind: 'significant', digits: this.digits };
    if (name === undefined || this.runPrecision === 'full') return usual;
    return precisionOf(this.model.show, name, cell) ?? precisionOf(this.model.store, name, cell) ?? usual;
  }

  /** The storing rule in force for a cell, in words: "2 decimal places". */
  storingRule(name: string, cell: readonly number[]): string | undefined {
    const rule = this.runPrecision === 'full' ? undefined : precisionOf(this.model.store, name, cell);
    if (rule === undefined || rule.kind === 'exact') return undefined;
    return speechWords[rule.kind](rule.digits);
  }

  /** A number for readers; of a cell, where one is named. */
  text(value: number, name?: string, cell?: readonly number[]): string {
    return format(value, { precision: this.precision(name, cell) });
  }

  tex(value: number, name?: string, cell?: readonly number[]): string {
    return formatTex(value, { precision: this.precision(name, cell) });
  }
}
