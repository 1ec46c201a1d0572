import { plainIndex } from '../affine.ts';
import { closest, type Span } from '../diagnostic.ts';
import { apply, type Expression, type Reference, references } from '../expression.ts';
import type { Claim, FormulaStatement } from '../statement.ts';
import { type Draft, wrongRank } from './draft.ts';

/** A line with a claim. */
export type Claimed = FormulaStatement & { claim: Claim };

/** Whether a line has a claim; a declared `mistake` is not one. */
export const isClaimed = (line: FormulaStatement): line is Claimed => line.claim !== undefined;

/**
 * What a formula, `line`, reads by the name dL/dW1, `e`: the target of the line that claims this derivative, negated if it
 * claims −dL/dW1; otherwise the reference itself, entered in `draft.requests` so that it is derived. Reports `derivative` and
 * `order` at `span`, and then gives the reference as well.
 */
export function readDerivative(draft: Draft, e: Reference, span: Span, line: FormulaStatement): Expression {
  const [of, by] = e.name.split('/').map((part) => part.slice(1));
  if (!checkDerivative(draft, of, by, span)) return e;
  const { pass } = draft.lines.find(({ target }) => target === of) as FormulaStatement;
  if (line.pass <= pass) {
    draft.error(span, 'order', `${e.name} is known only in backward and after it`);
    return e;
  }
  const named = draft.lines.find(({ claim }) => claim?.of === of && claim.by === by);
  if (named?.claim === undefined) {
    const before = draft.requests.get(e.name);
    const place = backwardBefore(draft, line, pass);
    const earliest = Math.min(before?.pass ?? place, place);
    draft.requests.set(e.name, { span: before?.span ?? span, pass: earliest });
    return e;
  }
  if (named.pass > line.pass) {
    draft.error(
      span,
      'order',
      `${named.target}, which is ${e.name}, is computed later, in line ${named.span.line}`,
    );
  }
  const { claim, indices, target } = named;
  const order = indices.map((name) => claim.indices.findIndex((affine) => plainIndex(affine) === name));
  const read: Expression = {
    ...e,
    name: target,
    indices: order.map((d) => e.indices[d]).filter((one) => one !== undefined),
  };
  return claim.sign < 0 ? apply('neg', read) : read;
}

/**
 * The pass in which a derivative that a line reads is computed: the last backward pass before the line, or a new one just before
 * it.
 */
function backwardBefore(draft: Draft, line: FormulaStatement, pass: number): number {
  if (line.phase === 'backward') return line.pass;
  const between = draft.lines.filter(
    (one) => one.phase === 'backward' && one.pass > pass && one.pass < line.pass,
  );
  return between.length === 0 ? line.pass - 0.5 : Math.max(...between.map((one) => one.pass));
}

function checkDerivative(draft: Draft, of: string, by: string, span: Span): boolean {
  const loss = draft.lines.find(({ target }) => target === of);
  const index = draft.batch?.index;
  let message: string | undefined;
  if (!draft.quantities.has(of)) message = `there is no ${of} to differentiate`;
  else if (loss === undefined || loss.phase !== 'forward' || loss.indices.some((name) => name !== index)) {
    message = `${of} cannot be differentiated: a loss is a single number computed in forward`;
  } else if (!draft.quantities.has(by)) {
    const near = closest(by, draft.quantities.keys());
    message = `there is no ${by} to differentiate by${near ? `; do you mean ${near}?` : ''}`;
  }
  if (message !== undefined) draft.error(span, 'derivative', message);
  return message === undefined;
}

/**
 * Checks that every claim is about an existing derivative, is made once, in backward, after the loss, and has the indices of
 * its line; a declared mistake likewise, but it may be made again. Reports `derivative`, `claim`, `order`, `twice` and
 * `shape`.
 */
export function checkClaims(draft: Draft, lines: readonly FormulaStatement[]): void {
  const claimed = lines.filter(isClaimed);
  for (const line of claimed) checkClaim(draft, line, claimed);
  // A declared mistake may stand beside the correct derivative.
  for (const line of lines)
    if (line.mistake !== undefined) checkClaim(draft, { ...line, claim: line.mistake }, []);
}

