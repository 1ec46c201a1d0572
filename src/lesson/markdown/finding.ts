import { type Diagnostic, showDiagnostic } from '../../formula/diagnostic.ts';

/** Something the author of a lesson should know, at its place in the Markdown file; lines and columns from 1. */
export interface Finding {
  readonly path?: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The name of the rule, one word or a few joined by hyphens. */
  readonly rule: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

export type FindingPlace = Pick<Finding, 'line' | 'column'> & { readonly length?: number };

/** Collects what is wrong with a lesson; reading goes on after each finding, so one run tells all. */
export class Findings {
  readonly all: Finding[] = [];

  constructor(private readonly path?: string) {}

  error(place: FindingPlace, rule: string, message: string): void {
    this.add(place, rule, message, 'error');
  }

  warning(place: FindingPlace, rule: string, message: string): void {
    this.add(place, rule, message, 'warning');
  }

  /** Takes over what was found in a model's text, whose first line stands at `start` in the lesson. */
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

  /** In the order of the lines. */
  get sorted(): Finding[] {
    return [...this.all].sort((a, b) => a.line - b.line || a.column - b.column);
  }
}

/** `lessons/01.md:12:4 fact the engine gives …` */
export const findingLine = ({ path, line, column, rule, message }: Finding): string =>
  `${path ?? '-'}:${line}:${column} ${rule} ${message}`;

/** A finding for the eye, with its line of the lesson and a caret. */
export const showFinding = (markdown: string, { line, column, length, ...rest }: Finding): string =>
  showDiagnostic(markdown, { ...rest, span: { line, column, length } });
