import type { Model, Quantity } from '../../formula/model.ts';
import type { Machine } from '../../machine/machine.ts';
import { type Library, pythonFloat } from './array-code.ts';
import { Identifiers } from './identifiers.ts';
import { arrayLiteral } from './literals.ts';

/**
 * The docstring of a file, with a line break at its end; `library` as readers know it, `NumPy`; `frames` is only told.
 * Quotation marks and backslashes in the title are replaced.
 */
export function header(title: string, frames: number, library: string): string {
  const count = frames === 1 ? 'one iteration' : `${frames} iterations`;
  const plain = title.replace(/["\\]/g, "'");
  return `"""${plain}: ${count} in ${library}, exported by Backstep.

run(FRAMES) gives, iteration by iteration, every quantity by its name in the lesson. The comments are the lesson's own
formulas: their indices count from 1, Python's from 0.
"""`;
}

/**
 * Joins the sections of a file with the blank lines of PEP 8: two around functions and the final `if`, else one. Empty sections
 * are left out; line breaks at their ends do not matter. The text ends with one.
 */
export function script(sections: readonly string[]): string {
  const isDefinition = (text: string) => /^(def|if) /.test(text);
  let text = '';
  let before = '';
  for (const section of sections.map((one) => one.trimEnd()).filter((one) => one !== '')) {
    if (text !== '') text += isDefinition(section) || isDefinition(before) ? '\n\n' : '\n';
    text += `${section}\n`;
    before = section;
  }
  return text;
}

const titles: Partial<Record<Quantity['role'], string>> = {
  given: 'given',
  param: 'parameters',
  state: 'what the optimizer remembers',
  rate: 'rates',
  mode: '1 while training, 0 while evaluating',
};

/**
 * Identifiers for a model's names, those of `functions` and all quantities taken in this order: of a function and a quantity
 * with the same name, the function keeps it.
 */
export function namesOf(model: Model, functions: readonly { readonly name: string }[]): Identifiers {
  const identifiers = new Identifiers();
  for (const { name } of functions) identifiers.of('function', name);
  for (const name of model.quantities.keys()) identifiers.of('quantity', name);
  return identifiers;
}

/** Whether a quantity is one of Python's own numbers, not the library's: rates and the mode are, if they are single numbers. */
export const isPlainNumber = ({ role, shape }: Pick<Quantity, 'role' | 'shape'>): boolean =>
  (role === 'rate' || role === 'mode') && shape.length === 0;

/**
 * Python text, with a line break at its end, that defines the numbers that the run starts from (the machine's changes
 * included), by role; samples and random numbers are not among them. `isBare`: which are Python's own numbers, not the
 * library's. `helper` records a helper that the file needs and returns its name.
 */
export function dataLines(
  machine: Machine,
  library: Library,
  identifiers: Identifiers,
  helper: (name: string) => string,
  isBare: (quantity: Quantity) => boolean = isPlainNumber,
): string {
  const { quantities } = machine.program.model;
  let text = '';
  for (const role of Object.keys(titles) as Quantity['role'][]) {
    const own = [...quantities.values()].filter((quantity) => quantity.role === role);
    if (own.length === 0) continue;
    text += `# ${titles[role]}\n`;
    for (const quantity of own) {
      const { name, shape } = quantity;
      const { offset, size } = machine.layout.slot(name, 'old');
      const values = role === 'mode' ? [1] : machine.inputs.start.subarray(offset, offset + size);
      const literal = isBare(quantity)
        ? pythonFloat(values[0])
        : arrayLiteral(values, shape, library, helper);
      text += `${identifiers.of('quantity', name)} = ${literal}\n`;
    }
  }
  return text;
}

/**
 * Names of the quantities that live on from frame to frame: those with a new version, each once, in the order of the formulas.
 */
export const renewedNames = (model: Model): string[] => [
  ...new Set(model.formulas.filter(({ version }) => version === 'new').map(({ target }) => target)),
];

/**
 * The head of `run` up to its loop over frames, with a line break at its end. Quantities that live on, and those that `more`
 * names, are its keyword parameters with the numbers above as defaults, so that every call is a new run.
 */
export function signature(model: Model, identifiers: Identifiers, more: readonly string[] = []): string {
  const names = [...new Set([...renewedNames(model), ...more])].map((name) =>
    identifiers.of('quantity', name),
  );
  const operands = ['frames', ...names.map((name) => `${name}=${name}`)];
  const line = `def run(${operands.join(', ')}):`;
  const head = line.length <= 110 ? line : `def run(\n    ${operands.join(',\n    ')},\n):`;
  return `${head}
    """Every quantity after each iteration."""
    for frame in range(frames):
`;
}

/**
 * The `yield` at the end of a frame, indented by two levels, with line breaks: a dictionary of all quantities by their names in
 * the lesson, from the variables that `identifiers` gives.
 */
export function resultLines(model: Model, identifiers: Identifiers): string {
  const entries = [...model.quantities.keys()].map(
    (name) => `'${name}': ${identifiers.of('quantity', name)}`,
  );
  const lines: string[] = [];
  for (const entry of entries) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + entry.length + 2 <= 100) lines[last] += `, ${entry}`;
    else lines.push(entry);
  }
  return `        yield {\n${lines.map((line) => `            ${line},\n`).join('')}        }\n`;
}
