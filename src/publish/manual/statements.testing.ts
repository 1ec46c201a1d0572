import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readUnpacked } from '../../data/file.ts';
import type { Tables } from '../../formula/compile/tables.ts';
import { codeFormula } from '../../formula/print/pseudocode.ts';
import { LessonModel } from '../../lesson/model/model.ts';
import { editsOf, Machine, type Mode, type RunPrecision } from '../../machine/machine.ts';
import { Moment } from '../../machine/moment.ts';
import type { Program } from '../../program/program.ts';
import { tablesBeside } from '../lesson-data.ts';

/*
 * What the manual's two pages say that the product does is tried here, statement by statement. A statement is a sentence, an item of a
 * list, or a row of a table; each must be tried, or be listed as one that claims nothing, so a new sentence needs a try.
 */

/** A piece of a statement's text, word for word, and what shows that it is true. */
export type Tried = readonly [says: string, shows: () => void | Promise<void>];

/** A test elsewhere that shows a statement, where trying it takes a page in a browser. */
interface Elsewhere {
  readonly says: string;
  /** From the project's root, as `e2e/keyboard.spec.ts`. */
  readonly file: string;
  /** The test's title, or a part of it. */
  readonly title: string;
}

/** What there is to a section of a page. */
export interface Statements {
  readonly tried: readonly Tried[];
  readonly elsewhere?: readonly Elsewhere[];
  /** Pieces of statements that claim nothing of the product: definitions, advice, what leads over to an example. */
  readonly claimNothing?: readonly string[];
}

