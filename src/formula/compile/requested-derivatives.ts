import type { SampledBatch } from '../derive/batch-adjoint.ts';
import { Derivation, renewed } from '../derive/derivation.ts';
import type { DerivedFormula } from '../derive/derivation-sources.ts';
import { callDepth, countPaths } from '../derive/path-count.ts';
import type { Span } from '../diagnostic.ts';
import { type Expression, references } from '../expression.ts';
import { deepestCalls, mostPaths } from '../limits.ts';
import type { Formula } from '../model.ts';
import type { FormulaStatement } from '../statement.ts';
import { mapChildren } from '../substitution.ts';
import { type Claimed, isClaimed } from './claim-rules.ts';
import type { Draft } from './draft.ts';
import { tooManyParts } from './legibility.ts';

/** A derivative that is claimed without a right side, or read by name. */
interface Wanted {
  readonly of: string;
  readonly by: string;
  /** The pass in which it is computed. */
  readonly pass: number;
  readonly span: Span;
}

/**
 * Derives what a model asks for, pass by pass: the derivatives of a pass once all forward lines before it have their shapes.
 * Results of backward and update passes count as given: nothing is differentiated through them.
 */
export class RequestedDerivatives {
  private readonly wanted: readonly Wanted[];
  private readonly derivations = new Map<string, Derivation>();
  /** How many formulas of each derivation are in the model already. */
  private readonly added = new Map<Derivation, number>();
  private readonly winners = new Map<string, string>();
  private readonly byTarget = new Map<string, FormulaStatement[]>();

  /** Takes the claims from `lines`, and `draft.requests`. */
  constructor(
    private readonly draft: Draft,
    private readonly lines: readonly FormulaStatement[],
  ) {
    for (const line of lines)
      this.byTarget.set(line.target, [...(this.byTarget.get(line.target) ?? []), line]);
    const found = new Map<string, Wanted>();
    for (const { claim, expression, pass } of lines.filter(isClaimed)) {
      if (expression === undefined) found.set(`d${claim.of}/d${claim.by}`, { ...claim, pass });
    }
    for (const [name, { span, pass }] of draft.requests) {
      const [of, by] = name.split('/').map((part) => part.slice(1));
      found.set(name, { of, by, span, pass });
    }
    this.wanted = [...found.values()];
  }

  /** The passes in which something is derived, one entry for each derivative. */
  get passes(): number[] {
    return this.wanted.map(({ pass }) => pass);
  }

  /**
   * Adds the formulas of all derivatives that a pass computes to the draft, each after those that it reads. Reports
   * `derivative`, `size` and `order`, and stops at the first error.
   */
  derive(pass: number): void {
    const { draft } = this;
    for (const { of, by, span } of this.wanted.filter((one) => one.pass === pass)) {
      for (const formula of draft.formulas) this.refuseTooManyPaths(formula);
      if (this.refused.size > 0) return;
      const before = this.derivations.get(of);
      const derivation = before ?? this.derivationOf(of);
      this.derivations.set(of, derivation);
      const name = derivation.newest(by);
      if (!derivation.dependsOn(name)) draft.error(span, 'derivative', `${of} does not depend on ${by}`);
      if (draft.failed) return;
      const fault = (before === undefined ? this.ask(derivation, of) : undefined) ?? derivation.added(name);
      if (fault !== undefined) {
        draft.error(span, 'size', fault === 'too much' ? tooManyParts : tooLongToDerive(of, by));
        return;
      }
      const known = this.added.get(derivation) ?? 0;
      for (const formula of derivation.formulas.slice(known)) this.add(formula, pass, span);
      this.added.set(derivation, derivation.formulas.length);
    }
  }

  /** Announces to a new derivation everything that will be asked of it; gives the limit that it exceeds, if any. */
  private ask(derivation: Derivation, loss: string) {
    const own = this.wanted.filter(({ of }) => of === loss);
    return derivation.asked(own.map(({ by }) => derivation.newest(by)));
  }

  private readonly refused = new Set<string>();
  private readonly examined = new Set<Expression>();

  private refuseTooManyPaths({ phase, target, expression, lineSpan }: Omit<Formula, 'id'>): void {
    if (phase !== 'forward' || this.refused.has(target) || this.examined.has(expression)) return;
    this.examined.add(expression);
    if (callDepth(expression, this.draft.functions) > deepestCalls) {
      this.refused.add(target);
      const why = `${target} calls functions without a slope more than ${deepestCalls} deep in each other`;
      this.draft.error(lineSpan, 'size', `${why}; give inner parts lines of their own, or functions a slope`);
      return;
    }
    if (countPaths(expression, this.draft.functions) <= mostPaths) return;
    this.refused.add(target);
    const why = `${target} depends on what it reads in more than ${mostPaths} ways, too many to differentiate`;
    this.draft.error(lineSpan, 'size', `${why}; give inner parts lines of their own, or functions a slope`);
  }

  private derivationOf(loss: string): Derivation {
    const { draft, lines } = this;
    const forward = draft.formulas
      .filter(({ phase }) => phase === 'forward')
      .map((formula, id) => versionApart({ ...formula, id }));
    const shapes = new Map(draft.shapes);
    for (const [name, shape] of draft.shapes) shapes.set(name + renewed, shape);
    const batch = this.batchOf(loss);
    const claimed = lines.filter((line): line is Claimed => line.claim?.of === loss);
    const written = claimed.filter(({ expression }) => expression !== undefined);
    const derivation = new Derivation({
      loss,
      forward,
      shapes,
      functions: draft.functions,
      named: claimed.map(({ claim, target, indices }) => ({
        claim,
        target,
        indices,
        isPerSample: draft.perSample.has(target),
      })),
      written: new Set(written.map(({ claim }) => claim.by)),
      isWeight: (name) => draft.quantities.get(name.replace(renewed, ''))?.role === 'param',
      isTaken: (name) => draft.quantities.has(name),
      winners: this.winners,
      ...(batch && { batch }),
    });
    return derivation;
  }

  /** The batch, where the loss has a value for each of its samples. */
  private batchOf(loss: string): SampledBatch | undefined {
    const { settledBatch, perSample } = this.draft;
    if (settledBatch === undefined || !perSample.has(loss)) return undefined;
    return { ...settledBatch, isPerSample: (name) => perSample.has(name.replace(renewed, '')) };
  }

  private add({ like, target, indices, expression }: DerivedFormula, pass: number, asked: Span): void {
    const { draft } = this;
    const [line] = this.byTarget.get(target) ?? [];
    const span = line?.span ?? draft.requests.get(target)?.span ?? asked;
    const shape = indices.map(({ range }) => range.high);
    draft.shapes.set(target, shape);
    if (draft.perSample.has(like.replace(renewed, ''))) draft.perSample.add(target);
    if (!draft.quantities.has(target))
      draft.quantities.set(target, { name: target, role: 'computed', shape, span });
    for (const { name } of references(expression)) {
      const later = this.byTarget.get(name)?.find((one) => one.pass > pass && one.assignment === '=');
      if (later?.expression === undefined) continue;
      draft.error(later.span, 'order', `${name} is needed for ${target}, which is computed before it`);
    }
    draft.formulas.push({
      phase: 'backward',
      pass,
      target,
      indices,
      expression: versionsTogether(expression),
      version: 'old',
      ...(line?.claim && { claim: line.claim }),
      derived: true,
      span,
      lineSpan: line?.lineSpan ?? span,
    });
  }
}

const tooLongToDerive = (of: string, by: string): string =>
  `d${of}/d${by} is too long to be derived in one formula; ask for derivatives on its way as well, such as d : d${of}/dh`;

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
