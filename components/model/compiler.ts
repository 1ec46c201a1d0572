/*
 * What reads a model's text in the page. It is loaded where a page does not carry its model compiled, where data files are read, and
 * where a reader writes another text.
 */
import { DataFiles } from './data-files.ts';

export { tablesIn } from '../../src/formula/compile/tables.ts';
export { compileProgram } from '../../src/program/program.ts';
export { errorCard } from './error-card.ts';
export { LessonTables } from './lesson-tables.ts';

if (customElements.get('bs-files') === undefined) customElements.define('bs-files', DataFiles);
