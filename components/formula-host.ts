import type { Diagnostic } from '../src/formula/diagnostic.ts';
import type { Expansion } from '../src/network/expansion.ts';
import type { Program } from '../src/program/program.ts';

/** What came of a new text for the model. */
export interface Rewritten {
  /** What is wrong with the text; where anything is an error, nothing was changed. */
  readonly diagnostics: readonly Diagnostic[];
  /** In words, what could not be kept. */
  readonly lost: readonly string[];
}

/** The debugger, to whoever writes its model. */
export interface FormulaHost {
  /** What the lesson's author wrote, shorthand or formulas. */
  readonly lessonText: string;
  /** What the debugger runs, as it was written. */
  readonly modelText: string;
  /** What is wrong with a text, and its formulas; nothing is changed. */
  check(text: string): Promise<{
    readonly program?: Program;
    readonly diagnostics: readonly Diagnostic[];
    readonly expansion: Expansion;
  }>;
  /** Runs another text from now on, with as much as still makes sense of what there was. */
  rewrite(text: string): Promise<Rewritten>;
  /** Says something to those who listen. */
  say(text: string): void;
  /** Gives the keyboard to the debugger. */
  focusKeys(): void;
}
