import { type Model, parseCellName, type Quantity } from '../formula/model.ts';
import { greek, texBase } from '../formula/notation.ts';

export interface NamedCell {
  readonly name: string;
  readonly cell: readonly number[];
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const lowered = '₀₁₂₃₄₅₆₇₈₉';
const letters = new Map([...greek].map(([letter, name]) => [name, letter]));

/**
 * The cell that a text means which writes it as the page does rather than as the language: `∂L/∂W1[2,3]`, `\delta^{2}_1`,
 * `W¹₁,₂` or `W^1[1,2]`. Undefined where it is none, or where several quantities look so.
 */
export function cellAsWritten(model: Model, text: string): NamedCell | undefined {
  const plain = parseCellName(text.replace(/\\partial\s*|∂\s*/g, 'd').replace(/\s*\/\s*/g, '/'));
  if (plain !== undefined && model.quantities.has(plain.name)) return plain;
  const wanted = settled(text);
  const found = [...model.quantities.values()].flatMap((quantity) => cellOf(model, quantity, wanted) ?? []);
  return found.length === 1 ? found[0] : undefined;
}

/** The cell, if the text is one of this quantity's as its notation writes it. */
function cellOf(model: Model, { name, shape }: Quantity, wanted: string): NamedCell | undefined {
  for (const base of new Set([settled(texBase(model, name)), settled(name)])) {
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

/** `2,3` or, where there is no doubt, `23`. */
function indicesOf(text: string, shape: readonly number[]): number[] | undefined {
  const parts = text === '' ? [] : text.includes(',') ? text.split(',') : [text];
  const all = parts.length === 1 && shape.length > 1 && text.length === shape.length ? [...text] : parts;
  return all.length === shape.length && !all.includes('') ? all.map(Number) : undefined;
}

/** Writes alike what is meant alike: one sign for each letter, scripts as `^` and `_`, no blanks, no braces. */
function settled(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (digits) => `^${[...digits].map((one) => raised.indexOf(one)).join('')}`)
    .replace(
      /[₀₁₂₃₄₅₆₇₈₉](?:[₀₁₂₃₄₅₆₇₈₉,]*[₀₁₂₃₄₅₆₇₈₉])?/g,
      (digits) => `_${[...digits].map((one) => (one === ',' ? one : lowered.indexOf(one))).join('')}`,
    )
    .replace(/\\(?:d|t)?frac\{((?:[^{}]|\{[^{}]*\})*)\}\{((?:[^{}]|\{[^{}]*\})*)\}/g, '$1/$2')
    .replace(/\\(?:mathrm|operatorname|text|mathbf|mathit|boldsymbol)\b/g, '')
    .replace(/\\partial|∂/g, 'd')
    .replace(/\\?([A-Za-z]{2,})/g, (whole, name: string) => letters.get(name) ?? whole)
    .replace(/[\s{}\\]/g, '');
}
