import { compileProgram } from '../../program/program.ts';
import { verifyClaims } from '../claim-check.ts';
import { divergences } from '../divergence.ts';
import { rewriteNet } from './rewriting.testing.ts';
import { textOf } from './written-net.testing.ts';

/** What became of a seed. */
export type RewriteOutcome = 'refused' | 'accepted' | 'left out';

/**
 * Judges a net with one line of its backward pass written in another way or with a mistake, as `check` and as the page does.
 * Throws where a mistake is passed over by either, or where what is right is refused or accused.
 */
export function checkRewritten(seed: number, kind: 'rearranged' | 'mistaken'): RewriteOutcome {
  const { net, line, term, expected: result } = rewriteNet(seed, kind);
  if (result === 'unclear') return 'left out';
  const changed = new Map([[line, term]]);
  const outcome = checkText(textOf(net, changed), kind, line.target, result);
  // A mistake in what each sample gives is one in their sum.
  if (net.batch !== undefined) checkText(textOf(net, changed, { isWhole: true }), kind, line.target, result);
  return outcome;
}

function checkText(
  text: string,
  kind: 'rearranged' | 'mistaken',
  target: string,
  result: 'right' | 'wrong',
): RewriteOutcome {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) {
    // A mistake may read what is not there, or leave an index without a range.
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
