import { plainIndex } from './affine.ts';
import { Derivation } from './derivation.ts';
import { closest, type Span } from './diagnostic.ts';
import { type Draft, wrongRank } from './draft.ts';
import { apply, type Expression, mapChildren, type Reference, references } from './expression.ts';
import type { Formula } from './model.ts';
import type { Claim, FormulaStatement, Phase } from './statement.ts';

type Claimed = FormulaStatement & { claim: Claim };

/** The derivative that a formula reads by its name, dL/dW1: under the name and sign of a claim, or asked for. */
export function readDerivative(draft: Draft, e: Reference, span: Span, phase: Phase): Expression {
  const [of, by] = e.name.split('/').map((part) => part.slice(1));
  if (!checkDerivative(draft, of, by, span)) return e;
  if (phase === 'forward') {
    draft.error(span, 'order', `${e.name} is known only in backward and after it`);
    return e;
  }
  const named = draft.lines.find(({ claim }) => claim?.of === of && claim.by === by);
  if (named?.claim === undefined) {
    if (!draft.requests.has(e.name)) draft.requests.set(e.name, span);
    return e;
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

function checkDerivative(draft: Draft, of: string, by: string, span: Span): boolean {
  const loss = draft.lines.find(({ target }) => target === of);
  let message: string | undefined;
  if (!draft.quantities.has(of)) message = `there is no ${of} to differentiate`;
  else if (loss === undefined || loss.phase !== 'forward' || loss.indices.length > 0) {
    message = `${of} cannot be differentiated: a loss is a single number computed in forward`;
  } else if (!draft.quantities.has(by)) {
    const near = closest(by, draft.quantities.keys());
    message = `there is no ${by} to differentiate by${near ? `; do you mean ${near}?` : ''}`;
  }
  if (message !== undefined) draft.error(span, 'derivative', message);
  return message === undefined;
}

/** Adds the formulas of all derivatives that are claimed without a right side or asked for by name. */
export function deriveClaims(draft: Draft, lines: readonly FormulaStatement[]): void {
  const claimed = lines.filter((line): line is Claimed => line.claim !== undefined);
  for (const line of claimed) checkClaim(draft, line, claimed);
  if (draft.failed) return;
  const wanted = new Map<string, { of: string; by: string; span: Span }>();
  for (const { claim, expression } of claimed) {
    if (expression === undefined) wanted.set(`d${claim.of}/d${claim.by}`, claim);
  }
  for (const [name, span] of draft.requests) {
    const [of, by] = name.split('/').map((part) => part.slice(1));
    wanted.set(name, { of, by, span });
  }
  const forward = draft.formulas.map((formula, id) => versionApart({ ...formula, id }));
  for (const loss of new Set([...wanted.values()].map(({ of }) => of))) {
    const own = [...wanted.values()].filter(({ of }) => of === loss);
    const derivation = derivationOf(draft, loss, forward, claimed);
    for (const { by, span } of own) {
      if (!derivation.dependsOn(by)) draft.error(span, 'derivative', `${loss} does not depend on ${by}`);
    }
    if (draft.failed) return;
    derivation.derive(own.map(({ by }) => by));
    for (const formula of derivation.formulas) {
      const line = lines.find(({ target }) => target === formula.target);
      const span = line?.span ?? draft.requests.get(formula.target) ?? own[0].span;
      addDerived(draft, { ...formula, expression: versionsTogether(formula.expression) }, line, span);
    }
  }
}

function derivationOf(
  draft: Draft,
  loss: string,
  forward: readonly Formula[],
  all: readonly Claimed[],
): Derivation {
  const claimed = all.filter(({ claim }) => claim.of === loss);
  const shapes = new Map(draft.shapes);
  for (const { target, indices } of forward)
    shapes.set(
      target,
      indices.map(({ range }) => range.high),
    );
  return new Derivation(
    loss,
    forward,
    shapes,
    draft.functions,
    claimed.map(({ claim, target, indices }) => ({ claim, target, indices })),
    new Set(draft.quantities.keys()),
    new Set(claimed.filter(({ expression }) => expression !== undefined).map(({ claim }) => claim.by)),
  );
}

type Derived = Pick<Formula, 'target' | 'indices' | 'expression'>;

function addDerived(draft: Draft, derived: Derived, line: FormulaStatement | undefined, span: Span): void {
  const { target, indices } = derived;
  const shape = indices.map(({ range }) => range.high);
  draft.shapes.set(target, shape);
  if (!draft.quantities.has(target))
    draft.quantities.set(target, { name: target, role: 'computed', shape, span });
  draft.formulas.push({
    phase: line?.phase ?? 'backward',
    pass: 0,
    ...derived,
    version: 'old',
    ...(line?.claim && { claim: line.claim }),
    derived: true,
    span,
    lineSpan: line?.lineSpan ?? span,
  });
}

/** What `<-` has renewed in forward is, for differentiation, a quantity of its own: no author can write this letter. */
const renewed = '⁺';

function versionApart(formula: Formula): Formula {
  const apart = (e: Expression): Expression =>
    e.kind === 'reference' && e.version === 'new'
      ? { ...e, name: e.name + renewed, version: 'old' }
      : mapChildren(e, apart);
  const target = formula.version === 'new' ? formula.target + renewed : formula.target;
  return { ...formula, target, expression: apart(formula.expression) };
}

function versionsTogether(e: Expression): Expression {
  if (e.kind !== 'reference') return mapChildren(e, versionsTogether);
  const isRenewed = e.name.endsWith(renewed) && !e.name.includes('/') && !e.name.startsWith('argmax_');
  return isRenewed ? { ...e, name: e.name.slice(0, -renewed.length), version: 'new' } : e;
}

function checkClaim(draft: Draft, line: Claimed, claimed: readonly Claimed[]): void {
  const { claim, indices, target, phase, span } = line;
  if (!checkDerivative(draft, claim.of, claim.by, claim.span)) return;
  if (phase !== 'backward') {
    draft.error(span, 'claim', `a claim belongs in backward; ${target} stands in ${phase}`);
    return;
  }
  const before = claimed.find((other) => other.claim.of === claim.of && other.claim.by === claim.by);
  if (before !== undefined && before.span !== span) {
    const what = `d${claim.of}/d${claim.by}`;
    draft.error(
      claim.span,
      'twice',
      `${before.target} in line ${before.span.line} is already said to be ${what}`,
    );
    return;
  }
  const names = claim.indices.map(plainIndex);
  const rank = draft.shapes.get(claim.by)?.length ?? names.length;
  if (rank !== names.length) {
    draft.error(claim.span, 'shape', wrongRank(claim.by, rank, names.length));
  } else if (names.length !== indices.length || !indices.every((name) => names.includes(name))) {
    const left = indices.length === 0 ? target : `${target}[${indices.join(',')}]`;
    draft.error(claim.span, 'claim', `the claim must name the same indices as ${left}`);
  }
}

/** What a hand has written for a derivative has the derivative's shape. */
export function checkClaimShapes(draft: Draft, lines: readonly FormulaStatement[]): void {
  for (const { claim, target, indices } of lines) {
    const [own, by] = [draft.shapes.get(target), claim && draft.shapes.get(claim.by)];
    if (claim === undefined || own === undefined || by === undefined) continue;
    claim.indices.forEach((affine, d) => {
      const at = indices.indexOf(plainIndex(affine) ?? '');
      if (own[at] === by[d]) return;
      const there = `dimension ${d + 1} of ${claim.by} has ${by[d]}`;
      draft.error(claim.span, 'shape', `${indices[at]} runs over ${own[at]} in ${target}, but ${there}`);
    });
  }
}

/** A gradient that an update uses and nobody claims cannot be checked; its author should know. */
export function warnOfUnclaimed(draft: Draft, lines: readonly FormulaStatement[]): void {
  for (const line of lines) {
    if (line.phase !== 'update' || line.expression === undefined) continue;
    for (const { name, span } of references(line.expression)) {
      const source = lines.find(({ target }) => target === name);
      if (source?.phase !== 'backward' || source.claim !== undefined) continue;
      const what = `${name} is used as a gradient, but no claim says which`;
      const hint = 'add : dL/d… to its line, and it is checked';
      draft.diagnostics.warning(span ?? line.span, 'unclaimed', `${what}; ${hint}`);
    }
  }
}
