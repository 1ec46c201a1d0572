import type { Machine } from '../../machine/machine.ts';
import { enteringFrames } from './frame-inputs.ts';
import { FrameWriter } from './frame-writer.ts';
import { calledFunctions, FunctionWriter, functionTexts, ParameterUse } from './functions.ts';
import { layOut } from './lines.ts';
import { decidingQuantities } from './order-sensitive.ts';
import { passTrees } from './passes.ts';
import { helperTexts } from './prelude.ts';
import { StoringRules } from './rounding-rules.ts';
import { dataLines, header, namesOf, resultLines, script, signature } from './script.ts';

/** Options of `exportNumpy` and `exportTorch`. */
export interface ExportOptions {
  /** The model's name, as the file shows it. */
  readonly title: string;
  /** How many frames the program runs when it is started as a script. */
  readonly frames: number;
}

/**
 * A run as a NumPy program: its data to the last bit, its functions, and its passes as array code. Its `run(frames)` yields
 * every quantity, frame by frame; started as a script, it prints those of `frames`. The storing rules are in the file; ROUND
 * switches them on, initially as in the machine. Throws a RangeError where a formula cannot be written.
 */
export function exportNumpy(machine: Machine, { title, frames }: ExportOptions): string {
  const { model } = machine.program;
  const functions = calledFunctions(model);
  const identifiers = namesOf(model, functions);
  const helpers = new Set<string>();
  const rules = new StoringRules(model, identifiers, helpers);
  const use = new ParameterUse(model.functions);
  const writer = new FrameWriter(model, 'np', identifiers, helpers, use, {
    stored: (formula, text, at) => rules.stored(formula, text, at),
    inOrder: decidingQuantities(model),
  });
  const trees = passTrees(model);
  const passes = trees.map((pass, at) => layOut(writer.pass(pass, 2, trees.slice(at + 1))));
  const helper = (name: string) => {
    helpers.add(name);
    return name;
  };
  const data = dataLines(machine, 'np', identifiers, helper);
  const entering = enteringFrames(machine, frames, 'np', identifiers, helper);
  const definitions = functionTexts(
    new FunctionWriter('np', identifiers, functions, helpers, use),
    functions,
  );
  const imports = [
    ...(helpers.has('numbers') ? ['import base64'] : []),
    ...(helpers.has('keep') ? ['from decimal import ROUND_HALF_UP, Context, Decimal'] : []),
  ];
  const flags = [`FRAMES = ${frames}`];
  if (helpers.has('keep')) {
    const on = machine.precision === 'lesson' ? 'True' : 'False';
    flags.push(`ROUND = ${on}  # whether what is stored is rounded as in the lesson`);
  }
  return script([
    header(title, frames, 'NumPy'),
    imports.length > 0 ? imports.join('\n') : '',
    'import numpy as np',
    flags.join('\n'),
    ...helperTexts(helpers, 'np'),
    data,
    entering.data,
    rules.lines,
    ...definitions,
    `${signature(model, identifiers)}${layOut(entering.lines)}${passes.join('')}${resultLines(model, identifiers)}`,
    printing,
  ]);
}

const printing = `if __name__ == '__main__':
    np.set_printoptions(precision=17)
    for number, quantities in enumerate(run(FRAMES), 1):
        print(f'iteration {number}')
        for name, value in quantities.items():
            print(f'  {name} =', np.array2string(np.asarray(value), prefix=f'  {name} = '))`;
