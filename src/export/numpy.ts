import { cellAt, type Formula, type Model, precisionOf, sizeOf } from '../formula/model.ts';
import type { Machine } from '../machine/machine.ts';
import { precisionText } from '../number/rounding.ts';
import { FrameWriter } from './frame.ts';
import { calledFunctions, FunctionWriter, functionComment } from './functions.ts';
import { helperTexts } from './helpers.ts';
import { Identifiers } from './identifiers.ts';
import { type Line, layOut } from './lines.ts';
import { brackets } from './planner.ts';
import { dataLines, header, resultLines, script, signature } from './script.ts';

export interface ExportOptions {
  /** Called so in the file. */
  readonly title: string;
  readonly frames: number;
}

/**
 * A run as one file of NumPy: its data to the last bit, its functions, and its passes as array code. `run(frames)`
 * gives every quantity, frame by frame; run as a script it prints them. The storing rules are in the file; whether
 * they are followed is the machine's choice, and the reader's, by ROUND.
 */
export function exportNumpy(machine: Machine, { title, frames }: ExportOptions): string {
  const { program } = machine;
  const { model } = program;
  const functions = calledFunctions(model);
  const identifiers = new Identifiers();
  for (const { name } of functions) identifiers.of('function', name);
  for (const name of model.quantities.keys()) identifiers.of('quantity', name);
  const helpers = new Set<string>();
  const rules = new StoringRules(model, identifiers, helpers);
  const writer = new FrameWriter(model, 'np', identifiers, helpers, {
    stored: (formula, text, at) => rules.stored(formula, text, at),
    inOrder: decided(model),
  });
  const passes = program.phaseTrees.flatMap(({ phase, tree }, at) =>
    layOut(
      writer.pass(
        phase,
        tree,
        2,
        program.phaseTrees.slice(at + 1).map((later) => later.tree),
      ),
    ),
  );
  const data = dataLines(machine, 'np', identifiers, (name) => {
    helpers.add(name);
    return name;
  });
  const definitions = functionTexts(functions, identifiers, helpers);
  const imports = [
    ...(helpers.has('numbers') ? ['import base64'] : []),
    ...(helpers.has('keep') ? ['from decimal import ROUND_HALF_UP, Context, Decimal'] : []),
  ];
  const flags = [`FRAMES = ${frames}`];
  if (helpers.has('keep')) {
    const on = machine.run === 'lesson' ? 'True' : 'False';
    flags.push(`ROUND = ${on}  # whether what is stored is rounded as in the lesson`);
  }
  return script([
    header(title, frames, 'NumPy'),
    imports.length > 0 ? imports.join('\n') : '',
    'import numpy as np',
    flags.join('\n'),
    ...helperTexts(helpers, 'np'),
    data,
    rules.lines,
    ...definitions,
    `${signature(model, identifiers)}${passes.join('')}${resultLines(model, identifiers)}`,
    printing,
  ]);
}

const printing = `if __name__ == '__main__':
    np.set_printoptions(precision=17)
    for number, quantities in enumerate(run(FRAMES), 1):
        print(f'frame {number}')
        for name, value in quantities.items():
            print(f'  {name} =', np.array2string(np.asarray(value), prefix=f'  {name} = '))`;

function functionTexts(
  functions: ReturnType<typeof calledFunctions>,
  identifiers: Identifiers,
  helpers: Set<string>,
): string[] {
  const writer = new FunctionWriter('np', identifiers, functions, helpers);
  return functions.map((definition) => {
    const parameters = writer.open(definition);
    const head = `def ${writer.function(definition.name)}(${parameters.join(', ')}):`;
    return `${head}\n    # ${functionComment(definition)}\n    return ${writer.text(definition.body)}`;
  });
}

/** Quantities on which a step depends: there the last bit of a sum can decide, so it is added as in the formula. */
function decided(model: Model): Set<string> {
  return new Set(model.formulas.filter(() => false).map(({ target }) => target));
}

/** The lesson's storing rules, as calls of `keep`. */
class StoringRules {
  private readonly constants: Line[] = [];
  private readonly known = new Map<string, string | undefined>();

  constructor(
    private readonly model: Model,
    private readonly identifiers: Identifiers,
    private readonly helpers: Set<string>,
  ) {}

  /** Arrays of rules, for quantities whose cells differ. */
  get lines(): string {
    return this.constants.length === 0
      ? ''
      : `${layOut([{ depth: 0, code: '# digits that are kept' }, ...this.constants])}`;
  }

  stored({ target, indices }: Formula, text: string, at: readonly string[]): string {
    const rule = this.rule(target);
    if (rule === undefined) return text;
    this.helpers.add('keep');
    const isSame = rule.startsWith("'");
    return `keep(${text}, ${rule}${isSame || indices.length === 0 ? '' : brackets(at)})`;
  }

  private rule(name: string): string | undefined {
    if (this.known.has(name)) return this.known.get(name);
    const shape = this.model.quantities.get(name)?.shape ?? [];
    const cells = Array.from({ length: sizeOf(shape) }, (_, flat) => {
      const precision = precisionOf(this.model.store, name, cellAt(shape, flat));
      return precision === undefined ? 'exact' : precisionText(precision);
    });
    const [first] = cells;
    let rule: string | undefined = `'${first}'`;
    if (cells.every((cell) => cell === 'exact')) rule = undefined;
    else if (cells.some((cell) => cell !== first)) {
      rule = this.identifiers.of('digits', name);
      const flat = cells.map((cell) => `'${cell}'`).join(', ');
      const reshaped = shape.length > 1 ? `.reshape(${shape.join(', ')})` : '';
      this.constants.push({ depth: 0, code: `${rule} = np.array([${flat}])${reshaped}` });
    }
    this.known.set(name, rule);
    return rule;
  }
}
