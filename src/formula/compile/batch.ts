import { type Affine, index as indexOf, plainIndex } from '../affine.ts';
import { dependOn } from '../dependence.ts';
import { apply, type Expression, number, type Reference, references, walk } from '../expression.ts';
import type { Batch, Formula, Pass, Samples } from '../model.ts';
import type { Claim, FormulaStatement } from '../statement.ts';
import { freeIndices, mapChildren } from '../substitution.ts';
import { mixedMean } from './batch-means.ts';
import { sharedTerms } from './batch-sums.ts';
import { type Draft, wrongRank } from './draft.ts';

/*
 * A model is written for one sample. Where a frame takes several, every quantity that depends on the sample gets the sample index
 * as its first index, which the author does not write; an update reads such a quantity by its mean (or sum) over the batch. Lines
 * that write the index themselves are about the whole batch and stay as they are.
 */

/**
 * The resolved lines with the sample index added; the same lines without a batch, or with a batch of one sample that no line
 * mentions. `samples` as from `settleSamples`. Sets the draft's `settledBatch` and `perSample`, declares the index and puts
 * the batch first in the shapes of sample data and random draws. Reports errors (`batch`, `shape`) where lines mix one sample
 * and all.
 */
export function addSampleIndices(
  draft: Draft,
  lines: readonly FormulaStatement[],
  samples: Samples | undefined,
): FormulaStatement[] {
  const { batch } = draft;
  const index = batch?.index;
  const about = index === undefined ? [] : lines.filter((line) => mentions(line, index));
  if (batch === undefined || index === undefined || (samples?.size === 1 && about.length === 0)) {
    warnOfMissingBatch(draft, lines);
    return [...lines];
  }
  const size = samples?.size ?? 1;
  const reduction = batch.reduction ?? 'mean';
  const passes = about.filter(({ phase }) => phase !== 'update');
  draft.settledBatch = {
    index,
    size,
    reduction,
    schedule: passes.length > 0 ? 'together' : (batch.schedule ?? 'by sample'),
    ...(passes.length > 0 && { together: passes[0].span }),
  };
  if (passes.length > 0 && batch.schedule === 'by sample') {
    const why = `line ${passes[0].span.line} mentions ${index}, so it needs all samples at once`;
    draft.error(batch.scheduleSpan ?? batch.span, 'batch', `${why}; write together`);
  }
  draft.declared.set(index, { low: 1, high: size });
  const transformation = new Transformation(draft, lines, draft.settledBatch, new Set(about));
  return transformation.lines();
}

/**
 * The batch with the schedule that its formulas, in order of their passes, allow: `together` where a formula of one sample
 * needs something of all samples within the same stretch of passes, otherwise as it is. An error (`batch`) where the author
 * wrote `by sample` then. The draft's `perSample` must be set.
 */
export function settleBatch(
  draft: Draft,
  batch: Batch,
  formulas: readonly Formula[],
  passes: readonly Pass[],
): Batch {
  if (batch.together !== undefined) return batch;
  for (const stretch of stretches(passes)) {
    const own = formulas.filter(({ pass }) => stretch.includes(pass));
    const each = own.filter(({ target }) => draft.perSample.has(target));
    const ofAll = [...dependOn(own, each)].filter((formula) => !each.includes(formula));
    const needy = [...dependOn(own, ofAll)].find((formula) => each.includes(formula));
    if (needy === undefined) continue;
    if (draft.batch?.schedule === 'by sample') {
      const why = `${needy.target} of one sample needs ${ofAll[0].target} of them all`;
      draft.error(draft.batch.scheduleSpan ?? draft.batch.span, 'batch', `${why}; write together`);
    }
    return { ...batch, schedule: 'together', together: needy.span };
  }
  return batch;
}

/**
 * Positions of the model's passes, from 0, in groups: passes without an update between them form one group, and each update its
 * own. A sample goes through a group as a whole.
 */
export function stretches(passes: readonly Pass[]): number[][] {
  const found: number[][] = [];
  passes.forEach(({ phase }, at) => {
    if (at > 0 && phase !== 'update' && passes[at - 1].phase !== 'update') found[found.length - 1].push(at);
    else found.push([at]);
  });
  return found;
}

/** Whether a line contains the sample index itself. */
function mentions({ indices, expression, claim }: FormulaStatement, index: string): boolean {
  if (indices.includes(index) || claim?.indices.some(({ terms }) => terms.some(([name]) => name === index)))
    return true;
  if (expression === undefined) return false;
  const isBound = [...walk(expression)].some(
    (e) => e.kind === 'reduction' && e.indices.some(({ name }) => name === index),
  );
  return isBound || freeIndices(expression).has(index);
}

