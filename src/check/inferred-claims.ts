import { plainIndex } from '../formula/affine.ts';
import type { CompileOptions } from '../formula/compile/compile.ts';
import { type Expression, type Reference, references } from '../formula/expression.ts';
import type { Formula, Model } from '../formula/model.ts';
import { asTree, print } from '../formula/print/printer.ts';
import { codeMedium } from '../formula/print/pseudocode.ts';
import { Layout } from '../machine/memory/layout.ts';
import { runToEnd, type SlicedWork } from '../machine/step/sliced-work.ts';
import type { Program } from '../program/program.ts';
import { withClaims } from './claim-text.ts';
import { compiled } from './compiled.ts';
import { inferSensitivities } from './inferred-sensitivities.ts';
import { trialKernel } from './trial.ts';
import { TrialNumbers } from './trial-numbers.ts';

/** A text in which every formula of backward states its role. */
export interface Roles {
  /** The text with claims. */
  readonly text: string;
  /** The targets of formulas whose claims were inferred. */
  readonly inferred: ReadonlySet<string>;
  /**
   * Updates that contain a gradient, such as `W <- W + eta * δ[k] * h[j]`. The text has an additional line with that gradient; by
   * the line's name, the updated parameter and what the update multiplies the gradient by.
   */
  readonly updates: ReadonlyMap<string, { readonly parameter: string; readonly scale: Expression }>;
}

/**
 * Adds a claim to every backward line whose role can be inferred; `given` are the compile options. A gradient is recognised by
 * the update that uses it: `W <- W - eta*g` makes g the derivative by W, and so does a chain of states such as those of momentum
 * or Adam, if raising g lowers W; if it raises W, g is the negative derivative. A sensitivity is recognised by its values (see
 * `inferSensitivities`). All other lines are names for parts of a formula. Returns the text unchanged if it does not compile or
 * its loss is ambiguous.
 */
export const assignRoles = (text: string, given: CompileOptions): Roles =>
  runToEnd(assignRolesTask(text, given));

/** `assignRoles` in time slices. */
export function* assignRolesTask(text: string, given: CompileOptions): SlicedWork<Roles> {
  const none: Roles = { text, inferred: new Set(), updates: new Map() };
  const whole = compiled(text, given).program;
  const single = whole?.model.batch && compiled(text, { ...given, oneSample: true }).program;
  const options = single === undefined ? given : { ...given, oneSample: true };
  const hand = single ?? whole;
  yield 0;
  const loss = hand && lossOf(hand.model);
  if (hand === undefined || loss === undefined) return none;
  const gradients = gradientsOf(hand, loss);
  if (hand.model.batch !== undefined) {
    // With a line about the whole batch, all lines but gradients have an implicit sample index.
    const inferred = new Set([...gradients.keys()].map(({ target }) => target));
    return { text: withClaims(text, gradients, new Map()), inferred, updates: new Map() };
  }
  const updates = inlineUpdates(hand, loss, text, new Set([...gradients.keys()].map(({ target }) => target)));
  yield 0;
  const first = withClaims(text, gradients, updates.lines);
  const programs = compiled(first, options).program;
  if (programs === undefined) return none;
  yield 0;
  const sensitivities = inferSensitivities(first, programs, loss, options);
  const inferred = new Set([...gradients.keys(), ...sensitivities.keys()].map(({ target }) => target));
  const after = withClaims(first, sensitivities, new Map());
  yield 0;
  // Keep the text before the claims if they do not compile.
  const isSound = compiled(after, { ...options, deriveClaims: true }).program !== undefined;
  return { text: isSound ? after : first, inferred, updates: updates.gradients };
}

/**
 * The name of the loss of the backward pass: the one that its claims and derivatives name, or without any the only forward scalar
 * (for one sample) that no forward formula reads; undefined if ambiguous.
 */
export function lossOf({ formulas, batch }: Model): string | undefined {
  const named = new Set<string>();
  for (const { claim, target, derived } of formulas) {
    if (claim !== undefined) named.add(claim.of);
    else if (derived && target.includes('/')) named.add(target.split('/')[0].slice(1));
  }
  if (named.size > 0) return named.size === 1 ? [...named][0] : undefined;
  const forward = formulas.filter(({ phase }) => phase === 'forward');
  const read = new Set(forward.flatMap((one) => [...references(one.expression)].map(({ name }) => name)));
  const ends = forward.filter(
    ({ target, indices, version }) =>
      version === 'old' && !read.has(target) && indices.every(({ name }) => name === batch?.index),
  );
  return ends.length === 1 ? ends[0].target : undefined;
}

