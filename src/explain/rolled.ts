import { termsWritten } from '../formula/limits.ts';
import { cellName, type Model } from '../formula/model.ts';
import { texName } from '../formula/notation.ts';
import { precedence, texGroup } from '../formula/operation.ts';
import { atom, type Medium, type Printed, print, signed } from '../formula/printer.ts';
import { tex } from '../formula/tex.ts';
import type { Instance, OperationRecord } from '../machine/unfolding.ts';
import type { Figures } from './figures.ts';

/** Symbols with their indices; the numbers in their place; or what is computed already shrunk to its value. */
export type Reading = 'symbols' | 'numbers' | 'reduced';

export interface RolledOptions {
  readonly figures: Figures;
  readonly reading: Reading;
  readonly operations: readonly OperationRecord[];
  /** How many of the cell's operations are done; the last of them is the current one. */
  readonly done: number;
  /** Of sums with more terms than this, only some are written out: the eye needs the current one and its neighbours. */
  readonly terms?: number;
}

/**
 * One cell's formula as TeX, its sums rolled out. Our own data attributes tie it to the other views:
 * `data-now` on the current operation, `data-cell` on everything that is a cell.
 */
export function texRolled(root: Instance, options: RolledOptions): string {
  return print(root, new Rolled(options).medium()).text;
}

/** Names a cell in a data attribute; commas separate attributes there, so indices are parted by semicolons. */
export const dataCell = (name: string, cell: readonly number[]): string =>
  cellName(name, cell).replaceAll(',', ';');

/** `data-cell` back to the cell's name. */
export const cellOfData = (text: string): string => text.replaceAll(';', ',');

const now = (text: string): string => `\\htmlData{now=1}{${text}}`;

export function texCell(model: Model, name: string, cell: readonly number[]): string {
  return `\\htmlData{cell=${dataCell(name, cell)}}{${texName(model, name, cell)}}`;
}

class Rolled {
  private readonly base: ReturnType<typeof tex>;

  constructor(private readonly options: RolledOptions) {
    this.base = tex(options.figures.model);
  }

  medium(): Medium<Instance> {
    const { base } = this;
    return {
      name: 'tex',
      number: (value) => this.options.figures.tex(value),
      affine: base.affine,
      reference: (_, tree) => this.cell(tree).text,
      call: base.call,
      power: base.power,
      reduction: base.reduction,
      // Conditions have been settled for this cell: what holds is simply there.
      when: (_, body) => body,
      group: base.group,
      instead: (tree, part) => this.instead(tree, part),
      mark: (tree, text) => (this.isNow(tree) ? now(text) : text),
    };
  }

  private isNow({ expression, own, body, parts }: Instance): boolean {
    const { done } = this.options;
    if (expression.kind === 'reduction') return false;
    if (body !== undefined)
      return body.first <= done && done <= body.last && parts.every(({ last }) => last < done);
    return own.includes(done);
  }

  private instead(tree: Instance, part: (inner: Instance) => Printed): Printed | undefined {
    const { reading, done, figures } = this.options;
    const { expression: e, value, first, last, parts } = tree;
    if (reading === 'reduced' && first <= last && last <= done) {
      const text = figures.tex(value);
      // A sum is not marked as a whole by the printer, so what finishes it is marked here.
      return signed(e.kind === 'reduction' && last === done ? now(text) : text);
    }
    switch (e.kind) {
      case 'index':
        return signed(String(value));
      case 'reference':
        return this.cell(tree);
      case 'parameter':
        return reading === 'symbols' ? undefined : this.argument(tree, part);
      case 'when':
      case 'stop':
        return parts.length > 0 ? part(parts[0]) : atom('0');
      case 'reduction':
        return e.reducer === 'sum' ? this.sum(tree, part) : this.extreme(tree, e.reducer, part);
      default:
        return undefined;
    }
  }

  private argument({ argument, value }: Instance, part: (inner: Instance) => Printed): Printed {
    return argument?.expression.kind === 'reference'
      ? part(argument)
      : signed(this.options.figures.tex(value));
  }

  private cell({ expression, cell, value }: Instance): Printed {
    const { figures, reading } = this.options;
    if (expression.kind !== 'reference' || cell === undefined) return atom('0');
    const { name } = expression;
    if (reading === 'symbols') return atom(texCell(figures.model, name, cell));
    return signed(`\\htmlData{cell=${dataCell(name, cell)}}{${figures.tex(value, name, cell)}}`);
  }

  private sum(tree: Instance, part: (inner: Instance) => Printed): Printed {
    const { parts, own } = tree;
    const { reading, done, operations, figures } = this.options;
    if (parts.length === 0) return atom('0');
    // What is added up already is one number in the reduced reading; the terms begin after it.
    const added = reading === 'reduced' ? countUpTo(own, done) : 0;
    const step = own[added - 1];
    const total = added === 0 ? part(parts[0]) : signed(figures.tex(operations[step - 1].value));
    let result = step === done ? { ...total, text: now(total.text) } : total;
    let last = added;
    for (const at of this.visible(tree)) {
      if (at <= added) continue;
      const term = part(parts[at]);
      const right =
        term.binding <= precedence.sum || /^(\\html\w+\{[^}]*\}\{)*-/.test(term.text)
          ? texGroup(term.text)
          : term.text;
      const gap = at > last + 1 ? ' + \\cdots' : '';
      const text = `${result.text}${gap} + ${right}`;
      result = { text: own[at - 1] === done ? now(text) : text, binding: precedence.sum };
      last = at;
    }
    return last < parts.length - 1 ? { text: `${result.text} + \\cdots`, binding: precedence.sum } : result;
  }

  /**
   * The terms that are written out, in order: all of a short sum; of a long one the first two, the last and those around the
   * current one, so that what is written does not grow with the sum.
   */
  private visible({ parts, own }: Instance): readonly number[] {
    const { terms = termsWritten } = this.options;
    if (parts.length <= terms) return [...parts.keys()];
    const { done } = this.options;
    const inside = parts.findIndex(
      ({ first, last }, at) => (first <= done && done <= last) || own[at - 1] === done,
    );
    const around = inside < 0 ? [] : [inside - 1, inside, inside + 1];
    const end = parts.length - 1;
    return [0, 1, ...around.filter((at) => at > 1 && at < end), end];
  }

  private extreme(tree: Instance, reducer: 'max' | 'argmax', part: (inner: Instance) => Printed): Printed {
    const { parts, own } = tree;
    const { done } = this.options;
    const shown = this.visible(tree);
    const terms = shown.map(
      (at, n) => `${at > 0 && shown[n - 1] !== at - 1 ? '\\dots,\\, ' : ''}${part(parts[at]).text}`,
    );
    const sign = reducer === 'max' ? '\\max' : '\\operatorname{arg\\,max}';
    const text = `${sign}${texGroup(terms.join(',\\, '))}`;
    return atom(own.includes(done) ? now(text) : text);
  }
}

/** How many of some growing step numbers are not beyond `done`. */
function countUpTo(steps: readonly number[], done: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle] <= done) low = middle + 1;
    else high = middle;
  }
  return low;
}
