import { dimensionsOf } from '../dimensions/dimensions.ts';
import '../../number/uncommon-functions.ts';
import { precisionText } from '../../number/precision-text.ts';
import { closest, type Diagnostic, Diagnostics, type Span } from '../diagnostic.ts';
import { labelledPlaces } from '../dimensions/labels.ts';
import { library } from '../library.ts';
import { mostDeclarations, mostFormulas, mostFunctions, mostNumbers, mostTables } from '../limits.ts';
import {
  cellName,
  type Formula,
  type Model,
  type Notation,
  type Pass,
  type Quantity,
  sizeOf,
} from '../model.ts';
import { readModel } from '../parse/reader.ts';
import type { FormulaStatement, FunctionStatement, PrecisionStatement, Statement } from '../statement.ts';
import { addSampleIndices, settleBatch } from './batch.ts';
import { checkFunctions } from './calls.ts';
import { checkClaimShapes, checkClaims, warnOfUnclaimed } from './claim-rules.ts';
import { fillData } from './data-quantities.ts';
import { Draft, shapePhrase } from './draft.ts';
import { shareIndices } from './index-sharing.ts';
import { checkLegibility, isTooMuch } from './legibility.ts';
import { declareNames, resolveNames } from './name-resolution.ts';
import { checkPicks } from './picks.ts';
import { RequestedDerivatives } from './requested-derivatives.ts';
import { extendTables, settleExamination, settleSamples } from './samples.ts';
import { settleShapes } from './shape-inference.ts';
import { declareTables, type Tables } from './tables.ts';

/** A compiled model and all findings about its text. */
export interface Compilation {
  /** Absent where there is an error. */
  readonly model?: Model;
  readonly diagnostics: readonly Diagnostic[];
}

/** How a text is compiled; everything is optional. */
export interface CompileOptions {
  /** Derive every claim instead of using its hand-written formula: the reference for checking the hand-written ones. */
  readonly deriveClaims?: boolean;
  /** Replaces each formula line before names are resolved, to compile a variant of the text. */
  readonly changed?: (line: FormulaStatement) => FormulaStatement;
  /** The contents of the data files that the text names; see `tablesIn`. Without it there are no files. */
  readonly tables?: Tables;
  /** Operations that may compute data, in place of `mostComputed` of `limits.ts`. */
  readonly mostComputed?: number;
  /** Ignore the batch line: the formulas as written, for one sample. */
  readonly oneSample?: boolean;
}

/** The statements of the library, read once. */
let prelude: readonly Statement[] | undefined;

/**
 * Compiles a model's text: resolves names, derives what is asked for, infers ranges and shapes. Never throws on a wrong text;
 * each mistake is a diagnostic with its place, and after an error there is no model. Shorthand must have been expanded.
 */
export function compileModel(text: string, options: CompileOptions = {}): Compilation {
  const diagnostics = new Diagnostics();
  const read = readModel(text, diagnostics);
  const statements = options.oneSample ? read.filter(({ kind }) => kind !== 'batch') : read;
  prelude ??= readModel(library, new Diagnostics());
  const written = statements.filter((one): one is FormulaStatement => one.kind === 'formula');
  const lines = options.changed === undefined ? written : written.map(options.changed);
  const asked = options.deriveClaims ? lines.map(withoutHand) : lines;
  const draft = new Draft(text, statements, asked, diagnostics, options.mostComputed);
  compile(draft, prelude, options.tables ?? (() => undefined));
  const model = diagnostics.failed ? undefined : assemble(draft, prelude);
  // Formulas that are derived only for comparison are not displayed.
  if (model !== undefined && !options.deriveClaims) checkLegibility(model, diagnostics);
  return diagnostics.failed || model === undefined
    ? { diagnostics: diagnostics.all }
    : { model, diagnostics: diagnostics.all };
}

function withoutHand(line: FormulaStatement): FormulaStatement {
  if (line.claim === undefined || line.assignment === '<-') return line;
  const { expression: _, ...rest } = line;
  return rest;
}

