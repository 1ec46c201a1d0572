import type { CompileOptions } from '../formula/compile/compile.ts';
import { children, references, walk } from '../formula/expression.ts';
import { type Formula, type Model, sizeOf } from '../formula/model.ts';
import { Layout } from '../machine/memory/layout.ts';
import type { Program } from '../program/program.ts';
import type { ClaimTexts } from './claim-text.ts';
import { compiled } from './compiled.ts';
import { agreeBeside } from './known-mistake.ts';
import { trialKernel } from './trial.ts';
import { nearTrials, TrialNumbers } from './trial-numbers.ts';

/** More candidates than realistic models have layers. */
const mostCandidates = 60;

/** A signed derivative that a formula without a claim may be. */
interface Candidate {
  readonly by: string;
  readonly sign: 1 | -1;
  readonly shape: readonly number[];
  /** At all cells, for every set of trial numbers. */
  readonly values: readonly Float64Array[];
}

/**
 * Claims, by formula of `hand`, for its backward lines that have none and are no gradients; `hand` is the text compiled with
 * `options`, `loss` the loss's name. Each gets the derivative (or its negative) by a quantity of the same shape that makes the
 * fewest formulas wrong, counting the line itself and everything that reads it, directly or not. Of equally good ones, it chooses
 * the one like its siblings: δ1 is by a net input if δ2 is, and with the same sign; a name with δ is by a net input. Otherwise it
 * takes what the line gives. Lines that give no derivative, and would make nothing right if they did, get no claim.
 */
export function inferSensitivities(
  text: string,
  hand: Program,
  loss: string,
  options: CompileOptions,
): ClaimTexts {
  const unknown = hand.model.formulas.filter(
    ({ phase, version, derived, claim, mistake, lineSpan, span }) =>
      phase === 'backward' &&
      version === 'old' &&
      !derived &&
      (claim ?? mistake) === undefined &&
      lineSpan.length > span.length,
  );
  const found = new Map<Formula, string>();
  if (unknown.length === 0) return found;
  const bench = candidateTrials(text, hand, loss, options, unknown);
  if (bench === undefined) return found;
  const taken = new Set(hand.model.formulas.flatMap(({ claim }) => (claim ? [claim.by] : [])));
  for (const formula of unknown) {
    const fitting = bench.candidates.filter((one) => hasShapeOf(hand.model, formula, one));
    const asWritten = bench.run();
    const own = bench.roleOf(formula, fitting, asWritten);
    if (own === undefined) continue;
    bench.settled.set(formula, own);
    const free = fitting.find((one) => !taken.has(one.by) && isAlike(one, own));
    if (free === undefined) continue;
    taken.add(free.by);
    const place =
      formula.indices.length === 0 ? '' : `[${formula.indices.map(({ name }) => name).join(',')}]`;
    found.set(formula, `${free.sign < 0 ? '-' : ''}d${loss}/d${free.by}${place}`);
  }
  return found;
}

const hasShapeOf = ({ quantities }: Model, { target }: Formula, { shape }: Candidate): boolean =>
  quantities.get(target)?.shape.join() === shape.join();

const isSame = (a: readonly Float64Array[], b: readonly Float64Array[]): boolean =>
  a.every((numbers, n) => {
    const most = numbers.reduce((sum, one) => Math.max(sum, Math.abs(one)), 0);
    return numbers.every((one, at) => agreeBeside(one, b[n][at], most));
  });

const isAlike = (a: Candidate, b: Candidate): boolean => a === b || isSame(a.values, b.values);

/** What every backward formula gives by itself, whatever others read in its place. */
type Raw = ReadonlyMap<string, readonly Float64Array[]>;

/** Tries roles for formulas, given the derivatives by everything in the forward pass. */
class CandidateTrials {
  /** The roles found so far: readers of these formulas read the derivatives. */
  readonly settled = new Map<Formula, Candidate>();
  private readonly nets: ReadonlySet<string>;
  private readonly numbers: TrialNumbers;

  constructor(
    private readonly hand: Program,
    readonly candidates: readonly Candidate[],
    /** What claimed formulas should give. */
    private readonly right: ReadonlyMap<Formula, readonly Float64Array[]>,
    private readonly unknown: readonly Formula[],
  ) {
    this.nets = netsOf(hand.model);
    this.numbers = new TrialNumbers(hand);
  }

