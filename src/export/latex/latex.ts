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

export interface LatexRequest {
  /** What the model is called. */
  readonly title: string;
  /** Which steps, counted across frames: all cells that they work on are derived. */
  readonly steps: Steps;
  /** Significant digits where the lesson has no rule. */
  readonly digits?: number;
}

/** The packages that a document needs to set a fragment. */
const packages = '\\usepackage{amsmath}';

/** The derivation as a document that compiles as it is. */
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

/** The derivation alone, for a document of one's own. */
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

/** A cell's lines under each other, as one formula. */
export const cellTex = (derived: DerivedCell): string => aligned([derived.target, ...signed(derived)]);

const signed = (derived: DerivedCell): string[] =>
  derivationLines(derived).map((line, at) => `${at === 0 ? derived.sign : '='} ${line}`);

/** A formula with its sides, in lines that are not too long. */
export function equationTex(tex: string): string {
  const [, left, right] = /^(.*?) ((?:=|\\leftarrow) .*)$/s.exec(tex) as RegExpExecArray;
  return aligned([left, right]);
}

const display = (tex: string): string => `\\[${tex}\\]\n`;

/** The left side, and what stands under each other on the right. */
function aligned([left, ...right]: readonly string[]): string {
  const lines = right.flatMap((one) =>
    texLines(one).map((line, at) => `${at === 0 ? '' : '\\quad {}'}${line}`),
  );
  return `\\begin{aligned}\n${left} ${lines.map((line) => `& ${line}`).join(' \\\\\n')}\n\\end{aligned}`;
}

/** Which numbers these are. */
export const runText = ({ precision, program }: Machine): string =>
  precision === 'lesson' && program.model.store.length > 0 ? words.rounded : words.exact;
