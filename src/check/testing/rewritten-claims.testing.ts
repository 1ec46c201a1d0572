import { verifyClaims } from '../claim-check.ts';
import { compiled } from '../compiled.ts';
import { divergences } from '../divergence.ts';
import { rewriteNet } from './rewriting.testing.ts';
import { textOf } from './written-net.testing.ts';

/** The outcome for a seed. */
export type RewriteOutcome = 'refused' | 'accepted' | 'left out';

/**
 * Checks a network with one backward line rewritten equivalently or with a mistake, as `check` and the page do. Throws if either
 * misses a mistake or objects to a right line.
 */
export function checkRewritten(seed: number, kind: 'rearranged' | 'mistaken'): RewriteOutcome {
  const { net, line, term, expected: result } = rewriteNet(seed, kind);
  if (result === 'unclear') return 'left out';
  const changed = new Map([[line, term]]);
  const outcome = checkText(textOf(net, changed), kind, line.target, result);
  // A mistake in each sample's result is also one in their sum.
  if (net.batch !== undefined) checkText(textOf(net, changed, { isWhole: true }), kind, line.target, result);
  return outcome;
}

function checkText(
  text: string,
  kind: 'rearranged' | 'mistaken',
  target: string,
  result: 'right' | 'wrong',
): RewriteOutcome {
  const { program, diagnostics } = compiled(text);
  if (program === undefined) {
    // A mistake may read something that does not exist, or leave an index without a range.
    if (kind === 'mistaken') return 'left out';
    throw new Error(`${diagnostics.map(({ message }) => message).join('\n')}\n${text}`);
  }
  const findings = verifyClaims(text);
  const places = divergences(text);
  const told = () =>
    [
      `${target} is ${result}`,
      `check: ${findings.map(({ message }) => message).join(' | ') || 'nothing'}`,
      `page: ${places.map(({ formula, mistake }) => `${formula.target} ${mistake?.kind ?? ''}`).join(' | ') || 'nothing'}`,
      text,
    ].join('\n');
  if (result === 'right' ? findings.length + places.length > 0 : findings.length === 0 || places.length === 0)
    throw new Error(told());
  return result === 'right' ? 'accepted' : 'refused';
}