  /** Runs the hand-written formulas at all trial numbers. */
  run(tried?: readonly [Formula, Candidate]): Raw {
    const layout = new Layout(this.hand.model);
    const raw = new Map<string, Float64Array[]>();
    const values = new Map<Formula, readonly Float64Array[]>(this.right);
    for (const [formula, one] of this.settled) values.set(formula, one.values);
    if (tried !== undefined) values.set(tried[0], tried[1].values);
    for (const formula of [...this.right.keys(), ...this.unknown]) raw.set(formula.target, []);
    let n = 0;
    const kernel = trialKernel(this.hand, layout, (formula, flat, value) => {
      const all = raw.get(formula.target);
      if (all === undefined || formula.version === 'new') return value;
      all[n] ??= new Float64Array(layout.slot(formula.target, 'old').size);
      all[n][flat] = value;
      return values.get(formula)?.[n][flat] ?? value;
    });
    for (n = 0; n <= nearTrials; n++) {
      for (const [name, numbers] of this.numbers.of(n))
        kernel.memory.set(numbers, layout.slot(name, 'old').offset);
      kernel.run();
    }
    return raw;
  }

  matches(raw: Raw, { target }: Formula, { values }: Candidate): boolean {
    return isSame(values, raw.get(target) ?? []);
  }

  /** Whether a formula gives what it should, or any derivative at all if it has no claim. */
  private isRight(raw: Raw, formula: Formula): boolean {
    const right = this.right.get(formula);
    if (right !== undefined) return isSame(right, raw.get(formula.target) ?? []);
    return this.candidates.some(
      (one) => hasShapeOf(this.hand.model, formula, one) && this.matches(raw, formula, one),
    );
  }

  /** The formulas that read a formula, directly or not. */
  private readersOf({ target }: Formula): Formula[] {
    const names = new Set([target]);
    const found: Formula[] = [];
    for (const one of this.hand.model.formulas) {
      if (one.phase !== 'backward' || names.has(one.target)) continue;
      if (![...references(one.expression)].some(({ name }) => names.has(name))) continue;
      names.add(one.target);
      if (this.right.has(one) || this.unknown.includes(one)) found.push(one);
    }
    return found;
  }

  /** The role of a formula; undefined if it is no derivative. */
  roleOf(formula: Formula, fitting: readonly Candidate[], asWritten: Raw): Candidate | undefined {
    const readers = this.readersOf(formula);
    const wrongIn = (raw: Raw) => readers.filter((reader) => !this.isRight(raw, reader)).length;
    const given = fitting.filter((one) => this.matches(asWritten, formula, one));
    const faults = wrongIn(asWritten);
    if (faults === 0) return given[0];
    const family = this.familyOf(formula);
    const isLike = (one: Candidate) =>
      one.sign === family?.sign && this.nets.has(one.by) === this.nets.has(family.by);
    // A δ unlike its siblings counts as a fault.
    const oddity = (one: Candidate | undefined) => (family && one && !isLike(one) ? 1 : 0);
    const asGiven = faults + Math.min(1, ...given.map(oddity));
    const tried = fitting
      .filter((one) => !given.includes(one))
      .map((one) => ({ one, count: 1 + oddity(one) + wrongIn(this.run([formula, one])) }));
    const least = tried.reduce((a, { count }) => Math.min(a, count), Number.POSITIVE_INFINITY);
    const best = tried.filter(({ count }) => count === least).map(({ one }) => one);
    if (given.length === 0) {
      if (least > faults) return undefined;
      return this.clearest(best, family ? isLike : undefined);
    }
    if (least > asGiven) return given[0];
    if (least < asGiven) return this.clearest(best, family ? isLike : undefined) ?? given[0];
    const isDelta = /^(δ|delta)[\d_]*$/i.test(formula.target);
    const isNet = (one: Candidate) => this.nets.has(one.by) && one.sign === given[0].sign;
    const choice = family ? isLike : isDelta ? isNet : undefined;
    return choice && !given.some(choice) ? (this.clearest(best.filter(choice)) ?? given[0]) : given[0];
  }

  /** The only one of several, if they are all equal, or the only one of a kind. */
  private clearest(
    among: readonly Candidate[],
    isOfKind?: (one: Candidate) => boolean,
  ): Candidate | undefined {
    const [first] = among;
    if (first === undefined || among.every((one) => isAlike(one, first))) return first;
    return isOfKind && this.clearest(among.filter(isOfKind));
  }

  /** The role of a formula with the same name apart from its number. */
  private familyOf({ target }: Formula): { readonly sign: number; readonly by: string } | undefined {
    const family = (name: string) => name.replace(/[\d_]+$/, '');
    const isOfIt = (one: Formula) => one.target !== target && family(one.target) === family(target);
    return [...this.settled].find(([one]) => isOfIt(one))?.[1] ?? [...this.right.keys()].find(isOfIt)?.claim;
  }
}