/** Quantities that differ from sample to sample: sample data, random draws, and everything that reads one of these. */
function findPerSample(
  draft: Draft,
  lines: readonly FormulaStatement[],
  about: ReadonlySet<FormulaStatement>,
  index?: string,
): Set<string> {
  const found = new Set<string>();
  for (const { name, role } of draft.quantities.values()) {
    if (role === 'sample' || role === 'random') found.add(name);
  }
  const isSampled = (line: FormulaStatement): boolean => {
    const { assignment, phase, expression, claim, indices } = line;
    if (assignment === '<-' || phase === 'update') return false;
    if (about.has(line)) return indices[0] === index;
    if (claim !== undefined) return found.has(expression === undefined ? claim.by : claim.of);
    return expression !== undefined && [...references(expression)].some(({ name }) => found.has(base(name)));
  };
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const line of lines) if (isSampled(line)) found.add(line.target);
  }
  return found;
}

/** For a derivative, dL/dnet, the quantity by which it differentiates: the derivative has its indices. */
const base = (name: string): string => (name.includes('/') ? name.split('/')[1].slice(1) : name);

/** How many indices a quantity has for one sample; undefined where its rank is unknown. */
function ownRank(draft: Draft, name: string, index: string | undefined): number | undefined {
  const rank = draft.rankOf(base(name));
  const line = draft.lines.find(({ target }) => target === base(name));
  return rank !== undefined && index !== undefined && line?.indices[0] === index ? rank - 1 : rank;
}

/** Without a batch there is no sample index, so a reference with one index too many most likely means it: an error. */
function warnOfMissingBatch(draft: Draft, lines: readonly FormulaStatement[]): void {
  const perSample = findPerSample(draft, lines, new Set());
  for (const { expression, span: place } of lines) {
    if (expression === undefined) continue;
    for (const { name, indices, span = place } of references(expression)) {
      const own = perSample.has(base(name)) ? ownRank(draft, name, undefined) : undefined;
      if (own === undefined || indices.length !== own + 1) continue;
      const n = plainIndex(indices[0]) ?? 'n';
      const hint = `to have several at once, write batch ${n} = 4 above the passes`;
      draft.error(span, 'batch', `${name} is of one sample at a time; ${hint}`);
    }
  }
}

/** Adds the sample index to the lines of one model. */
class Transformation {
  private readonly perSample: ReadonlySet<string>;

  constructor(
    private readonly draft: Draft,
    private readonly written: readonly FormulaStatement[],
    private readonly batch: Batch,
    private readonly about: ReadonlySet<FormulaStatement>,
  ) {
    this.perSample = findPerSample(draft, written, about, batch.index);
  }

  lines(): FormulaStatement[] {
    const { draft, batch, perSample } = this;
    this.reportSharedTerms();
    const changed = this.written.map((line) => this.line(line));
    for (const name of perSample) draft.perSample.add(name);
    for (const [name, quantity] of draft.quantities) {
      if (quantity.role !== 'sample' && quantity.role !== 'random') continue;
      const shape = [batch.size, ...quantity.shape];
      draft.quantities.set(name, { ...quantity, shape });
      draft.shapes.set(name, shape);
    }
    return changed;
  }

  private reportSharedTerms(): void {
    const { size, reduction } = this.batch;
    if (size === 1 || reduction === 'mean') return;
    for (const { line, read } of sharedTerms(this.written, (one) => this.isPerSample(one))) {
      const why = `this term with ${read.name} is the same for every sample, and the sum over the batch counts it ${size} times`;
      const hint =
        'what is to count once is a loss in a line of its own, whose derivative is added in update';
      this.draft.diagnostics.warning(read.span ?? line.span, 'batch', `${why}; ${hint}`);
    }
  }

  private line(line: FormulaStatement): FormulaStatement {
    if (this.about.has(line)) return this.ofBatch(line);
    if (this.perSample.has(line.target) && line.assignment === '=') return this.ofSample(line);
    const { expression } = line;
    if (expression === undefined) return line;
    if (line.phase === 'update') this.refuseMixedMeans(expression, line);
    return { ...line, expression: this.reduced(expression, line) };
  }