/** The statements of a page's section, in order; `''` is what comes before the first heading. */
export function statementsOf(page: string, section: string): string[] {
  const text = readFileSync(`lessons/${page}`, 'utf8')
    .replace(/^---\n.*?\n---\n/s, '')
    .replace(/^(`{3,}|:{3,}).*?^\1[^\n]*$/gms, '');
  const [, body] = text
    .split(/^## /m)
    .map((part, n) => (n === 0 ? ['', part] : part.split(/\n(.*)/s)))
    .find(([title]) => title === section) ?? [section, undefined];
  if (body === undefined) throw new Error(`${page} has no section “${section}”`);
  return body
    .split(/\n{2,}/)
    .flatMap((block) => {
      const lines = block.trim().split('\n');
      if (lines[0].startsWith('|')) return lines.slice(2);
      if (/^- /.test(lines[0])) return lines.flatMap(sentences);
      return sentences(lines.join(' '));
    })
    .filter((one) => one !== '');
}

/** A paragraph's sentences. A full stop in code ends none. */
function sentences(paragraph: string): string[] {
  const code: string[] = [];
  const text = paragraph.replace(/`+[^`]*`+|\$[^$]*\$/g, (span) => `\uE000${code.push(span) - 1}\uE001`);
  return text
    .split(/(?<=[.!?][*)”]*)\s+(?=[\p{Lu}\uE000*“])/u)
    .map((one) => one.replace(/\uE000(\d+)\uE001/g, (_, n) => code[Number(n)]).trim());
}

/** Declares the tests of a section: every statement has a try or claims nothing, and every try shows what it should. */
export function tryStatements(
  page: string,
  section: string,
  { tried, elsewhere = [], claimNothing = [] }: Statements,
): void {
  describe(`${page}, ${section || 'the beginning'}`, () => {
    const all = statementsOf(page, section);
    const pieces = [...tried.map(([says]) => says), ...elsewhere.map(({ says }) => says), ...claimNothing];

    it('has a try for every statement', () => {
      expect(all.filter((one) => !pieces.some((piece) => one.includes(piece)))).toEqual([]);
    });

    it('says what is tried here', () => {
      expect(pieces.filter((piece) => !all.some((one) => one.includes(piece)))).toEqual([]);
    });

    it.each(tried)('%s', (_, shows) => shows());

    it.each(elsewhere)('$says: $file', ({ file, title }) => {
      const titles = [...readFileSync(file, 'utf8').matchAll(/\b(?:test|it)(?:\.\w+)*\(\s*(['"`])(.*?)\1/gs)];
      expect(titles.map(([, , text]) => text).filter((text) => text.includes(title))).not.toEqual([]);
    });
  });
}

/** The code blocks of a page's section, in order, those of models and of plain code alike. */
export function codeOf(page: string, section: string): string[] {
  const [, body = ''] = readFileSync(`lessons/${page}`, 'utf8').split(`\n## ${section}\n`);
  const [own] = body.split('\n## ');
  return [...own.matchAll(/^```[^\n]*\n(.*?)^```$/gms)].map(([, code]) => code);
}

/** A text file beside the lesson, by its name; or all files that are beside it. */
export type Files = Readonly<Record<string, string>> | Tables;

const beside = tablesBeside('lessons');

/** A model as a lesson has it, with the files beside it and, under names of their own, some more. */
export class TriedModel {
  private readonly model: LessonModel;

  constructor(text: string, files: Files = {}) {
    const tables: Tables = (file) => {
      const added = typeof files === 'function' ? undefined : files[file];
      return added === undefined ? beside(file) : readUnpacked(file, new TextEncoder().encode(added));
    };
    const all = typeof files === 'function' ? files : tables;
    this.model = new LessonModel('m', text, { line: 1, column: 1 }, all);
  }

  /** All errors and warnings, in order; of claims that were tried, too. */
  get messages(): string[] {
    return this.model.diagnostics.map(({ message }) => message);
  }

  /** Where all errors and warnings stand, in order; lines and columns from 1. */
  get places(): { line: number; column: number }[] {
    return this.model.diagnostics.map(({ span: { line, column } }) => ({ line, column }));
  }

  /** Whether it can be run. */
  get isRunnable(): boolean {
    return this.model.program !== undefined;
  }

  /** Its formulas, without shorthand. */
  get text(): string {
    return this.model.text;
  }

  /** Throws with the messages where it cannot be run. */
  get program(): Program {
    const { program } = this.model;
    if (program === undefined) throw new Error(this.messages.join('\n'));
    return program;
  }

  /** The newest value of a cell such as `W1[1,2]` at the end of an iteration (from 1; 0: before the first). */
  value(cell: string, frame = 1, precision: RunPrecision = 'lesson'): number {
    const found = this.program && this.model.value(precision, frame, cell);
    if ('message' in found) throw new Error(found.message);
    return found.value;
  }

  /** The newest values of all cells of a quantity at the end of an iteration (from 1; 0: before the first), row by row. */
  values(name: string, frame = 1): number[] {
    const machine = this.program && this.model.machine('lesson');
    const isNew = frame > 0 && machine.layout.has(name, 'new');
    return [...machine.array(Math.max(1, frame), name, isNew ? 'new' : 'old')];
  }

  /** The same while evaluating, or with given numbers that a reader has changed. */
  otherwise(
    mode: Mode,
    edits: Readonly<Record<string, number>> = {},
  ): (name: string, frame?: number) => number[] {
    const machine = new Machine(this.program, 'lesson', editsOf(new Map(Object.entries(edits))), mode);
    return (name, frame = 1) => [
      ...machine.array(frame, name, machine.layout.has(name, 'new') ? 'new' : 'old'),
    ];
  }

  /** All formulas as the model computes them, derived ones and the samples' index included. */
  get formulas(): string[] {
    return this.program.model.formulas.map((one) => codeFormula(one));
  }

  /** A quantity's shape. */
  shape(name: string): readonly number[] {
    const quantity = this.program.model.quantities.get(name);
    if (quantity === undefined) throw new Error(`there is no ${name}`);
    return quantity.shape;
  }

  /** The cells in the order in which an iteration's steps finish them, as `h[1]`. */
  get finished(): string[] {
    const { size } = this.program;
    const machine = this.model.machine('lesson');
    return Array.from({ length: size }, (_, n) => new Moment(machine, n + 1)).flatMap((moment) =>
      moment.finishesCell && moment.location !== undefined
        ? [
            `${moment.location.formula.target}${moment.location.cell.length ? `[${moment.location.cell}]` : ''}`,
          ]
        : [],
    );
  }

  /** The names of the operations that an iteration does for the cells of a quantity, in order. */
  operations(target: string): string[] {
    const { size } = this.program;
    const machine = this.model.machine('lesson');
    return Array.from({ length: size }, (_, n) => new Moment(machine, n + 1)).flatMap((moment) =>
      moment.location?.formula.target === target && moment.operation !== undefined
        ? [moment.operation.name]
        : [],
    );
  }
}

/** A model from lines that are indented as the code around them. */
export const tried = (text: string, files: Files = {}): TriedModel =>
  new TriedModel(
    text.replace(/^\n/, '').replace(new RegExp(`^${/^\n?( *)/.exec(text)?.[1]}`, 'gm'), ''),
    files,
  );
