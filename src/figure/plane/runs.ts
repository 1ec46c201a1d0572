import { givenCell } from '../../formula/compile/given-cell.ts';
import type { Model } from '../../formula/model.ts';
import { Machine } from '../../machine/machine.ts';
import { format } from '../../number/format.ts';
import { parseNumber } from '../../number/parse-number.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { OptionFault, separated } from '../base/options.ts';

/** Other runs in a figure at most, and operations that they take together at most. */
const [mostRuns, mostOperations] = [4, 2e7];

/** A run like the reader's, but for one given number. */
export interface SideRun {
  /** As `η = 0.5`. */
  readonly text: string;
  readonly machine: Machine;
  /** How many iterations of it are shown. */
  readonly iterations: number;
}

/** Runs of a model with some values of a given number. */
export class SideRuns {
  private of: Machine | undefined;
  private runs: readonly SideRun[] = [];

  constructor(
    private readonly cell: string,
    private readonly values: readonly number[],
    private readonly iterations: number,
  ) {}

  /** Beside a run of the reader's, with their changes but for that number. */
  beside(machine: Machine): readonly SideRun[] {
    if (this.of === machine) return this.runs;
    const { cell, values } = this;
    const { program, precision, limits, mode, changes } = machine;
    const kept = changes.filter((one) => one.kind !== 'edit' || one.cell !== cell);
    const affordable = Math.floor(mostOperations / (program.size * Math.max(1, values.length)));
    const iterations = Math.max(1, Math.min(this.iterations, affordable));
    this.of = machine;
    this.runs = values.map((value) => {
      const changed = [...kept, { kind: 'edit' as const, cell, value, frame: 1 }];
      const run = new Machine(program, precision, changed, mode, limits);
      while (run.furthest < iterations && run.isFinite) run.extend();
      return { text: `${cell} = ${format(value)}`, machine: run, iterations: run.furthest };
    });
    return this.runs;
  }
}

/** `η = 0.1, 1, 10`: other runs for so many iterations; none where it is left out. Throws an `OptionFault` for anything else. */
export function readRuns(model: Model, text: string | undefined, iterations: number): SideRuns {
  if (text === undefined) return new SideRuns('', [], iterations);
  const [, name = '', told = ''] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  const cell = name.trim();
  if (givenCell(model, cell) === undefined) throw new OptionFault('runs', words.runs);
  const values = separated(told).map((one) => {
    const found = parseNumber(one);
    if (!('value' in found)) throw new OptionFault('runs', words.runs);
    return found.value;
  });
  if (values.length === 0 || values.length > mostRuns)
    throw new OptionFault('runs', words.mostRuns(mostRuns));
  return new SideRuns(cell, values, iterations);
}
