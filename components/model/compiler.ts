/*
 * What reads a model's text in the page. It is loaded where a page does not carry its model compiled, where data files are read, and
 * where a reader writes another text.
 */

export { tablesIn } from '../../src/formula/compile/tables.ts';
export { compileProgram } from '../../src/program/program.ts';
export { DataFiles } from './data-files.ts';
export { errorCard } from './error-card.ts';
export { LessonTables } from './lesson-tables.ts';
