/*
 * Compiles a model's text in the page. Loaded where a page does not carry its model compiled, where data files are read, and
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

/**
 * Compiles a model's formulas (no shorthand) with the data files of the site that they name, which it loads. `data` also lists
 * the files that the reader is to provide. Mistakes are diagnostics; rejects with a `FileLoadError` where a file cannot be
 * loaded.
 */
export async function compileWithFiles(
  text: string,
): Promise<ReturnType<typeof compileProgram> & { readonly data: LessonTables }> {
  const data = new LessonTables(tablesIn(text));
  await data.load();
  return { ...compileProgram(text, { tables: data.tables }), data };
}

/** The debugger, as far as reading data files needs it. */
type FilesHost = Pick<ModelHost, 'text' | 'data'> & { begin(program: Program): Promise<void> };

/**
 * Reads the reader's data files and opens a session with them; `data` has the files so far (the host's own, if any, wins),
 * `waiting` reports progress and ends the reading. Gives a sentence about each file that cannot be used, none if all can; a
 * file with which the model does not compile changes nothing, and the session goes on.
 */
export async function addFiles(
  host: FilesHost,
  data: LessonTables,
  files: readonly File[],
  waiting: ReadOptions,
): Promise<readonly string[]> {
  const { found, problems } = await data.read(files, waiting);
  if (found.size === 0) return problems;
  // Another text, with data of its own, may run by now.
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
