import type { Span } from '../formula/diagnostic.ts';
import { writtenShape } from '../formula/parse/data-line.ts';
import type { DataStatement, FormulaStatement, Statement } from '../formula/statement.ts';
import type { Stage } from './layer.ts';
import { type Shorthand, type ShorthandWord, unknown } from './shorthand.ts';
import type { Signal } from './signal.ts';
import type { Stated } from './stated-sizes.ts';
import { type InitializerKind, initializers } from './training.ts';

/** Lines of the language that one line of shorthand stands for, under the headings of their passes. */
export interface ExpansionPiece {
  readonly from: Shorthand;
  readonly text: string;
  /** The part of the shorthand that it comes from. */
  readonly span: Span;
}

/** How the derivatives of layers are named, with which sign. */
export interface Sensitivities {
  readonly name: string;
  readonly sign: 1 | -1;
  /** With respect to the net inputs, or to the activations. */
  readonly by: 'net' | 'h';
}

/** What the lines of shorthand have defined so far, beside the model's own lines. The line readers add to it. */
export class Network {
  /** In the order in which the lines were read. */
  readonly pieces: ExpansionPiece[] = [];
  /** The outputs of layers, by name. */
  readonly signals = new Map<string, Signal>();
  /** What layers are made of, by the name of their output, for layers that are `like` another. */
  readonly layers = new Map<string, { readonly stage: Stage; readonly mark: string }>();
  /** How weights start where the text does not say: `xavier 1` without an `initializer` line. */
  initializer: { kind: InitializerKind; numbers: readonly number[] } = {
    kind: initializers.xavier,
    numbers: [1],
  };
  /** Without a `sensitivities` line: δ = -dL/dnet. */
  sensitivities: Sensitivities = { name: 'δ', sign: -1, by: 'net' };
  /** Names of the losses, in order. */
  readonly losses: string[] = [];
  /** Regularization terms, and the parameters of each. */
  readonly penalties: { name: string; of: ReadonlySet<string> }[] = [];
  /** The learning rates of the optimizers, and their first values where these are numbers. */
  readonly rates: { name: string; high?: number }[] = [];
  /** The layers of a stack, the last one first, as the backward pass visits them. */
  readonly rows: { signal: Signal; from: Shorthand; span: Span }[] = [];
  /** The sizes that the lines state. */
  readonly stated: Stated[] = [];
  /** Quantities whose derivatives have a name already. */
  readonly claimed = new Set<string>();

  /**
   * `own` are the statements that the model has in the language itself, `ownText` their text; `batch` is the sample index and
   * the batch size, as text.
   */
  constructor(
    readonly own: readonly Statement[],
    private readonly ownText: string,
    readonly batch: { readonly index: string; readonly size: string } | undefined,
  ) {}

  /** Adds lines for a line of shorthand. */
  add(from: Shorthand, text: string, span: Span = from.span): void {
    this.pieces.push({ from, text, span });
  }

  /** The model's own formula for a quantity; undefined where it has none. */
  formula(name: string): FormulaStatement | undefined {
    return this.own.find((one): one is FormulaStatement => one.kind === 'formula' && one.target === name);
  }

  /** The model's own data line of a name; undefined where it has none. */
  data(name: string): DataStatement | undefined {
    return this.own.find((one): one is DataStatement => one.kind === 'data' && one.name === name);
  }

  /**
   * What is known about a quantity, from a layer or from the model's own lines. Never fails: shape and indices may be undefined.
   */
  signal(name: string): Signal {
    const known = this.signals.get(name);
    if (known !== undefined) return known;
    const formula = this.formula(name);
    const data = this.data(name);
    return {
      name,
      shape: data && writtenShape(data),
      ...(formula && { indices: formula.indices }),
    };
  }

  /**
   * The trained parameters, of layers and of the model's own lines, with the index letters under which formulas read them; only
   * the chosen ones, if any. Throws a `ShorthandFault` where a chosen one does not exist.
   */
  parameters(chosen: readonly ShorthandWord[] | undefined): { name: string; indices: readonly string[] }[] {
    const texts = [...this.pieces.map(({ text }) => text), this.ownText];
    const found = new Map<string, number>();
    for (const one of this.own) {
      if (one.kind === 'data' && one.role === 'param') found.set(one.name, writtenShape(one)?.length ?? 0);
    }
    for (const { text } of this.pieces) {
      for (const [, name, sizes = ''] of text.matchAll(/^param (\S+?)(?:\[([^\]]*)\])? =/gmu)) {
        if (!found.has(name)) found.set(name, sizes === '' ? 0 : sizes.split(',').length);
      }
    }
    const names = chosen?.map((word) => {
      if (!found.has(word.text)) throw unknown('parameter', word, found.keys(), true);
      return word.text;
    });
    return (names ?? [...found.keys()]).map((name) => ({
      name,
      indices: this.lettersOf(name, found.get(name) as number, texts),
    }));
  }

  /** The letters with which formulas first read a parameter, so that its update uses the same ones. */
  private lettersOf(name: string, rank: number, texts: readonly string[]): readonly string[] {
    for (const text of texts) {
      if (!text.includes(`${name}[`)) continue;
      for (const [, inside] of text.matchAll(
        new RegExp(`(?<![\\p{L}\\p{N}_])${name}\\[([^\\]]*)\\]`, 'gu'),
      )) {
        const parts = inside.split(',');
        const isPlain = parts.every((part) => /^\p{L}[\p{L}\p{N}_]*$/u.test(part));
        if (isPlain && parts.length === rank && new Set(parts).size === rank) return parts;
      }
    }
    return ['i', 'j', 'k', 'm', 'r', 's', 'u', 'v'].slice(0, rank);
  }
}