/** Whether the model is too large to be compiled, which is then reported. */
function isTooLarge(draft: Draft): boolean {
  const { statements, lines, diagnostics } = draft;
  const functions = statements.filter(({ kind }) => kind === 'function') as FunctionStatement[];
  for (const [most, what, all] of [
    [mostFormulas, 'formulas', lines],
    [mostFunctions, 'functions', functions],
    [mostTables, 'tables', statements.filter(({ kind }) => kind === 'table')],
    [mostDeclarations, 'lines of data and indices', statements.filter(declares)],
  ] as const) {
    if (all.length <= most) continue;
    diagnostics.error((all[most] as Placed).span, 'size', `a model has at most ${most} ${what}`);
    return true;
  }
  return isTooMuch(draft);
}

type Placed = { readonly span: Span };

const declares = ({ kind }: Statement): boolean => /^(data|random|index|mode|label)$/.test(kind);

/** Stage by stage; a stage runs only if those before it found no error. */
function compile(draft: Draft, prelude: readonly Statement[], tables: Tables): void {
  if (isTooLarge(draft)) return;
  declareTables(draft, tables);
  extendTables(draft);
  declareNames(draft, prelude);
  checkFunctions(draft);
  checkMemory(draft);
  fillData(draft);
  if (draft.lines.length === 0 && !draft.failed) {
    const start = { line: 1, column: 1, length: 1 };
    draft.error(start, 'empty', 'this model computes nothing; add formulas under a line forward');
  }
  const samples = settleSamples(draft);
  const resolved = resolveNames(draft);
  if (draft.failed) return;
  const lines = addSampleIndices(draft, resolved, samples);
  draft.lines = lines;
  draft.samples = samples;
  const stages = [
    () => checkClaims(draft, lines),
    () => settlePasses(draft, lines),
    () => checkMemory(draft),
    () => checkPicks(draft),
    () => checkClaimShapes(draft, lines),
    () => warnOfUnclaimed(draft, lines),
    () => {
      draft.examination = settleExamination(draft);
    },
  ];
  for (const stage of stages) if (!draft.failed) stage();
}

/** Pass by pass: first the derivatives that it needs, then the shapes of what its lines compute. */
function settlePasses(draft: Draft, lines: readonly FormulaStatement[]): void {
  const derivatives = new RequestedDerivatives(draft, lines);
  const passes = new Set([...lines.map(({ pass }) => pass), ...derivatives.passes]);
  for (const pass of [...passes].sort((a, b) => a - b)) {
    if (draft.failed) return;
    derivatives.derive(pass);
    if (draft.failed) return;
    settleShapes(
      draft,
      lines.filter((line) => line.pass === pass),
    );
    const own = draft.formulas.filter((formula) => formula.pass === pass);
    draft.formulas.splice(draft.formulas.length - own.length, own.length, ...shareIndices(own));
  }
}

/** The formulas in the order of their passes, and the passes that have any, renumbered from 0. */
function inOrder(formulas: readonly Omit<Formula, 'id'>[]): { passes: Pass[]; formulas: Formula[] } {
  const passes: Pass[] = [];
  let last = -1;
  const sorted = [...formulas].sort((a, b) => a.pass - b.pass);
  const numbered = sorted.map((formula, id) => {
    const { phase } = formula;
    // Two passes of one kind with nothing between them are one.
    if (formula.pass !== last && passes[passes.length - 1]?.phase !== phase) passes.push({ phase });
    last = formula.pass;
    return { ...formula, id, pass: passes.length - 1 };
  });
  return { passes, formulas: numbered };
}

/** The finished model; its rounding rules, notations and labels are checked against the quantities that exist. */
function assemble(draft: Draft, prelude: readonly Statement[]): Model {
  const all = [...prelude, ...draft.statements];
  const quantities = new Map<string, Quantity>();
  for (const [name, quantity] of draft.quantities) {
    const perSample = draft.perSample.has(name) && { perSample: true };
    quantities.set(name, { ...quantity, shape: draft.shapes.get(name) ?? [], ...perSample });
  }
  const { samples, settledBatch, examination } = draft;
  const ordered = inOrder(draft.formulas);
  const batch = settledBatch && settleBatch(draft, settledBatch, ordered.formulas, ordered.passes);
  const model = {
    text: draft.text,
    quantities,
    awaited: draft.awaited,
    functions: draft.functions,
    ...ordered,
    ...(samples && { samples }),
    ...(examination && { examination }),
    ...(batch && { batch }),
    store: precisions(draft, all, 'store'),
    show: precisions(draft, all, 'show'),
    tex: notations(draft, all, 'write'),
    words: notations(draft, all, 'say'),
  };
  checkTwice(draft, 'label');
  return { ...model, dimensions: dimensionsOf(model, labelledPlaces(draft)) };
}