const isHand = ({ derived, phase, claim, mistake }: Formula): boolean =>
  !derived && phase === 'backward' && claim === undefined && mistake === undefined;

const isOneLine = ({ lineSpan, span }: Formula): boolean => lineSpan.length > span.length;

/** The updates of trained parameters. */
const updatesOf = ({ model }: Program): Formula[] =>
  model.formulas.filter(
    ({ version, target, derived }) =>
      version === 'new' && !derived && model.quantities.get(target)?.role === 'param',
  );

/** For each index of the left side, the dimension of a read quantity at which it stands; undefined if they do not pair up. */
function pairs({ indices }: Formula, read: Reference): number[] | undefined {
  const names = read.indices.map(plainIndex);
  const found = indices.map(({ name }) => names.indexOf(name));
  return names.length === indices.length && !found.includes(-1) ? found : undefined;
}

/** Backward lines that an update uses as the gradient of its parameter, with the claim they get. */
function gradientsOf(hand: Program, loss: string): Map<Formula, string> {
  const found = new Map<Formula, string>();
  const isTaken = new Set(hand.model.formulas.flatMap(({ claim }) => (claim ? [claim.by] : [])));
  for (const update of updatesOf(hand)) {
    if (isTaken.has(update.target)) continue;
    const candidates = [...readBy(hand, update)];
    const [one] = candidates;
    if (candidates.length !== 1 || found.has(one.formula) || !isOneLine(one.formula)) continue;
    const isAlone = !one.isDirect || isMultiple(update, one.formula, hand.model);
    const sign = isAlone ? slopeOf(hand, one.formula, update) : 0;
    if (sign === 0) continue;
    const names = one.dimensions.map((d) => one.formula.indices[d].name);
    const place = names.length === 0 ? '' : `[${names.join(',')}]`;
    found.set(one.formula, `${sign > 0 ? '-' : ''}d${loss}/d${update.target}${place}`);
  }
  return found;
}

interface Candidate {
  readonly formula: Formula;
  /** Whether the update itself reads it. */
  readonly isDirect: boolean;
  /** For each dimension of the parameter, that of the formula. */
  readonly dimensions: readonly number[];
}

/** Backward lines without a claim that an update reads cell by cell, directly or through other updates. */
function* readBy(hand: Program, update: Formula): Generator<Candidate> {
  const seen = new Set<Formula>([update]);
  const open: { formula: Formula; dimensions: number[] }[] = [
    { formula: update, dimensions: update.indices.map((_, d) => d) },
  ];
  for (let at = 0; at < open.length; at++) {
    const { formula, dimensions } = open[at];
    for (const read of references(formula.expression)) {
      const writer = hand.writer(read.name, read.version);
      const paired = pairs(formula, read);
      if (writer === undefined || paired === undefined || seen.has(writer)) continue;
      const next = dimensions.map((d) => paired[d]);
      seen.add(writer);
      if (isHand(writer) && !hand.model.quantities.get(writer.target)?.perSample)
        yield { formula: writer, isDirect: formula === update, dimensions: next };
      else if (writer.phase === 'update') open.push({ formula: writer, dimensions: next });
    }
  }
}

/** Whether an update is W ± g with only scalar factors on g. */
function isMultiple(update: Formula, { target }: Formula, model: Model): boolean {
  const step = stepOf(update);
  return (
    step !== undefined && factorsOf(step.change).every((one) => isScalar(one, model) || isCell(one, target))
  );
}

const isCell = (e: Expression, name: string): boolean => e.kind === 'reference' && e.name === name;

const isScalar = (e: Expression, { quantities }: Model): boolean =>
  e.kind === 'number' || (e.kind === 'reference' && quantities.get(e.name)?.shape.length === 0);

