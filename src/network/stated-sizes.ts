import type { Diagnostics, Span } from '../formula/diagnostic.ts';
import { entryCount } from '../formula/entry-count.ts';
import { type Model, ownShape } from '../formula/model.ts';
import { writtenShape } from '../formula/parse/data-line.ts';
import type { Statement } from '../formula/statement.ts';
import type { Stage } from './layer.ts';

/** A size that a line of shorthand states for a quantity that the model may define itself. */
export interface Stated {
  readonly name: string;
  /** For one sample. */
  readonly shape: readonly number[];
  /** The source, for the message: `layers says 2 -> 5`. */
  readonly says: string;
  /** Whether the shorthand could as well be changed to the other size: it is the input of a stack. */
  readonly isInput?: boolean;
  /** The place of the shorthand that states it. */
  readonly span: Span;
}

/**
 * `2 -> 5`, `1x8x8 -> conv 4 3x3`: the sizes of a layer, without its activation, for a message; `input` is the shape of what it
 * reads.
 */
export function statedSizes({ kind, numbers, size, options }: Stage, input: readonly number[]): string {
  const given = [...options].map(([name, value]) => `${name} ${value}`);
  const name = kind === 'dense' ? [] : [kind];
  const words = [...name, ...numbers.map(String), ...(size ? [size.join('x')] : []), ...given];
  return `${input.join('x') || 'a single number'} -> ${words.join(' ')}`;
}

/**
 * The sizes that the `param`, `state` and `random` lines of a template's text declare, except those of lines with `like`; `says`
 * and `span` are copied into each. A line without brackets declares a single number.
 */
export function* statedIn(text: string, says: string, span: Span): Generator<Stated> {
  for (const [, name, sizes = ''] of text.matchAll(
    /^(?:param|state|random) (\S+?)(?:\[([\d,]*)\])? = (?!.* like )/gmu,
  )) {
    yield { name, shape: sizes === '' ? [] : sizes.split(',').map(Number), says, span };
  }
}

/**
 * Reports (`shape`, at the data line) those of the model's `own` data and random lines whose written shape differs from a stated
 * one, once for each quantity. Lines whose shape is not written are skipped.
 */
export function checkData(
  stated: readonly Stated[],
  own: readonly Statement[],
  diagnostics: Diagnostics,
): void {
  const told = new Set<string>();
  for (const one of stated) {
    const line = own.find((other) => 'name' in other && isData(other) && other.name === one.name);
    if (line === undefined || told.has(one.name)) continue;
    const shape = shapeOf(line);
    if (shape === undefined || isSame(shape, one.shape)) continue;
    told.add(one.name);
    diagnostics.error((line as { span: Span }).span, 'shape', disagreement(one, shape));
  }
}

/**
 * Reports to `diagnostics` (`shape`) a quantity whose shape for one sample, known only after compiling, differs from a stated
 * one. Only the first, in the order of `stated`: the others follow from it. `lineOf` gives the place of a quantity's own line;
 * where that is undefined, it is reported at the shorthand.
 */
export function checkComputed(
  stated: readonly Stated[],
  { quantities }: Pick<Model, 'quantities'>,
  lineOf: (name: string) => Span | undefined,
  diagnostics: Diagnostics,
): void {
  for (const one of stated) {
    const quantity = quantities.get(one.name);
    const shape = quantity && ownShape(quantity);
    if (shape === undefined || isSame(shape, one.shape)) continue;
    diagnostics.error(lineOf(one.name) ?? one.span, 'shape', disagreement(one, shape));
    return;
  }
}

const isData = ({ kind }: Statement): boolean => kind === 'data' || kind === 'random';

function shapeOf(line: Statement): readonly number[] | undefined {
  if (line.kind === 'data') return writtenShape(line);
  return line.kind === 'random' ? line.shape : undefined;
}

const isSame = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();

function disagreement({ name, shape, says, isInput }: Stated, has: readonly number[]): string {
  const or = isInput && has.length > 0 ? `, or let layers begin with ${has.join('x')}` : '';
  return `${name} ${isText(has)}, but ${says}; write it ${asText(shape)}${or}`;
}

const isText = (shape: readonly number[]): string =>
  shape.length === 0
    ? 'is a single number'
    : shape.length === 1
      ? `has ${entryCount(shape[0])}`
      : `is ${shape.join(' × ')}`;

const asText = (shape: readonly number[]): string =>
  shape.length === 0
    ? 'as a single number'
    : shape.length === 1
      ? `with ${entryCount(shape[0])}`
      : `as ${shape.join(' × ')}`;
