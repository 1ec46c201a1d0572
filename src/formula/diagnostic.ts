import { mostFindings } from './limits.ts';

/** A place in a text: line and column from 1, and how many UTF-16 units of that line it covers. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** A finding for the author. An `error` keeps the model from running, a `warning` does not. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** The name of the rule, such as `syntax`, `size` or `shape`. */
  readonly rule: string;
  /** What is wrong, and what to do about it. */
  readonly message: string;
  readonly span: Span;
}

/** Collects the findings about one text, at most `mostFindings`. Reading goes on after each, so one run reports them all. */
export class Diagnostics {
  /** In the order in which they were reported, none twice. */
  readonly all: Diagnostic[] = [];
  private hasError = false;

  /** Adds an error, unless the list is full; `failed` is set in any case. */
  error(span: Span, rule: string, message: string): void {
    this.hasError = true;
    this.add({ severity: 'error', rule, message, span });
  }

  /** Adds a warning, unless the list is full. */
  warning(span: Span, rule: string, message: string): void {
    this.add({ severity: 'warning', rule, message, span });
  }

  /** A finding comes once, also about what stands several times in the tree, as what is under a condition with != does. */
  private add(finding: Diagnostic): void {
    const { line, column } = finding.span;
    const isKnown = ({ span, rule, message }: Diagnostic) =>
      span.line === line && span.column === column && rule === finding.rule && message === finding.message;
    if (!this.isFull && !this.all.some(isKnown)) this.all.push(finding);
  }

  /** Whether there was any error. */
  get failed(): boolean {
    return this.hasError;
  }

  /** Whether further findings are dropped, so that a check may be skipped. */
  get isFull(): boolean {
    return this.all.length >= mostFindings;
  }
}

/**
 * The finding as three lines of plain text, without a line break at the end: where, what and the rule; the line of `text`, the
 * whole text that it is about; and carets under the place. Severity is not shown, nothing is escaped.
 */
export function showDiagnostic(text: string, { span, rule, message }: Diagnostic): string {
  const line = text.split('\n')[span.line - 1] ?? '';
  const caret = ' '.repeat(span.column - 1) + '^'.repeat(Math.max(1, span.length));
  return `line ${span.line}, column ${span.column}: ${message} (${rule})\n  ${line}\n  ${caret}`;
}

/**
 * The known name that `name` most likely means, by edit distance without regard to case, the first of equally near ones;
 * undefined where none differs in at most a third of the letters (at least one). Names of one or two letters must begin alike.
 */
export function closest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    // A name of one or two letters with another first letter is another name.
    if (Math.abs(candidate.length - name.length) >= least) continue;
    if (name.length < 3 && candidate[0]?.toLowerCase() !== name[0]?.toLowerCase()) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Levenshtein's distance; `enough` where it is not less than that. */
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