function checkClaim(draft: Draft, line: Claimed, claimed: readonly Claimed[]): void {
  const { claim, indices, target, phase, span } = line;
  if (!checkDerivative(draft, claim.of, claim.by, claim.span)) return;
  if (phase !== 'backward') {
    draft.error(span, 'claim', `a claim belongs in backward; ${target} stands in ${phase}`);
    return;
  }
  const what = `d${claim.of}/d${claim.by}`;
  const loss = draft.lines.find((other) => other.target === claim.of);
  if (loss !== undefined && loss.pass > line.pass) {
    draft.error(
      claim.span,
      'order',
      `${what} is known only after ${claim.of}, which is computed in line ${loss.span.line}`,
    );
    return;
  }
  const before = claimed.find((other) => other.claim.of === claim.of && other.claim.by === claim.by);
  if (before !== undefined && before.span !== span) {
    draft.error(
      claim.span,
      'twice',
      `${before.target} in line ${before.span.line} is already said to be ${what}`,
    );
    return;
  }
  const names = claim.indices.map(plainIndex);
  const rank = draft.rankOf(claim.by) ?? names.length;
  const hidden = line.sampled && draft.perSample.has(claim.by) ? 1 : 0;
  if (rank !== names.length) {
    draft.error(claim.span, 'shape', wrongRank(claim.by, rank - hidden, names.length - hidden));
    return;
  }
  const own = sharedIndices(draft, line);
  if (names.length !== own.length || !own.every((name) => names.includes(name))) {
    const shown = line.sampled ? indices.slice(1) : indices;
    const left = shown.length === 0 ? target : `${target}[${shown.join(',')}]`;
    draft.error(claim.span, 'claim', `the claim must name the same indices as ${left}`);
  }
}

/**
 * The left indices of a claimed line that its claim must have, too: all of them, except the sample index (the first) where the
 * line has a formula for one sample and the derivative is by a quantity that all samples share.
 */
export function sharedIndices(
  draft: Draft,
  { target, indices, claim, expression }: Claimed,
): readonly string[] {
  const isPart = expression !== undefined && draft.perSample.has(target) && !draft.perSample.has(claim.by);
  return isPart ? indices.slice(1) : indices;
}

/**
 * Reports (`shape`) hand-written derivatives, declared mistakes included, whose shape differs from that of the quantity they
 * differentiate by. Both must be in `draft.shapes`; others are passed over.
 */
export function checkClaimShapes(draft: Draft, lines: readonly FormulaStatement[]): void {
  for (const { claim: is, mistake, target, indices, sampled } of lines) {
    const claim = is ?? mistake;
    const [own, by] = [draft.shapes.get(target), claim && draft.shapes.get(claim.by)];
    if (claim === undefined || own === undefined || by === undefined) continue;
    claim.indices.forEach((affine, d) => {
      const at = indices.indexOf(plainIndex(affine) ?? '');
      if (own[at] === by[d]) return;
      const hidden = sampled && draft.perSample.has(claim.by) ? 1 : 0;
      const there = `dimension ${d + 1 - hidden} of ${claim.by} has ${by[d]}`;
      draft.error(claim.span, 'shape', `${indices[at]} runs over ${own[at]} in ${target}, but ${there}`);
    });
  }
}

/** Warns (`unclaimed`) of gradients that an update reads and no line claims: they cannot be checked. */
export function warnOfUnclaimed(draft: Draft, lines: readonly FormulaStatement[]): void {
  for (const line of lines) {
    if (line.phase !== 'update' || line.expression === undefined) continue;
    for (const { name, span } of references(line.expression)) {
      const source = lines.find(({ target }) => target === name);
      if (source?.phase !== 'backward' || (source.claim ?? source.mistake) !== undefined) continue;
      const what = `${name} is used as a gradient, but no claim says which`;
      const hint = 'add : dL/d… to its line, and it is checked';
      draft.diagnostics.warning(span ?? line.span, 'unclaimed', `${what}; ${hint}`);
    }
  }
}
