import type { Diagnostic } from '../../src/formula/diagnostic.ts';
import type { Rewriting } from '../../src/lesson/model/rewriting.ts';
import type { Program } from '../../src/program/counted-program.ts';
import type { Session } from '../../src/session/session.ts';
import type { LessonTables } from './lesson-tables.ts';

/** What the review has found about one line of the running text. */
export interface Verdict {
  /** The line as written, from 1. */
  readonly line: number;
  /** Whether the formula gives the derivative, or nothing could be seen of it. */
  readonly kind: 'agrees' | 'differs' | 'untried';
  /** A few words about it, plain text. */
  readonly text: string;
}

/** A compiled text and the data files that it names. */
export interface CheckedText extends Rewriting {
  readonly data: LessonTables;
  /** The verdicts known about the text: those of the running one, once its backward pass is reviewed. */
  readonly verdicts: readonly Verdict[];
}

/** The result of running a new text. */
export interface RewriteResult {
  /** Findings about the text; with an error among them, nothing was changed. */
  readonly diagnostics: readonly Diagnostic[];
  /** Sentences about the reader's choices that could not be kept. */
  readonly dropped: readonly string[];
  /** The verdicts about its lines; none for the lesson's own text. */
  readonly verdicts: readonly Verdict[];
}

/** A compiled text for the debugger to run. */
export interface InstalledModel {
  /** The text as written, perhaps in shorthand. */
  readonly written: string;
  /** Its formulas. */
  readonly text: string;
  /** For each line of `text`, the 1-based line of `written` that it comes from. */
  readonly origins: readonly number[];
  /** The data files that `program` was compiled with. */
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
  /** The running text as written; `text` is the same as formulas. */
  readonly modelText: string;
  /** The formulas of the running text. */
  readonly text: string;
  /** The data files of the running text; undefined where the page carries the model compiled. */
  readonly data: LessonTables | undefined;
  /** A message under the bar; empty where there is none. Setting it also announces it. */
  notice: string;
  /** Compiles a text; nothing is changed. */
  check(text: string): Promise<CheckedText>;
  /**
   * Runs another text in place of the present one, keeping the reader's choices where they still make sense. A text from a link
   * runs only if it is small.
   */
  rewrite(text: string, isFromLink?: boolean): Promise<RewriteResult>;
  /** Opens a session on a compiled text, in place of the present one. */
  install(made: InstalledModel): Promise<Session>;
  /** Announces a text in the live region. */
  announce(text: string): void;
  /** Moves the focus to the debugger's frame, without scrolling. */
  focusKeys(): void;
  /** Renders the debugger again. */
  requestUpdate(): void;
}
