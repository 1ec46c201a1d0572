import { plainIndex, type Range } from '../affine.ts';
import { children, type Expression, references } from '../expression.ts';
import { sizeOf } from '../model.ts';
import type { FormulaStatement } from '../statement.ts';
import { type Draft, shapePhrase, wrongRank } from './draft.ts';
import { IndexRanges } from './index-ranges.ts';

type Written = FormulaStatement & { expression: Expression };

interface Open {
  readonly line: Written;
  readonly ranges: IndexRanges;
  known: boolean;
}

/** Terms of one formula, over all its cells. */
const mostTerms = 1e8;
/** Entries of one array. */
const mostEntries = 1 << 25;

/**
 * Infers the shapes of what `lines`, those of one pass, compute, in whatever order they become known, and adds their formulas
 * to the draft; earlier passes, and the derivatives that the lines read, come first. Lines without an expression are skipped.
 * Indices alone in brackets are read first, then arithmetic in brackets, claims, conditions. Reports `shape`, `range` and
 * `size`.
 */
export function settleShapes(draft: Draft, lines: readonly FormulaStatement[]): void {
  const shapes = (name: string) => draft.shapes.get(name);
  const open: Open[] = lines
    .filter((line): line is Written => line.expression !== undefined)
    .map((line) => ({
      line,
      ranges: new IndexRanges(line, draft.declared, draft.diagnostics),
      known: false,
    }))
    .filter((one) => takesOldShape(draft, one));
  for (let progress = true; progress; ) {
    progress = false;
    for (const one of open) if (!one.known && settle(draft, one, one.ranges.learn(shapes))) progress = true;
    progress ||= open.some((one) => !one.known && settle(draft, one, one.ranges.learnFromArithmetic(shapes)));
    progress ||= open.some((one) => !one.known && settle(draft, one, learnFromClaim(draft, one)));
    progress ||= open.some((one) => !one.known && settle(draft, one, one.ranges.learnFromConditions(shapes)));
  }
  for (const one of open) addFormula(draft, one);
}

/** Gives a line with `<-` the shape that its target already has; false after reporting that its rank differs. */
function takesOldShape(draft: Draft, { line, ranges }: Open): boolean {
  const shape = line.assignment === '<-' ? draft.shapes.get(line.target) : undefined;
  if (shape === undefined) return true;
  if (shape.length !== ranges.left.length) {
    draft.error(line.span, 'shape', wrongRank(line.target, shape.length, ranges.left.length));
    return false;
  }
  shape.forEach((high, d) => {
    ranges.left[d].range ??= { low: 1, high };
  });
  return true;
}

/** Gives indices without a range that of the quantity by which the claim differentiates; true if all are known then. */
function learnFromClaim({ shapes }: Draft, { line: { claim }, ranges: { left } }: Open): boolean {
  const by = claim && shapes.get(claim.by);
  if (claim === undefined || by === undefined) return false;
  for (const one of left) {
    const d = claim.indices.findIndex((affine) => plainIndex(affine) === one.name);
    if (d >= 0) one.range ??= { low: 1, high: by[d] };
  }
  return left.every(({ range }) => range !== undefined);
}

/** Records the shape of what a line computes once all its left indices are known; true if that is new. */
function settle(draft: Draft, one: Open, learned: boolean): boolean {
  if (one.known || !learned) return false;
  one.known = true;
  const { line, ranges } = one;
  for (const { name, range } of ranges.left) {
    const { low, high } = range as Range;
    if (low !== 1) {
      const hint = `declare it, as in index ${name} = 1..${Math.max(1, high)}`;
      draft.error(
        line.span,
        'shape',
        `the index ${name} of ${line.target} must start at 1, not at ${low}; ${hint}`,
      );
    } else if (high < 1) {
      draft.error(line.span, 'shape', `there is no ${name} for which ${line.target} can be computed`);
    }
  }
  const shape = ranges.left.map(({ range }) => Math.max(0, range?.high ?? 0));
  if (sizeOf(shape) > mostEntries) {
    const has = `${line.target} has the shape ${shapePhrase(shape)}, more than ${mostEntries} entries`;
    draft.error(line.span, 'size', `${has}; make the model smaller`);
  }
  const before = line.assignment === '<-' ? draft.shapes.get(line.target) : undefined;
  if (before !== undefined && before.join() !== shape.join()) {
    const [has, gives] = [shapePhrase(before), shapePhrase(shape)];
    draft.error(line.span, 'shape', `${line.target} has the shape ${has}, but this formula gives ${gives}`);
  }
  draft.shapes.set(line.target, shape);
  return true;
}

function addFormula(draft: Draft, { line, ranges }: Open): void {
  const shapes = (name: string) => draft.shapes.get(name);
  ranges.learn(shapes);
  ranges.learnFromArithmetic(shapes);
  ranges.learnFromConditions(shapes);
  const isBlocked = [...references(line.expression)].some(
    ({ name }) => !draft.shapes.has(name) && name !== line.target,
  );
  if (isBlocked && draft.failed) return;
  const expression = ranges.settle(shapes);
  if (expression === undefined) return;
  const indices = ranges.left.map(({ name, range }) => ({ name, range: range as Range }));
  const entries = sizeOf(draft.shapes.get(line.target) ?? []);
  if (entries <= mostEntries && entries * termsOf(expression) > mostTerms) {
    draft.error(
      line.lineSpan,
      'size',
      'this formula has more than a hundred million terms; make the model smaller',
    );
  }
  const { phase, pass, target, claim, mistake, span, lineSpan } = line;
  draft.formulas.push({
    phase,
    pass,
    target,
    indices,
    version: line.assignment === '<-' ? 'new' : 'old',
    expression,
    ...(claim && { claim }),
    ...(mistake && { mistake }),
    derived: false,
    span,
    lineSpan,
  });
}

/** How often the innermost part of an expression is evaluated. */
function termsOf(e: Expression): number {
  const inside = children(e).reduce((most, part) => Math.max(most, termsOf(part)), 1);
  if (e.kind !== 'reduction') return inside;
  return e.indices.reduce((product, { range }) => {
    const { low, high } = range as Range;
    return product * Math.max(1, high - low + 1);
  }, inside);
}
