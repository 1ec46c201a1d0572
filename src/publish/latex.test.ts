import { readdirSync, readFileSync } from 'node:fs';
import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { Figures } from '../explain/figures.ts';
import { derivationLines, derivedCells } from '../export/latex/derivation-lines.ts';
import { cellTex, latexDocument, latexFragment } from '../export/latex/latex.ts';
import { modelsIn } from '../lesson/model/model-fence.ts';
import { Machine } from '../machine/machine.ts';
import { lecture, perceptron } from '../machine/testing/models.testing.ts';
import { record } from '../machine/testing/recorder.testing.ts';
import { zooModels } from '../network/zoo.testing.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { tablesBeside } from './lesson-data.ts';

/*
 * The derivation on paper: every formula of every model that is shipped or that the decks speak of is set by KaTeX without a
 * complaint, and its numbers are those of a slow recorder that is independent of the machine.
 */

function programOf(text: string): Program {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return program;
}

const lessons = readdirSync('lessons')
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) => {
    const { models } = modelsIn(readFileSync(`lessons/${file}`, 'utf8'), file, tablesBeside('lessons'));
    return [...models].map(([id, model]) => [`${file}, ${id}`, model.machine('lesson')] as const);
  });
const zoo = zooModels.map(({ name, text }) => [name, new Machine(programOf(text), 'full')] as const);

/** All mathematics of a LaTeX text. */
const formulasIn = (latex: string): string[] =>
  [...latex.matchAll(/\\\[([\s\S]*?)\\\]|\$([^$]*)\$/g)].map(([, display, inline]) => display ?? inline);

/** Sets a formula; KaTeX complains of what is not LaTeX as well as of what it cannot set. */
function set(tex: string): void {
  expect(
    () => katex.renderToString(tex, { throwOnError: true, strict: 'error', displayMode: true }),
    tex,
  ).not.toThrow();
  expect(tex.replace(/\\text\{[^}]*\}/g, '')).toMatch(/^[\x20-\x7e\n]*$/);
}

describe('the derivation as LaTeX', () => {
  it.each([...lessons, ...zoo])('%s is set by KaTeX, each kind of cell', (title, machine) => {
    const { program } = machine;
    const document = [...latexDocument(machine, { title, steps: { first: 1, last: 1 } })].join('');
    for (const tex of new Set(formulasIn(document))) set(tex);
    for (const formula of program.model.formulas) {
      const steps = program.stepsOf(
        formula,
        formula.indices.map(({ range }) => range.high),
      );
      for (const tex of formulasIn([...latexFragment(machine, { title, steps })].join(''))) set(tex);
    }
  });

  it('is a document that has all cells of an iteration, each once', () => {
    const machine = new Machine(programOf(lecture), 'lesson');
    const steps = { first: 1, last: machine.program.size };
    const document = [...latexDocument(machine, { title: 'a & b_1', steps })].join('');
    expect(document).toMatch(/^\\documentclass[\s\S]*\\begin\{document\}[\s\S]*\\end\{document\}\n$/);
    expect(document).toContain('Derivation: a \\& b\\_1');
    for (const name of ['aligned', 'document', 'cases']) {
      const count = (what: string) => document.split(`\\${what}{${name}}`).length;
      expect(count('begin')).toBe(count('end'));
    }
    expect([...derivedCells(machine, steps, new Figures(machine.program.model, 'lesson'))]).toHaveLength(22);
    expect(document).toContain(
      '\\delta^{2}_{1} & = (t_{1} - y_{1}) \\cdot y_{1} \\cdot (1 - y_{1}) \\\\\n' +
        '& = (0.5 - 0.69) \\cdot 0.69 \\cdot (1 - 0.69) \\\\\n' +
        '& = -0.040641 \\xrightarrow{\\text{4 decimal places}} -0.0406\n',
    );
  });

  it('writes out a sum in lines that fit a page, and no two terms as one', () => {
    const machine = new Machine(
      programOf(
        `given x = [${Array.from({ length: 20 }, (_, n) => `0.${n + 10}`)}]\nforward\ny = sum(i: x[i] * x[i])`,
      ),
      'full',
    );
    const figures = new Figures(machine.program.model, 'full');
    const [derived] = [...derivedCells(machine, { first: 1, last: 1 }, figures)];
    const text = cellTex(derived);
    expect(text.split('\n').every((line) => line.length < 300)).toBe(true);
    expect(text.match(/0\.\d+ \\cdot 0\.\d+/g)).toHaveLength(20);
    set(text);
  });

  it.each([
    ['the lecture', lecture, 'lesson'],
    ['the lecture', lecture, 'full'],
    ...[1, 2, 3, 4, 5, 6].map((seed) => [`network ${seed}`, perceptron(seed).text, 'full'] as const),
  ] as const)('has the numbers that %s comes to', (_, text, run) => {
    const machine = new Machine(programOf(text), run);
    const { model, size } = machine.program;
    const figures = new Figures(model, run, 15);
    const recordings = record(model, 2, { rounded: run === 'lesson' });
    const cells = derivedCells(machine, { first: 1, last: 2 * size }, figures);
    for (const [at, { steps }] of recordings.entries())
      for (let n = 0; n < steps.length; ) {
        const { value: derived } = cells.next();
        if (derived === undefined) throw new Error('too few cells');
        const end = steps.findIndex(({ stored }, k) => k >= n && stored !== null);
        const last = steps[end];
        expect([derived.frame, derived.formula, derived.cell]).toEqual([at + 1, last.formula, last.at]);
        near(number(derived.computed), last.value);
        if (derived.stored !== undefined) expect(number(derived.stored.value)).toBe(last.stored);
        const shown = numbersIn(derived.numbers);
        for (const { operands } of steps.slice(n, end + 1))
          for (const operand of operands)
            if (operand.kind === 'cell')
              expect(
                shown.some((one) => isNear(one, operand.value)),
                `${operand.cell} in ${derivationLines(derived).join(' = ')}`,
              ).toBe(true);
        n = end + 1;
      }
    expect(cells.next().done).toBe(true);
  });
});

const number = (tex: string): number =>
  tex === '\\infty' ? Number.POSITIVE_INFINITY : Number(tex.replace(/\\cdot 10\^\{(-?\d+)\}/, 'e$1'));

/** The numbers that a formula shows, with either sign: a minus before one may be the formula's. */
const numbersIn = (tex: string): number[] =>
  [...tex.replace(/\\cdot 10\^\{(-?\d+)\}/g, 'e$1').matchAll(/\d+(?:\.\d+)?(?:e-?\d+)?/g)].flatMap(
    ([text]) => [Number(text), -Number(text)],
  );

/** To 15 digits, or to those of a storing rule. */
const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-14 * Math.abs(b);
const near = (a: number, b: number): void => expect(isNear(a, b), `${a} for ${b}`).toBe(true);
