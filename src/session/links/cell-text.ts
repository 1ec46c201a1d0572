import { plainIndex } from '../../formula/affine.ts';
import { longestCellName } from '../../formula/limits.ts';
import { cellName, type Model, type Quantity } from '../../formula/model.ts';
import { greek, texBase } from '../../formula/notation.ts';
import { type FoundCell, findCell } from './place.ts';

type NamedCell = Exclude<FoundCell, { readonly message: string }>;

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const lowered = '₀₁₂₃₄₅₆₇₈₉';
const letters = new Map([...greek].map(([letter, name]) => [name, letter]));

/**
 * The cell that a text names, as the language writes it (see `findCell`) or as the page shows it: `\delta^{2}_1`, `W¹₁,₂` or
 * `W^1[1,2]`. A message for readers where there is none, or where several quantities are written alike. Indices count from 1.
 */
export function findWrittenCell(model: Model, text: string): FoundCell {
  const plain = findCell(model, text);
  if (!('message' in plain) || text.length > longestCellName) return plain;
  const wanted = normalized(text);
  const found = [...model.quantities.values()].flatMap((quantity) => cellOf(model, quantity, wanted) ?? []);
  return found.length === 1 ? findCell(model, cellName(found[0].name, found[0].cell)) : plain;
}

/** The cell, if the text is a cell of this quantity in its notation. */
function cellOf(model: Model, { name, shape }: Quantity, wanted: string): NamedCell | undefined {
  const claimed = claimOf(model, name);
  const names = claimed === undefined ? [name] : [name, claimed];
  for (const base of new Set(names.flatMap((one) => [normalized(texBase(model, one)), normalized(one)]))) {
    const parts = base.includes('#') ? base.split('#') : [base, ''];
    if (parts.length !== 2) continue;
    const [before, after] = parts.map((part) => part.replace(/_$/, ''));
    const rest = wanted.slice(before.length);
    if (!wanted.startsWith(before) || !rest.includes(after)) continue;
    const read = /^(?:[_^]?([\d,]*)|\[([\d,]*)\])$/.exec(rest.replace(after, ''));
    const cell = read && indicesOf(read[1] ?? read[2] ?? '', shape);
    if (cell) return { name, cell };
  }
  return undefined;
}

/** The derivative that a quantity claims to be, `dL/dW1`, if it has the same indices and the same sign. */
function claimOf({ formulas }: Model, name: string): string | undefined {
  const { claim, indices = [] } = formulas.find(({ target }) => target === name) ?? {};
  const isSame = claim?.indices.map(plainIndex).join() === indices.map((one) => one.name).join();
  return claim?.sign === 1 && isSame ? `d${claim.of}/d${claim.by}` : undefined;
}

/** Reads `2,3` or, where each index is a single digit, `23`. */
function indicesOf(text: string, shape: readonly number[]): number[] | undefined {
  const parts = text === '' ? [] : text.includes(',') ? text.split(',') : [text];
  const all = parts.length === 1 && shape.length > 1 && text.length === shape.length ? [...text] : parts;
  return all.length === shape.length && !all.includes('') ? all.map(Number) : undefined;
}

/** One spelling for all that is meant alike: one sign for each letter, scripts as `^` and `_`, no blanks, no braces. */
function normalized(text: string): string {
  return text
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (digits) => `^${[...digits].map((one) => raised.indexOf(one)).join('')}`)
    .replace(
      /[₀₁₂₃₄₅₆₇₈₉](?:[₀₁₂₃₄₅₆₇₈₉,]*[₀₁₂₃₄₅₆₇₈₉])?/g,
      (digits) => `_${[...digits].map((one) => (one === ',' ? one : lowered.indexOf(one))).join('')}`,
    )
    .normalize('NFKC')
    .replace(/\\(?:d|t)?frac\{((?:[^{}]|\{[^{}]*\})*)\}\{((?:[^{}]|\{[^{}]*\})*)\}/g, '$1/$2')
    .replace(/\\(?:mathrm|operatorname|text|mathbf|mathit|mathcal|mathscr|boldsymbol)\b/g, '')
    .replace(/\\partial|∂/g, 'd')
    .replace(/\\?([A-Za-z]{2,})/g, (whole, name: string) => letters.get(name) ?? whole)
    .replace(/[\s{}\\]/g, '');
}