/** Quantities that are arguments of functions of one number: net inputs. */
function netsOf({ formulas }: Model): Set<string> {
  const nets = new Set<string>();
  for (const { expression, phase } of formulas) {
    if (phase !== 'forward') continue;
    for (const node of walk(expression)) {
      const isFunction = node.kind === 'call' || (node.kind === 'operation' && node.operands.length === 1);
      const [only] = isFunction ? children(node) : [];
      if (only?.kind === 'reference') nets.add(only.name);
    }
    const read = new Set([...references(expression)].map(({ name }) => name));
    if (read.size === 1 && expression.kind !== 'reference' && expression.kind !== 'reduction')
      nets.add([...read][0]);
  }
  return nets;
}

/** Computes the derivatives by everything that the forward pass computes and reads, at all trial numbers. */
function candidateTrials(
  text: string,
  hand: Program,
  loss: string,
  options: CompileOptions,
  unknown: readonly Formula[],
): CandidateTrials | undefined {
  const { model } = hand;
  const shapes = new Set(unknown.map(({ target }) => model.quantities.get(target)?.shape.join()));
  const computed = model.formulas.filter(({ phase, version }) => phase === 'forward' && version === 'old');
  const names = [
    ...computed.map(({ target }) => target),
    ...[...model.quantities.values()].filter(({ role }) => role === 'param').map(({ name }) => name),
  ].filter((name) => name !== loss && shapes.has(model.quantities.get(name)?.shape.join()));
  const byClaim = new Map(model.formulas.flatMap((one) => (one.claim ? [[one.claim.by, one] as const] : [])));
  let asked = [...new Set(names)].filter((name) => !byClaim.has(name)).slice(0, mostCandidates);
  const letters = ['ia', 'ib', 'ic', 'id', 'ie', 'if', 'ig', 'ih'];
  const nameOf = (by: string) => `derivative_by_${by}`;
  for (let attempt = 0; attempt < 3; attempt++) {
    const lines = asked.map((by) => {
      const rank = model.quantities.get(by)?.shape.length ?? 0;
      const place = rank === 0 ? '' : `[${letters.slice(0, rank).join(',')}]`;
      return `  ${nameOf(by)}${place} : d${loss}/d${by}${place}`;
    });
    const start = text.split('\n').length + 2;
    const { program, diagnostics } = compiled(`${text}\nbackward\n${lines.join('\n')}\n`, {
      ...options,
      deriveClaims: true,
    });
    if (program === undefined) {
      // Some quantities have no derivative.
      const faulty = new Set(diagnostics.map(({ span }) => span.line - start));
      asked = asked.filter((_, at) => !faulty.has(at));
      continue;
    }
    return tried(hand, program, unknown, names, (by) => byClaim.get(by)?.target ?? nameOf(by));
  }
  return undefined;
}

function tried(
  hand: Program,
  reference: Program,
  unknown: readonly Formula[],
  names: readonly string[],
  nameOf: (by: string) => string,
): CandidateTrials {
  const layout = new Layout(reference.model);
  const kernel = trialKernel(reference, layout, (_formula, _flat, value) => value);
  const trial = new TrialNumbers(hand);
  const memories: Float64Array[] = [];
  for (let n = 0; n <= nearTrials; n++) {
    for (const [name, numbers] of trial.of(n)) kernel.memory.set(numbers, layout.slot(name, 'old').offset);
    kernel.run();
    memories.push(kernel.memory.slice());
  }
  const valuesOf = (name: string): readonly Float64Array[] | undefined => {
    if (!layout.has(name, 'old')) return undefined;
    const { offset, size } = layout.slot(name, 'old');
    return memories.map((memory) => memory.slice(offset, offset + size));
  };
  const claimed = hand.model.formulas.filter(({ claim, derived }) => claim !== undefined && !derived);
  const signOf = new Map(claimed.map(({ claim, target }) => [target, claim?.sign ?? 1]));
  const candidates = names.flatMap((by): Candidate[] => {
    const name = nameOf(by);
    const values = valuesOf(name);
    const shape = hand.model.quantities.get(by)?.shape ?? [];
    const isShort = values?.[0].length !== sizeOf(shape);
    if (values === undefined || isShort || values.some((all) => all.some((one) => !Number.isFinite(one))))
      return [];
    const turned = values.map((all) => all.map((one) => -one));
    const sign = signOf.get(name) ?? 1;
    return [
      { by, sign: 1, shape, values: sign > 0 ? values : turned },
      { by, sign: -1, shape, values: sign > 0 ? turned : values },
    ];
  });
  const right = new Map(
    claimed.flatMap((one) => {
      const values = valuesOf(one.target);
      return values === undefined ? [] : [[one, values] as const];
    }),
  );
  return new CandidateTrials(hand, candidates, right, unknown);
}