  /** An error where an update computes with the values of single samples, of which it reads only the mean or sum. */
  private refuseMixedMeans(expression: Expression, line: FormulaStatement): void {
    const { size, reduction } = this.batch;
    if (size === 1) return;
    const backward = new Set(
      this.written.filter(({ phase }) => phase === 'backward').map((one) => one.target),
    );
    const isForward = ({ name }: Reference) => !name.includes('/') && !backward.has(name);
    const read = mixedMean(expression, (one) => this.isPerSample(one), isForward);
    if (read === undefined) return;
    const why = `an update reads the ${reduction} of ${read.name} over the batch, not ${read.name} of each sample`;
    const hint = 'compute what each sample gives in a line of backward, and read that';
    this.draft.error(read.span ?? line.span, 'batch', `${why}; ${hint}`);
  }

  /** Checks a line about the whole batch: it must write the sample index wherever it reads a per-sample quantity. */
  private ofBatch(line: FormulaStatement): FormulaStatement {
    const { index } = this.batch;
    const { indices, expression } = line;
    if (indices.indexOf(index) > 0) {
      const order = [index, ...indices.filter((name) => name !== index)];
      this.draft.error(
        line.span,
        'batch',
        `the sample index stands first: ${line.target}[${order.join(',')}]`,
      );
    }
    for (const e of expression === undefined ? [] : references(expression)) {
      if (!this.isPerSample(e) || e.indices.length !== this.rank(e)) continue;
      const own = e.indices.length === 0 ? '' : ',…';
      const why = `this line mentions ${index}, so it is about all samples, and ${e.name} has a value for each`;
      this.draft.error(e.span ?? line.span, 'batch', `${why}; write ${e.name}[${index}${own}]`);
    }
    return line;
  }

  private ofSample(line: FormulaStatement): FormulaStatement {
    const { index } = this.batch;
    const { claim, mistake, expression, indices } = line;
    const at = indexOf(index);
    const ofSample = (said: Claim): Claim =>
      this.perSample.has(said.by) ? { ...said, indices: [at, ...said.indices] } : said;
    return {
      ...line,
      indices: [index, ...indices],
      sampled: true,
      ...(expression && { expression: this.sampled(expression, line) }),
      ...(claim && { claim: ofSample(claim) }),
      ...(mistake && { mistake: ofSample(mistake) }),
    };
  }

  private isPerSample({ name }: Pick<Reference, 'name'>): boolean {
    return this.perSample.has(base(name));
  }

  private rank({ name }: Reference): number | undefined {
    return ownRank(this.draft, name, this.batch.index);
  }

  /** The expression for the sample of the line's index. */
  private sampled(e: Expression, line: FormulaStatement): Expression {
    if (e.kind !== 'reference') return mapChildren(e, (part) => this.sampled(part, line));
    return this.isPerSample(e) ? this.indexed(e, line, indexOf(this.batch.index)) : e;
  }

  private indexed(e: Reference, line: FormulaStatement, at: Affine): Reference {
    const rank = this.rank(e);
    if (rank !== undefined && rank !== e.indices.length) {
      const isOne = e.indices.length === rank + 1;
      const hint = isOne ? `; a line is about one sample, and ${e.name} is that sample’s` : '';
      this.draft.error(e.span ?? line.span, 'shape', wrongRank(e.name, rank, e.indices.length) + hint);
    }
    return { ...e, indices: [at, ...e.indices], sampled: true };
  }

  /** The expression for the whole batch: per-sample quantities enter by their mean or sum. */
  private reduced(e: Expression, line: FormulaStatement): Expression {
    if (e.kind !== 'reference') return mapChildren(e, (part) => this.reduced(part, line));
    if (!this.isPerSample(e)) return e;
    const { index, size, reduction } = this.batch;
    if (line.phase === 'forward') {
      const cell = `${e.name}[${[index, ...e.indices.map((affine) => plainIndex(affine) ?? '…')].join(',')}]`;
      const sum = `sum(${index}: ${cell})${reduction === 'mean' ? ` / ${size}` : ''}`;
      const why = `${line.target} is updated once for all samples, but ${e.name} has a value for each`;
      this.draft.error(e.span ?? line.span, 'batch', `${why}; write ${sum}`);
    }
    const body = this.indexed(e, line, indexOf(index));
    const sum: Expression = {
      kind: 'reduction',
      reducer: 'sum',
      indices: [{ name: index }],
      where: [],
      body,
    };
    return reduction === 'mean' && size > 1 ? apply('div', sum, number(size)) : sum;
  }
}
