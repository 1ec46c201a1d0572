import { termsWritten } from '../formula/limits.ts';
import { cellName, type Model } from '../formula/model.ts';
import { texName } from '../formula/notation.ts';
import { precedence, texGroup } from '../formula/operation.ts';
import { atomic, type Medium, type Printed, print, signed } from '../formula/print/printer.ts';
import { tex } from '../formula/print/tex.ts';
import type { CellNode, TermSeries } from '../machine/step/cell-operations.ts';
import type { Figures } from './figures.ts';

/** Symbols with their indices; numbers in their place; or (`reduced`) numbers with finished parts replaced by their values. */
export type FormulaReading = 'symbols' | 'numbers' | 'reduced';

/** How `texUnrolled` prints. */
export interface UnrolledOptions {
  /** Decides how many digits numbers have, and knows the model's notation. */
  readonly figures: Figures;
  readonly reading: FormulaReading;
  /**
   * How many of the cell's operations are done; the last of them is the current one. 0, or more than there are: none is
   * current.
   */
  readonly done: number;
  /**
   * Of reductions with more terms than this (by default 8), only the first, the one at work and the last are written out.
   */
  readonly terms?: number;
}

/**
 * The right side of one cell's formula as TeX, its sums unrolled. Data attributes (KaTeX's `\htmlData`) link it to the other
 * views: `data-now` on the current operation, `data-cell` on every cell. `root` is the `CellOperations.root` of the cell.
 */
export function texUnrolled(root: CellNode, options: UnrolledOptions): string {
  return print(root, new UnrolledPrinter(options).medium()).text;
}

/**
 * A cell for `data-cell`, `W1[1;2]`: commas separate attributes in `\htmlData`, so indices (from 1) are separated by
 * semicolons. `cellOfData` reads it back.
 */
export const dataCell = (name: string, cell: readonly number[]): string =>
  cellName(name, cell).replaceAll(',', ';');

/** The inverse of `dataCell`, as text: `W1[1,2]`. Whether it is a cell is not checked. */
export const cellOfData = (text: string): string => text.replaceAll(';', ',');

const now = (text: string): string => `\\htmlData{now=1}{${text}}`;

/** A cell's symbol as TeX in the model's notation, marked by `data-cell`; indices from 1, none for a single number. */
export function texCell(model: Model, name: string, cell: readonly number[]): string {
  return `\\htmlData{cell=${dataCell(name, cell)}}{${texName(model, name, cell)}}`;
}

class UnrolledPrinter {
  private readonly base: ReturnType<typeof tex>;

  constructor(private readonly options: UnrolledOptions) {
    this.base = tex(options.figures.model);
  }

  medium(): Medium<CellNode> {
    const { base } = this;
    return {
      name: 'tex',
      number: (value) => this.options.figures.tex(value),
      affine: base.affine,
      reference: (_, tree) => this.cell(tree).text,
      call: base.call,
      power: base.power,
      reduction: base.reduction,
      // For a single cell, conditions are already decided: a term that holds is printed, others are not.
      when: (_, body) => body,
      group: base.group,
      instead: (tree, part) => this.instead(tree, part),
      mark: (tree, text) => (this.isNow(tree) ? now(text) : text),
    };
  }

  private isNow(tree: CellNode): boolean {
    const { done } = this.options;
    const { terms, body, parts } = tree;
    if (terms !== undefined) return false;
    if (body !== undefined)
      return body.first <= done && done <= body.last && parts.every(({ last }) => last < done);
    return tree.owns(done);
  }

  private instead(tree: CellNode, part: (inner: CellNode) => Printed): Printed | undefined {
    const { reading, done, figures } = this.options;
    const { expression: e, first, last, parts } = tree;
    if (reading === 'reduced' && first <= last && last <= done) {
      const text = figures.tex(tree.value);
      // A sum is not marked as a whole by the printer, so what finishes it is marked here.
      return signed(e.kind === 'reduction' && last === done ? now(text) : text);
    }
    switch (e.kind) {
      case 'index':
        return signed(String(tree.value));
      case 'reference':
        return this.cell(tree);
      case 'parameter':
        return reading === 'symbols' ? undefined : this.argument(tree, part);
      case 'when':
      case 'stop':
        return parts.length > 0 ? part(parts[0]) : atomic('0');
      case 'reduction': {
        const terms = tree.terms as TermSeries;
        return e.reducer === 'sum' ? this.sum(terms, part) : this.extreme(terms, e.reducer, part);
      }
      default:
        return undefined;
    }
  }

