import { Figures } from '../../explain/figures.ts';
import type { Formula } from '../../formula/model.ts';
import type { Phase } from '../../formula/statement.ts';
import type { Machine } from '../../machine/machine.ts';
import { Moment } from '../../machine/moment.ts';
import { formatCount } from '../../number/format.ts';
import type { Steps } from '../../program/program.ts';
import { handoutWords as words } from '../../words/export/handout.ts';
import {
  type DerivedCell,
  derivationLines,
  derivedCells,
  derivedFormula,
  derivedFunctions,
  startingNumbers,
} from './derivation-lines.ts';
import { texLines, texText } from './portable-tex.ts';

/** What to derive of a run. */
export interface LatexRequest {
  /** The model's name. */
  readonly title: string;
  /** Counted across frames, both ends inclusive: all cells that these steps work on are derived, each as a whole. */
  readonly steps: Steps;
  /** Significant digits where the lesson has no rule. */
  readonly digits?: number;
}

/** The packages that a document needs to set a fragment. */
const packages = '\\usepackage{amsmath}';

/**
 * The derivation as a complete LaTeX document, in parts: formulas, the numbers that the first step's frame begins with, and the
 * fragment. Joined, the parts are the file, with a line break at its end. Frames that have not been run are run.
 */
export function* latexDocument(machine: Machine, request: LatexRequest): Generator<string> {
  const { model } = machine.program;
  yield `\\documentclass[11pt,fleqn]{article}
\\usepackage[a4paper,margin=22mm]{geometry}
${packages}
\\allowdisplaybreaks
\\setlength{\\parindent}{0pt}
\\begin{document}

\\section*{${texText(words.title(request.title))}}

${texText(runText(machine))}

`;
  const functions = derivedFunctions(model, model.formulas);
  yield `\\subsection*{${texText(words.formulas)}}\n`;
  for (const [pass, { phase }] of model.passes.entries()) {
    yield `\\paragraph{${texText(words[phase])}}\n`;
    for (const formula of model.formulas.filter((one) => one.pass === pass))
      yield display(equationTex(derivedFormula(model, formula)));
  }
  if (functions.length > 0) {
    yield `\\paragraph{${texText(words.functions)}}\n`;
    for (const one of functions) yield display(equationTex(one));
  }
  const frame = new Moment(machine, Math.max(1, request.steps.first)).frame;
  const numbers = startingNumbers(machine, frame, new Figures(model, machine.precision, request.digits));
  if (numbers.length > 0) yield `\\subsection*{${texText(words.numbers(formatCount(frame)))}}\n`;
  for (const one of numbers) yield display(one);
  yield* latexFragment(machine, request);
  yield '\\end{document}\n';
}

/**
 * The derivation alone, in parts, to be included in a document; a comment at its head names the packages that it needs. It ends
 * with a line break. Frames that have not been run are run.
 */
export function* latexFragment(machine: Machine, { steps, digits }: LatexRequest): Generator<string> {
  const { model } = machine.program;
  const figures = new Figures(model, machine.precision, digits);
  let frame = 0;
  let phase: Phase | undefined;
  let formula: Formula | undefined;
  yield `% ${words.needs(packages)}\n`;
  for (const derived of derivedCells(machine, steps, figures)) {
    if (derived.frame !== frame || derived.formula.phase !== phase) {
      ({ frame } = derived);
      ({ phase } = derived.formula);
      formula = undefined;
      yield `\n\\subsection*{${texText(words.part(formatCount(frame), words[phase]))}}\n`;
    }
    if (derived.formula !== formula) {
      ({ formula } = derived);
      const general = derivedFormula(model, formula);
      const heading = `\n\\paragraph{${texText(words.formula)}}`;
      yield texLines(general).length > 1
        ? `${heading}\n${display(equationTex(general))}`
        : `${heading} $\\displaystyle ${general}$\n`;
    }
    yield display(cellTex(derived));
  }
}

/**
 * A cell's derivation as one `aligned` formula, without delimiters around it: symbols, numbers and result on lines of their
 * own.
 */
export const cellTex = (derived: DerivedCell): string => aligned([derived.target, ...signed(derived)]);

const signed = (derived: DerivedCell): string[] =>
  derivationLines(derived).map((line, at) => `${at === 0 ? derived.sign : '='} ${line}`);

/**
 * An equation, `left = right` or `left \leftarrow right`, as an `aligned` formula without delimiters around it, its right side
 * broken into lines where it is too long. Spaces must stand around the sign; without such a sign a TypeError is thrown.
 */
export function equationTex(tex: string): string {
  const [, left, right] = /^(.*?) ((?:=|\\leftarrow) .*)$/s.exec(tex) as RegExpExecArray;
  return aligned([left, right]);
}

const display = (tex: string): string => `\\[${tex}\\]\n`;

/** The left side, and the lines of the right side under each other. */
function aligned([left, ...right]: readonly string[]): string {
  const lines = right.flatMap((one) =>
    texLines(one).map((line, at) => `${at === 0 ? '' : '\\quad {}'}${line}`),
  );
  return `\\begin{aligned}\n${left} ${lines.map((line) => `& ${line}`).join(' \\\\\n')}\n\\end{aligned}`;
}

/** A sentence, plain text, on the precision of the run's numbers: rounded by the lesson's rules, or exact. */
export const runText = ({ precision, program }: Machine): string =>
  precision === 'lesson' && program.model.store.length > 0 ? words.rounded : words.exact;
