import type { Diagnostic } from '../../src/formula/diagnostic.ts';
import type { Rewriting } from '../../src/lesson/model/rewriting.ts';
import type { Program } from '../../src/program/counted-program.ts';
import type { Session } from '../../src/session/session.ts';
import type { LessonTables } from './lesson-tables.ts';

/** A compiled text and the data files that it names. */
export type CheckedText = Rewriting & { readonly data: LessonTables };

/** The result of running a new text. */
export interface RewriteResult {
  /** Findings about the text; with an error among them, nothing was changed. */
  readonly diagnostics: readonly Diagnostic[];
  /** Sentences about the reader's choices that could not be kept. */
  readonly dropped: readonly string[];
  /** A sentence about the first divergence of the backward pass from the derivative; undefined where there is none. */
  readonly divergence?: string;
}

/** A compiled text for the debugger to run. */
export interface InstalledModel {
  /** The text as written, perhaps in shorthand. */
  readonly written: string;
  /** Its formulas. */
  readonly text: string;
  /** For each line of `text`, the 1-based line of `written` that it comes from. */
  readonly origins: readonly number[];
  readonly data: LessonTables;
  /** The program of `text`, compiled with `data`. */
  readonly program: Program;
}

/** The debugger, as far as model editing needs it. */
export interface ModelHost {
  /** The running session; undefined until the model is loaded. */
  readonly session: Session | undefined;
  /** The text that the lesson's author wrote, shorthand or formulas. */
  readonly lessonText: string;
  /** The running text as written. */
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
