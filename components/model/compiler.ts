/*
 * What reads a model's text in the page. It is loaded where a page does not carry its model compiled, where data files are read, and
 * where a reader writes another text.
 */
import type { ReadOptions } from '../../src/data/file.ts';
import { tablesIn } from '../../src/formula/compile/tables.ts';
import type { Program } from '../../src/program/counted-program.ts';
import { compileProgram } from '../../src/program/program.ts';
import { LessonTables } from './lesson-tables.ts';
import type { ModelHost } from './model-host.ts';

export { DataFiles } from './data-files.ts';
export { errorCardTemplate } from './error-card.ts';

/** Compiles a model's formulas with the data files that they name, as far as those are to be had. */
export async function compileWithFiles(
  text: string,
): Promise<ReturnType<typeof compileProgram> & { readonly data: LessonTables }> {
  const data = new LessonTables(tablesIn(text));
  await data.load();
  return { ...compileProgram(text, { tables: data.tables }), data };
}

/** The debugger, to whoever brings data files. */
type FilesHost = Pick<ModelHost, 'text' | 'data'> & { begin(program: Program): Promise<void> };

/**
 * Takes data files from the reader and begins anew with them. What cannot be used is told in words, and changes nothing: the numbers
 * that were there before are still there.
 */
export async function addFiles(
  host: FilesHost,
  data: LessonTables,
  files: readonly File[],
  waiting: ReadOptions,
): Promise<readonly string[]> {
  const { found, problems } = await data.read(files, waiting);
  if (found.size === 0) return problems;
  // Reading takes its time: another text may run by now, with data of its own.
  const present = host.data ?? data;
  const { program, diagnostics } = compileProgram(host.text, { tables: present.with(found) });
  if (program === undefined) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    return [...problems, ...errors.map(({ message }) => `${message}.`)];
  }
  present.take(found);
  await host.begin(program);
  return problems;
}
