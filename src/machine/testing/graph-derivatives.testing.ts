import { streamOf, uniform } from '../../number/random.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { Inputs } from '../memory/inputs.ts';
import { Layout } from '../memory/layout.ts';
import { storeExactly } from '../memory/store.ts';
import { steppingKernel } from '../step/stepping-kernel.ts';
import { graph } from './graphs.testing.ts';

/*
 * That all kernels agree does not show that a derivative is right. Here derived formulas are compared with difference
 * quotients: the loss after a small change of one number to either side, which uses no rule of differentiation.
 */

/** Cells of derivatives that agree, and those where a difference quotient decides nothing: at a kink, or beyond all bounds. */
export interface DerivativeCounts {
  readonly agreeing: number;
  readonly undecided: number;
}

/** Checks the first round of a seed's model: later ones read updated numbers. Throws if a derivative is wrong. */
export function checkGraphDerivatives(seed: number): DerivativeCounts {
  const text = firstRound(numbersChanged(graph(seed).text, seed));
  try {
    const { program } = compileProgram(text);
    return program === undefined ? { agreeing: 0, undecided: 0 } : checkDerivatives(program);
  } catch (fault) {
    throw new Error(`seed ${seed}: ${(fault as Error).message}\n${text}`, { cause: fault });
  }
}

/** Maxima tie and powers vanish at numbers like 0 and 1; random ones avoid that. */
function numbersChanged(text: string, seed: number): string {
  const stream = streamOf('numbers of difference quotients');
  let drawn = 0;
  const changed = (line: string): string =>
    line.replace(/-?\d+(\.\d+)?/g, () => (2 * uniform(seed, stream, drawn++) - 1).toFixed(4));
  return text
    .split('\n')
    .map((line) => {
      const [, head, numbers] = /^((?:param|given|sample|state) \w+ = )([^a-z]*)$/.exec(line) ?? [];
      return head === undefined ? line : head + changed(numbers);
    })
    .join('\n');
}

/** A wrong claim would make the derivatives beyond it wrong, and a derivative behind a stop-gradient differs from differences. */
function firstRound(text: string): string {
  const lines = text.split('\n').filter((line) => !line.startsWith('store '));
  const again = lines.indexOf('forward', lines.indexOf('forward') + 1);
  return (again < 0 ? lines : lines.slice(0, again))
    .map((line) => line.replace(/^( {2}d1\S*) = .* (: \S+)$/, '$1 $2').replaceAll('stop(', '('))
    .join('\n');
}

/** Checks a program's derivatives of its losses, by parameters and data. Throws if one is wrong. */
export function checkDerivatives(program: Program): DerivativeCounts {
  const { model } = program;
  const layout = new Layout(model);
  const { start } = new Inputs(model, layout);
  const inputs = new Inputs(model, layout);
  const kernel = steppingKernel(program, layout, storeExactly);
  /** The memory of the first frame, with one number changed. */
  const run = (at = -1, by = 0): Float64Array => {
    kernel.memory.set(start);
    inputs.write(kernel.memory, 1);
    if (at >= 0) kernel.memory[at] += by;
    kernel.run();
    return kernel.memory;
  };
  let [agreeing, undecided] = [0, 0];
  const unchanged = run().slice();
  for (const { derived, target } of model.formulas) {
    const [, loss, by] = /^d(\w+)\/d(\w+)$/.exec(target) ?? [];
    const role = model.quantities.get(by)?.role;
    if (!derived || (role !== 'param' && role !== 'given')) continue;
    const losses = layout.slot(loss, 'old');
    const total = (memory: Float64Array): number => {
      const sum = memory.subarray(losses.offset, losses.offset + losses.size).reduce((a, b) => a + b, 0);
      return model.batch?.reduction === 'mean' ? sum / losses.size : sum;
    };
    const [slope, place] = [layout.slot(target, 'old'), layout.slot(by, 'old')];
    const here = total(unchanged);
    for (let flat = 0; flat < slope.size; flat++) {
      const found = unchanged[slope.offset + flat];
      const around: Quotients[] = [];
      // Smaller steps only where larger ones do not agree.
      const agrees = [1e-4, 1e-5, 1e-6].some((h) => {
        const one = quotients((by) => total(run(place.offset + flat, by)), here, h);
        around.push(one);
        return isNear(one.middle, found, one.noise);
      });
      const isKink = () => around.every(({ left, right, noise }) => !isNear(left, right, noise));
      if (agrees) agreeing += 1;
      // 0 times an infinite slope, as in sqrt(a^2) at 0, decides nothing.
      else if (!Number.isFinite(found) || isKink()) undecided += 1;
      else
        throw new Error(
          `cell ${flat} of ${target} is ${found}, and difference quotients are ${around.map(({ middle }) => middle)}`,
        );
    }
  }
  return { agreeing, undecided };
}

type Quotients = ReturnType<typeof quotients>;

function quotients(loss: (by: number) => number, here: number, h: number) {
  const [before, after] = [loss(-h), loss(h)];
  return {
    left: (here - before) / h,
    right: (after - here) / h,
    middle: (after - before) / (2 * h),
    /** What rounding alone may make of a quotient. */
    noise: (1e-14 * Math.max(Math.abs(before), Math.abs(after))) / h,
  };
}

const isNear = (a: number, b: number, noise: number): boolean =>
  Math.abs(a - b) <= 10 * noise + 1e-3 * Math.max(1e-3, Math.abs(a), Math.abs(b));