/** The change in an update `W - change` or `W + change`. */
function stepOf({ target, expression }: Formula): { change: Expression } | undefined {
  if (expression.kind !== 'operation' || !['add', 'sub'].includes(expression.operation)) return undefined;
  const [a, b] = expression.operands;
  return isCell(a, target) ? { change: b } : undefined;
}

/** The factors of a product, without signs and constant divisors. */
function factorsOf(e: Expression): Expression[] {
  if (e.kind === 'operation' && e.operation === 'mul') return e.operands.flatMap(factorsOf);
  if (e.kind === 'operation' && e.operation === 'neg') return factorsOf(e.operands[0]);
  if (e.kind === 'operation' && e.operation === 'div' && e.operands[1].kind === 'number')
    return factorsOf(e.operands[0]);
  return [e];
}

/** Whether an update rises (1) or falls (−1) everywhere with a formula; 0 if that is unclear. */
function slopeOf(hand: Program, { target }: Formula, update: Formula): number {
  const layout = new Layout(hand.model);
  const numbersOf = new TrialNumbers(hand);
  let value = 0;
  const kernel = trialKernel(hand, layout, (formula, _flat, given) =>
    formula.target === target ? value : given,
  );
  const { offset, size } = layout.slot(update.target, 'new');
  const [low, high] = [-1, 1].map((given) => {
    value = given;
    for (const [name, numbers] of numbersOf.of(0))
      kernel.memory.set(numbers, layout.slot(name, 'old').offset);
    kernel.run();
    return kernel.memory.slice(offset, offset + size);
  });
  const signs = new Set(low.map((one, at) => Math.sign(high[at] - one)));
  const [sign] = signs;
  return signs.size === 1 && Number.isFinite(sign) ? sign : 0;
}

/** Updates that contain a gradient without a line of its own; such a line is derived from the update's change. */
function inlineUpdates(
  hand: Program,
  loss: string,
  text: string,
  gradients: ReadonlySet<string>,
): { lines: Map<number, string>; gradients: Map<string, { parameter: string; scale: Expression }> } {
  const lines = new Map<number, string>();
  const found = new Map<string, { parameter: string; scale: Expression }>();
  const { model } = hand;
  for (const update of updatesOf(hand)) {
    const { target, indices, lineSpan, phase } = update;
    const step = stepOf(update);
    const isGiven = model.formulas.some(({ claim }) => claim?.of === loss && claim.by === target);
    if (step === undefined || isGiven || !isOneLine(update)) continue;
    const read = [...references(step.change)];
    const ofBackward = read.filter(({ name }) => {
      const writer = hand.writer(name, 'old');
      return writer?.phase === 'backward' && !writer.derived;
    });
    const isOdd = read.some(
      ({ name }) =>
        name === target ||
        gradients.has(name) ||
        model.quantities.get(name)?.role === 'state' ||
        hand.writer(name, 'old')?.mistake !== undefined,
    );
    const source = /<-(.*)$/s.exec(
      text.split('\n')[lineSpan.line - 1].slice(0, lineSpan.column - 1 + lineSpan.length),
    );
    if (isOdd || ofBackward.length === 0 || source === null) continue;
    const scale = scaleOf(step.change, model);
    const name = `gradient_${target}`;
    const place = indices.length === 0 ? '' : `[${indices.map((one) => one.name).join(',')}]`;
    const by =
      scale.kind === 'number' && scale.value === 1 ? '' : ` / ${print(asTree(scale), codeMedium).text}`;
    const gradient = `  ${name}${place} = (${target}${place} - (${source[1].trim()}))${by} : d${loss}/d${target}${place}`;
    lines.set(lineSpan.line, phase === 'backward' ? gradient : `backward\n${gradient}\n${phase}`);
    found.set(name, { parameter: target, scale });
  }
  return { lines, gradients: found };
}

/** What the gradient is multiplied by: a rate, else a number that is not an integer. */
function scaleOf(change: Expression, { quantities }: Model): Expression {
  const factors = factorsOf(change);
  const rate = factors.find((one) => one.kind === 'reference' && quantities.get(one.name)?.role === 'rate');
  const isPart = (one: Expression) => one.kind === 'number' && !Number.isInteger(one.value);
  return rate ?? factors.find(isPart) ?? { kind: 'number', value: 1 };
}
