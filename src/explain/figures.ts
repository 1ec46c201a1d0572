import { type Model, precisionOf } from '../formula/model.ts';
import type { RunPrecision } from '../machine/machine.ts';
import { format, formatTex } from '../number/format.ts';
import type { Precision } from '../number/rounding.ts';
import { speechWords } from '../words/speech/speech.ts';

/** How many significant digits are shown where no rule applies. */
export const usualDigits = 6;

/** Decides with how many digits numbers are shown, here and nowhere else. It does not affect what the machine stores. */
export class Figures {
  constructor(
    readonly model: Model,
    /** At `full`, the lesson's rules do not apply. */
    readonly runPrecision: RunPrecision,
    /** Significant digits of numbers without a rule. */
    readonly digits: number = usualDigits,
  ) {}

  /**
   * The rule for showing a cell (indices from 1): the lesson's `show` rule, else its `store` rule, else `digits` significant
   * digits.
   */
  precision(name?: string, cell: readonly number[] = []): Precision {
    const usual: Precision = { kind: 'significant', digits: this.digits };
    if (name === undefined || this.runPrecision === 'full') return usual;
    return precisionOf(this.model.show, name, cell) ?? precisionOf(this.model.store, name, cell) ?? usual;
  }

  /** The storing rule in force for a cell, for readers: "2 decimal places". Undefined where the cell is stored exactly. */
  storingRule(name: string, cell: readonly number[]): string | undefined {
    const rule = this.stored(name, cell);
    return rule && speechWords[rule.kind](rule.digits);
  }

  /** How a cell is stored; undefined where it is stored exactly. */
  private stored(name: string, cell: readonly number[]): Exclude<Precision, { kind: 'exact' }> | undefined {
    const rule = this.runPrecision === 'full' ? undefined : precisionOf(this.model.store, name, cell);
    return rule?.kind === 'exact' ? undefined : rule;
  }

  /** A number as text for readers; with the rule of a cell, where one is given. */
  text(value: number, name?: string, cell?: readonly number[]): string {
    return format(value, { precision: this.precision(name, cell) });
  }

  /**
   * A number that is computed with, as text: with the digits that it is stored with. A rule that only shows it with fewer would have it
   * give another result than the one that is told.
   */
  textOfOperand(value: number, name: string, cell: readonly number[]): string {
    return format(value, { precision: this.stored(name, cell) ?? this.precision() });
  }

  /** The same as TeX. */
  tex(value: number, name?: string, cell?: readonly number[]): string {
    return formatTex(value, { precision: this.precision(name, cell) });
  }
}
