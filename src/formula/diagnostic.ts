import { mostFindings } from './limits.ts';

/** A place in a text: 1-based line and column, and how many characters it covers. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** Something the author should know, at its place. `error` stops the model, `warning` does not. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** The name of the rule, one word or a few joined by hyphens. */
  readonly rule: string;
  /** What is wrong, and what to do. */
  readonly message: string;
  readonly span: Span;
}

/** Collects what is wrong with a text; reading goes on after each finding, so one run tells all, or as much as anybody reads. */
export class Diagnostics {
  readonly all: Diagnostic[] = [];
  private hasError = false;

  error(span: Span, rule: string, message: string): void {
    this.hasError = true;
    if (!this.isFull) this.all.push({ severity: 'error', rule, message, span });
  }

  warning(span: Span, rule: string, message: string): void {
    if (!this.isFull) this.all.push({ severity: 'warning', rule, message, span });
  }

  get failed(): boolean {
    return this.hasError;
  }

  /** Whether nothing more is taken down: then nothing need be looked for any more. */
  get isFull(): boolean {
    return this.all.length >= mostFindings;
  }
}

/** A diagnostic for the eye: where, what, and the line with a caret under the place. */
export function showDiagnostic(text: string, { span, rule, message }: Diagnostic): string {
  const line = text.split('\n')[span.line - 1] ?? '';
  const caret = ' '.repeat(span.column - 1) + '^'.repeat(Math.max(1, span.length));
  return `line ${span.line}, column ${span.column}: ${message} (${rule})\n  ${line}\n  ${caret}`;
}

/** The known name that `name` most likely means, if one is close enough to suggest. */
export function closest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    // Of one or two letters, another first one makes another name.
    if (Math.abs(candidate.length - name.length) >= least) continue;
    if (name.length < 3 && candidate[0]?.toLowerCase() !== name[0]?.toLowerCase()) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** How many letters are to be changed, put in or left out; `enough` or more where it is not less than that. */
function editDistance(a: string, b: string, enough: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitute, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
    if (Math.min(...row) >= enough) return enough;
  }
  return row[b.length];
}