/** Reports (`size`, at the largest array) a frame of more than `mostNumbers` numbers, as far as shapes are known. */
function checkMemory({ shapes, quantities, diagnostics }: Draft): void {
  let [total, most, largest] = [0, 0, ''];
  for (const [name, shape] of shapes) {
    const size = sizeOf(shape);
    total += size;
    if (size > most) [most, largest] = [size, name];
  }
  const { span } = quantities.get(largest) ?? {};
  if (total <= mostNumbers || span === undefined) return;
  const has = `${largest} has the shape ${shapePhrase(shapes.get(largest) ?? [])}`;
  const what = `an iteration would hold ${total} numbers, more than a page has room for`;
  diagnostics.error(span, 'size', `${what}; ${has}`);
}

function precisions(draft: Draft, all: readonly Statement[], kind: 'store' | 'show'): PrecisionStatement[] {
  const rules = all.filter((one): one is PrecisionStatement => one.kind === kind);
  for (const { name, cell, span } of rules.flatMap(({ selectors }) => selectors)) {
    // For a per-sample quantity a rule names the cell of one sample and holds for all.
    const shape = draft.shapes.get(name)?.slice(draft.perSample.has(name) ? 1 : 0);
    if (shape === undefined) {
      const near = closest(name, draft.quantities.keys());
      draft.error(span, 'name', `there is no ${name} to round${near ? `; do you mean ${near}?` : ''}`);
    } else if (cell && (cell.length !== shape.length || cell.some((n, d) => n < 1 || n > shape[d]))) {
      const has = `${name} has the shape ${shapePhrase(shape)}`;
      draft.error(span, 'range', `${has}; there is no cell ${cellName(name, cell)}`);
    }
  }
  checkTwice(draft, kind);
  return rules;
}

/**
 * Of two rules for the same cells only one can hold. Rounding of stored values changes the run, so two `store` rules are an
 * error; for display, typesetting, speech and labels the later line holds, with a warning.
 */
function checkTwice(draft: Draft, kind: RuleKind): void {
  const known = new Map<string, { readonly text: string; readonly span: Span }>();
  for (const { cells, text, span } of draft.statements.flatMap((one) => rulesIn(one, kind))) {
    const before = known.get(cells);
    known.set(cells, { text, span });
    if (before === undefined || before.text === text) continue;
    const both = `${kind} ${cells} stands here and in line ${before.span.line}`;
    if (kind === 'store') {
      draft.error(span, 'twice', `${both}, with ${text} and ${before.text}; leave one of them out`);
    } else draft.diagnostics.warning(span, 'twice', `${both}; this line holds, leave the other out`);
  }
}

type RuleKind = 'store' | 'show' | 'write' | 'say' | 'label';

/** The rules of a line, one for each cell or quantity that it names. */
function rulesIn(
  one: Statement,
  kind: RuleKind,
): { readonly cells: string; readonly text: string; readonly span: Span }[] {
  if (one.kind !== kind) return [];
  if (one.kind === 'write' || one.kind === 'say' || one.kind === 'label')
    return [{ cells: one.name, text: one.text, span: one.span }];
  const { selectors, precision } = one as PrecisionStatement;
  const text = precisionText(precision);
  return selectors.map(({ name, cell = [], span }) => ({ cells: cellName(name, cell), text, span }));
}

function notations(draft: Draft, all: readonly Statement[], kind: 'write' | 'say'): Map<string, Notation> {
  checkTwice(draft, kind);
  const found = new Map<string, Notation>();
  for (const one of all) {
    if (one.kind !== kind) continue;
    if (!draft.quantities.has(one.name) && !draft.functions.has(one.name)) {
      draft.error(one.span, 'name', `there is no ${one.name} to ${kind}`);
    }
    found.set(one.name, { text: one.text, span: one.span });
  }
  return found;
}
