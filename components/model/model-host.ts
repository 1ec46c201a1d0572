import type { Diagnostic } from '../../src/formula/diagnostic.ts';
import type { Rewriting } from '../../src/lesson/model/rewriting.ts';
import type { Program } from '../../src/program/counted-program.ts';
import type { Session } from '../../src/session/session.ts';
import type { LessonTables } from './lesson-tables.ts';

/** A text that was read, and the data files that it names. */
export type CheckedText = Rewriting & { readonly data: LessonTables };

/** What came of a new text for the model. */
export interface RewriteResult {
  /** What is wrong with the text; where anything is an error, nothing was changed. */
  readonly diagnostics: readonly Diagnostic[];
  /** In words, what could not be kept. */
  readonly dropped: readonly string[];
  /** In words, where the backward pass first parts from the derivative. */
  readonly divergence?: string;
}

/** A text that is to be run. */
export interface InstalledModel {
  /** As it was written, perhaps in shorthand. */
  readonly written: string;
  /** Its formulas, and for each of their lines the line that it comes from. */
  readonly text: string;
  readonly origins: readonly number[];
  readonly data: LessonTables;
  readonly program: Program;
}

/** The debugger, to whoever writes its model. */
export interface ModelHost {
  readonly session: Session | undefined;
  /** What the lesson's author wrote, shorthand or formulas. */
  readonly lessonText: string;
  /** What the debugger runs, as it was written; and as formulas. */
  readonly modelText: string;
  readonly text: string;
  readonly data: LessonTables | undefined;
  /** A calm word to the reader. */
  notice: string;
  /** What is wrong with a text, and its formulas; nothing is changed. */
  check(text: string): Promise<CheckedText>;
  /** Runs another text from now on, with as much as still makes sense of what there was; one that a link brought, if it is small. */
  rewrite(text: string, isFromLink?: boolean): Promise<RewriteResult>;
  install(made: InstalledModel): Promise<Session>;
  /** Says something to those who listen. */
  announce(text: string): void;
  /** Gives the keyboard to the debugger. */
  focusKeys(): void;
  requestUpdate(): void;
}
