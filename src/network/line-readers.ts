import type { Diagnostics } from '../formula/diagnostic.ts';
import type { Network } from './network.ts';
import { claim, loss, nameSensitivities, regularize } from './objective.ts';
import { initialize, optimize, schedule } from './optimization.ts';
import { type Keyword, type Shorthand, ShorthandFault } from './shorthand.ts';
import { single, stack } from './stack.ts';

/** Adds what a line stands for to a network. Throws a `ShorthandFault` where the line cannot be read. */
type LineReader = (network: Network, line: Shorthand) => void;

/** How each kind of line is read: what defines names before what reads them, whatever their order in the text. */
const readers: readonly (readonly [Keyword, LineReader])[] = [
  ['initializer', initialize],
  ['sensitivities', nameSensitivities],
  ['layers', stack],
  ['use', single],
  ['loss', loss],
  ['regularizer', regularize],
  ['optimizer', optimize],
  ['rate', schedule],
];

/**
 * Adds what all lines of shorthand of a model, in any order, stand for to a new network. A fault in a line is reported to
 * `diagnostics` (`shorthand`), and the others are still read; faults that may follow from an earlier one are left out.
 */
export function readLines(network: Network, lines: readonly Shorthand[], diagnostics: Diagnostics): void {
  /** Whether a line could not be read, so that later ones may lack what it would have computed. */
  let misses = false;
  for (const [keyword, read] of readers) {
    for (const line of lines) {
      if (line.keyword !== keyword || line.words.length === 0) continue;
      try {
        read(network, line);
      } catch (fault) {
        if (!(fault instanceof ShorthandFault)) throw fault;
        const isBlameless = fault.isMissing && misses;
        if (!isBlameless) diagnostics.error(fault.span, 'shorthand', fault.message);
        misses = true;
      }
    }
    if (keyword === 'loss') claim(network);
  }
}
