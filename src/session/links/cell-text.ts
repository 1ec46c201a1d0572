import { spokenCell } from '../../explain/spoken-cell.ts';
import { plainIndex } from '../../formula/affine.ts';
import { longestCellName } from '../../formula/limits.ts';
import { cellAt, cellName, type Model, type Quantity, sizeOf } from '../../formula/model.ts';
import { greek, spokenName, texBase } from '../../formula/notation.ts';
import { type FoundCell, findCell } from './place.ts';

type NamedCell = Exclude<FoundCell, { readonly message: string }>;

/** Cells of a quantity that are searched by what they are called. */
const mostSpoken = 2000;

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const lowered = '₀₁₂₃₄₅₆₇₈₉';
const letters = new Map([...greek].map(([letter, name]) => [name, letter]));

/**
 * The cell that a text names, as the language writes it (see `findCell`), as the page shows it, `\delta^{2}_1`, `W¹₁,₂` or
 * `W^1[1,2]`, or as it is spoken, "hidden activation 1". A message for readers where there is none, or where several quantities
 * are written alike. Indices count from 1.
 */
export function findWrittenCell(model: Model, text: string): FoundCell {
  const plain = findCell(model, text);
  if (!('message' in plain) || text.length > longestCellName) return plain;
  const wanted = normalized(text);
  const found = [...model.quantities.values()].flatMap((quantity) => cellOf(model, quantity, wanted) ?? []);
  const one = found.length === 1 ? found[0] : findSpoken(model, text);
  return one === undefined ? plain : findCell(model, cellName(one.name, one.cell));
}

/**
 * A text with each cell, however it is written or spoken (`\delta^{2}_1`, `W¹₁,₂`, "hidden activation 1"), in the language's notation.
 * In a comparison, `x¹₁ < 0.5`, that is each side; what is no cell stays as it is.
 */
export function inLanguage(model: Model, text: string): string {
  return text
    .split(/(\s*(?:[<>]=?|[=!]=)\s*)/)
    .map((side) => {
      const found = findWrittenCell(model, side.trim());
      return 'message' in found ? side : cellName(found.name, found.cell);
    })
    .join('');
}

/** The cell that is spoken so; of none, or of several, undefined. */
function findSpoken(model: Model, text: string): NamedCell | undefined {
  const wanted = text.trim().toLowerCase();
  const named = [...model.quantities.values()].filter(
    ({ name }) => model.words.has(name) && wanted.includes(spokenName(model, name).toLowerCase()),
  );
  const found = named.flatMap(({ name, shape }) =>
    Array.from({ length: Math.min(mostSpoken, sizeOf(shape)) }, (_, flat) => ({
      name,
      cell: cellAt(shape, flat),
    })),
  );
  const spoken = found.filter(({ name, cell }) => spokenCell(model, name, cell).toLowerCase() === wanted);
  return spoken.length === 1 ? spoken[0] : undefined;
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
