import type { Span } from '../formula/diagnostic.ts';
import { writtenShape } from '../formula/parse/data-line.ts';
import type { DataStatement, FormulaStatement, Statement } from '../formula/statement.ts';
import type { Stage } from './layer.ts';
import { type Shorthand, type ShorthandWord, unknown } from './shorthand.ts';
import type { Signal } from './signal.ts';
import type { Stated } from './stated-sizes.ts';
import { type InitializerKind, initializers } from './training.ts';

/** What a shorthand line stands for: formulas under the headings of their passes. */
export interface ExpansionPiece {
  readonly from: Shorthand;
  readonly text: string;
  /** What in the line it comes from, more exactly. */
  readonly span: Span;
}

/** How the derivatives that layers hand back are called, and what they are. */
export interface Sensitivities {
  readonly name: string;
  readonly sign: 1 | -1;
  /** By the net inputs, or by the activations. */
  readonly by: 'net' | 'h';
}

/** What the lines of shorthand have named so far, beside the model's own lines, and the formulas they stand for. */
export class Network {
  readonly pieces: ExpansionPiece[] = [];
  readonly signals = new Map<string, Signal>();
  /** What layers are made of, by the name of what they compute, for those that are like another. */
  readonly layers = new Map<string, { readonly stage: Stage; readonly mark: string }>();
  initializer: { kind: InitializerKind; numbers: readonly number[] } = {
    kind: initializers.xavier,
    numbers: [1],
  };
  sensitivities: Sensitivities = { name: 'δ', sign: -1, by: 'net' };
  readonly losses: string[] = [];
  readonly penalties: { name: string; of: ReadonlySet<string> }[] = [];
  readonly rates: { name: string; high?: number }[] = [];
  /** The layers of a stack, the last first, as the backward pass meets them. */
  readonly rows: { signal: Signal; from: Shorthand; span: Span }[] = [];
  /** The sizes that the lines state. */
  readonly stated: Stated[] = [];
  /** Of what a derivative has a name already. */
  readonly claimed = new Set<string>();

  constructor(
    /** What the model says in the language itself. */
    readonly own: readonly Statement[],
    private readonly ownText: string,
    readonly batch: { readonly index: string; readonly size: string } | undefined,
  ) {}

  add(from: Shorthand, text: string, span: Span = from.span): void {
    this.pieces.push({ from, text, span });
  }

  /** The model's own line that computes something. */
  formula(name: string): FormulaStatement | undefined {
    return this.own.find((one): one is FormulaStatement => one.kind === 'formula' && one.target === name);
  }

  /** The model's own numbers. */
  data(name: string): DataStatement | undefined {
    return this.own.find((one): one is DataStatement => one.kind === 'data' && one.name === name);
  }

  /** What is known of a quantity: from a layer, or from the model's own lines. */
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

  /** What is trained: the parameters of the layers and of the model's own lines, with the letters they are read with. */
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

  /** The letters with which formulas read a parameter first, so that its update reads the same. */
  private lettersOf(name: string, rank: number, texts: readonly string[]): readonly string[] {
    for (const text of texts) {
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
