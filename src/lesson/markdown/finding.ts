import { type Diagnostic, showDiagnostic } from '../../formula/diagnostic.ts';

/** An error or warning for the author of a lesson, at its place in the Markdown file. */
export interface Finding {
  /** The lesson's file; absent where the text is from no file. */
  readonly path?: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** In UTF-16 code units. */
  readonly length: number;
  /** The name of the rule, one word or a few joined by hyphens. */
  readonly rule: string;
  /** Plain text. */
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** Where a finding is; its length is 1 if left out. */
export type FindingPlace = Pick<Finding, 'line' | 'column'> & { readonly length?: number };

/** Collects the findings of a lesson. Reading goes on after each, so that one run reports all. */
export class Findings {
  /** In the order in which they were added. */
  readonly all: Finding[] = [];

  constructor(private readonly path?: string) {}

  /** Adds an error: the lesson cannot be published. */
  error(place: FindingPlace, rule: string, message: string): void {
    this.add(place, rule, message, 'error');
  }

  /** Adds a warning. */
  warning(place: FindingPlace, rule: string, message: string): void {
    this.add(place, rule, message, 'warning');
  }

  /** Adds a diagnostic of a model's text, whose first line begins at `start` in the lesson. */
  model({ span, rule, message, severity }: Diagnostic, start: FindingPlace): void {
    const place = {
      line: span.line + start.line - 1,
      column: span.column + start.column - 1,
      length: span.length,
    };
    this.add(place, rule, message, severity);
  }

  private add(place: FindingPlace, rule: string, message: string, severity: Finding['severity']): void {
    const { line, column, length = 1 } = place;
    this.all.push({
      ...(this.path !== undefined && { path: this.path }),
      line,
      column,
      length,
      rule,
      message,
      severity,
    });
  }

  /** A new list in the order of the places. */
  get sorted(): Finding[] {
    return [...this.all].sort((a, b) => a.line - b.line || a.column - b.column);
  }
}

/**
 * A finding as a line for terminals and editors: `lessons/01.md:12:4 fact the engine gives …`, with `-` in place of a missing
 * path. Plain text, without its severity and a line break.
 */
export const findingLine = ({ path, line, column, rule, message }: Finding): string =>
  `${path ?? '-'}:${line}:${column} ${rule} ${message}`;

/**
 * A finding in three lines of plain text for people: where and what, its line of the lesson, and a caret. `markdown` is the
 * whole lesson. Without a line break at the end.
 */
export const showFinding = (markdown: string, { line, column, length, ...rest }: Finding): string =>
  showDiagnostic(markdown, { ...rest, span: { line, column, length } });
