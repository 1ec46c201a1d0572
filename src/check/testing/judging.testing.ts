import { compileProgram } from '../../program/program.ts';
import { verifyClaims } from '../claim-check.ts';
import { partings } from '../divergence.ts';
import { rewritten } from './rewriting.testing.ts';
import { textOf } from './written-net.testing.ts';

/** What became of a seed. */
export type Outcome = 'refused' | 'accepted' | 'left out';

/**
 * Judges a net with one line of its backward pass written in another way or with a mistake, as `check` and as the page does.
 * Throws where a mistake is passed over by either, or where what is right is refused or accused.
 */
export function judgeRewritten(seed: number, kind: 'rearranged' | 'mistaken'): Outcome {
  const { net, line, term, verdict } = rewritten(seed, kind);
  if (verdict === 'unclear') return 'left out';
  const changed = new Map([[line, term]]);
  const outcome = judgeText(textOf(net, changed), kind, line.target, verdict);
  // A mistake in what each sample gives is one in their sum.
  if (net.batch !== undefined) judgeText(textOf(net, changed, { isWhole: true }), kind, line.target, verdict);
  return outcome;
}

function judgeText(
  text: string,
  kind: 'rearranged' | 'mistaken',
  target: string,
  verdict: 'right' | 'wrong',
): Outcome {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) {
    // A mistake may read what is not there, or leave an index without a range.
    if (kind === 'mistaken') return 'left out';
    throw new Error(`${diagnostics.map(({ message }) => message).join('\n')}\n${text}`);
  }
  const findings = verifyClaims(text);
  const places = partings(text);
  const told = () =>
    [
      `${target} is ${verdict}`,
      `check: ${findings.map(({ message }) => message).join(' | ') || 'nothing'}`,
      `page: ${places.map(({ formula, slip }) => `${formula.target} ${slip?.kind ?? ''}`).join(' | ') || 'nothing'}`,
      text,
    ].join('\n');
  if (
    verdict === 'right' ? findings.length + places.length > 0 : findings.length === 0 || places.length === 0
  )
    throw new Error(told());
  return verdict === 'right' ? 'accepted' : 'refused';
}