  private argument(tree: CellNode, part: (inner: CellNode) => Printed): Printed {
    const { argument } = tree;
    return argument?.expression.kind === 'reference'
      ? part(argument)
      : signed(this.options.figures.tex(tree.value));
  }

  private cell(tree: CellNode): Printed {
    const { expression, cell } = tree;
    const { figures, reading } = this.options;
    if (expression.kind !== 'reference' || cell === undefined) return atomic('0');
    const { name } = expression;
    if (reading === 'symbols') return atomic(texCell(figures.model, name, cell));
    return signed(`\\htmlData{cell=${dataCell(name, cell)}}{${figures.tex(tree.value, name, cell)}}`);
  }

  private sum(terms: TermSeries, part: (inner: CellNode) => Printed): Printed {
    const { reading, done, figures } = this.options;
    if (terms.length === 0) return atomic('0');
    const isJoined = (at: number) => at > 0 && terms.joining(at) === done;
    // In the reduced reading, the terms added so far are one number; the others follow it.
    const added = reading === 'reduced' ? joined(terms, done) : 0;
    const total = added === 0 ? part(terms.at(0)) : signed(figures.tex(terms.upTo(added)));
    let result = isJoined(added) ? { ...total, text: now(total.text) } : total;
    let last = added;
    for (const at of this.visible(terms)) {
      if (at <= added) continue;
      const term = part(terms.at(at));
      const right =
        term.binding <= precedence.sum || /^(\\html\w+\{[^}]*\}\{)*-/.test(term.text)
          ? texGroup(term.text)
          : term.text;
      const gap = at > last + 1 ? ' + \\cdots' : '';
      const text = `${result.text}${gap} + ${right}`;
      result = { text: isJoined(at) ? now(text) : text, binding: precedence.sum };
      last = at;
    }
    return last < terms.length - 1 ? { text: `${result.text} + \\cdots`, binding: precedence.sum } : result;
  }

  /**
   * The terms that are written out, in order: all of a short sum; of a long one the first, the one at work and the last, so that
   * the text does not grow with the sum.
   */
  private visible(terms: TermSeries): readonly number[] {
    const { terms: most = termsWritten, done } = this.options;
    const { length } = terms;
    if (length <= most) return Array.from({ length }, (_, at) => at);
    const end = length - 1;
    const isInside = done >= terms.at(0).first && done <= terms.joining(end);
    const atWork = isInside ? terms.containing(done) : 0;
    return [0, ...(atWork > 0 && atWork < end ? [atWork] : []), end];
  }

  private extreme(terms: TermSeries, reducer: 'max' | 'argmax', part: (inner: CellNode) => Printed): Printed {
    const { done } = this.options;
    const shown = this.visible(terms);
    const texts = shown.map(
      (at, n) => `${at > 0 && shown[n - 1] !== at - 1 ? '\\dots,\\, ' : ''}${part(terms.at(at)).text}`,
    );
    const sign = reducer === 'max' ? '\\max' : '\\operatorname{arg\\,max}';
    const text = `${sign}${texGroup(texts.join(',\\, '))}`;
    const isNow = joined(terms, done) > joined(terms, done - 1);
    return atomic(isNow ? now(text) : text);
  }
}

/** How many terms have been joined to the first once `done` of the cell's operations are done. */
function joined(terms: TermSeries, done: number): number {
  const last = terms.length - 1;
  if (last < 1 || done < terms.joining(1)) return 0;
  if (done >= terms.joining(last)) return last;
  const at = terms.containing(done);
  return terms.joining(at) <= done ? at : at - 1;
}
