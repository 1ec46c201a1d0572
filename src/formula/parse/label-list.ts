import type { Range } from '../affine.ts';
import type { Span } from '../diagnostic.ts';
import { longestLabel, mostLabels } from '../limits.ts';
import { SyntaxFault } from './syntax-fault.ts';

/** Stands for a comma inside quotes while a list is split. */
const quotedComma = '\uE000';

/**
 * A list of names, `the, cat, "sat, down"`, or numbers that are the names, `0..9`, which is left as it is. Throws a `SyntaxFault` at
 * `span` where it is neither, or too long.
 */
export function readLabelList(text: string, span: Span): readonly string[] | Range {
  const [, ...ends] = /^(-?\d+)\s*\.\.\s*(-?\d+)$/.exec(text) ?? [];
  if (ends.length > 0) {
    const [low, high] = ends.map(Number);
    if (high < low) throw new SyntaxFault(span, `nothing lies in ${text}; write the lower number first`);
    if (!(high - low < mostLabels)) throw tooMany(span);
    return { low, high };
  }
  const labels = text
    .replace(/"[^"]*"/g, (quoted) => quoted.replaceAll(',', quotedComma))
    .split(',', mostLabels + 1)
    .map((one) =>
      one
        .trim()
        .replace(/^"(.*)"$/s, '$1')
        .replaceAll(quotedComma, ','),
    );
  if (labels.length > mostLabels) throw tooMany(span);
  const odd = labels.find((one) => one === '' || one.includes('"'));
  if (odd === '')
    throw new SyntaxFault(span, 'a name is missing; write names with commas between, or numbers, as in 0..9');
  if (odd !== undefined)
    throw new SyntaxFault(span, 'a name in quotes stands alone between commas, and has no quotes within');
  const long = labels.find((one) => one.length > longestLabel);
  if (long === undefined) return labels;
  const message = `a name for a value has at most ${longestLabel} letters, and ${long.slice(0, 12)}… has ${long.length}`;
  throw new SyntaxFault(span, message, 'size');
}

const tooMany = (span: Span): SyntaxFault =>
  new SyntaxFault(span, `an index has at most ${mostLabels} names; leave this one without`, 'size');
