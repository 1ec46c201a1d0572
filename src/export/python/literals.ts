import { sizeOf } from '../../formula/model.ts';
import type { Library } from './array-code.ts';
import { pythonFloat } from './array-code.ts';
import { pythonShape } from './subscripts.ts';

/** Arrays up to so many numbers are written out; larger ones are stored as bytes in base64. */
export const mostWritten = 1000;
/** Up to so many rows, every row of an array has a line of its own. */
const mostRows = 16;
const lineWidth = 108;

/**
 * Row-major numbers, as many as the shape has entries, as a Python expression for an array of that shape (`[]`: one number of
 * the library's): every number reads back to the same 64 bits. It may have several lines. `helper` records a helper that the
 * file needs and returns its name.
 */
export function arrayLiteral(
  values: ArrayLike<number>,
  shape: readonly number[],
  library: Library,
  helper: (name: string) => string,
): string {
  const [make, single] = library === 'np' ? ['np.array', 'np.float64'] : ['torch.tensor', 'torch.tensor'];
  if (shape.length === 0) return `${single}(${pythonFloat(values[0])})`;
  const isAll = (value: number) => Array.from(values).every((one) => Object.is(one, value));
  for (const [value, name] of [
    [0, 'zeros'],
    [1, 'ones'],
  ] as const)
    if (isAll(value)) return `${library}.${name}(${pythonShape(shape)})`;
  if (sizeOf(shape) > mostWritten) {
    const [bytes, kind] = areBytes(values) ? [Uint8Array.from(values), "'u1'"] : [bitsOf(values), "'<f8'"];
    return `${helper('numbers')}("""\n${base64(bytes)}\n""", ${kind}, ${shape.join(', ')})`;
  }
  return `${make}(${nested(values, shape)})`;
}

function nested(values: ArrayLike<number>, shape: readonly number[]): string {
  let at = 0;
  const write = (depth: number): string => {
    const parts = Array.from({ length: shape[depth] }, () =>
      depth === shape.length - 1 ? pythonFloat(values[at++]) : write(depth + 1),
    );
    const line = `[${parts.join(', ')}]`;
    if (line.length + 4 * depth <= lineWidth && !line.includes('\n')) return line;
    const inner = '    '.repeat(depth + 1);
    const isLong = parts.length > mostRows && !line.includes('\n');
    const rows = isLong || depth === shape.length - 1 ? filled(parts, lineWidth - inner.length) : parts;
    return `[\n${rows.map((row) => `${inner}${row},\n`).join('')}${'    '.repeat(depth)}]`;
  };
  return write(0);
}

/** Words joined by commas into lines of at most `width` characters. */
function filled(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + word.length + 2 <= width) lines[last] += `, ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * A Python expression for an integer array of one or two dimensions (inner lists are its rows), used as an index. It may have
 * several lines.
 */
export function integers(
  values: readonly number[] | readonly (readonly number[])[],
  library: Library,
): string {
  const texts = values.map((one) => (typeof one === 'number' ? String(one) : `[${one.join(', ')}]`));
  const make = library === 'np' ? 'np.array' : 'torch.tensor';
  const line = `${make}([${texts.join(', ')}])`;
  if (line.length <= lineWidth) return line;
  return `${make}([\n${filled(texts, lineWidth - 4)
    .map((row) => `    ${row},\n`)
    .join('')}])`;
}

/** Whether every number is a whole one from 0 to 255, as in images. */
const areBytes = (values: ArrayLike<number>): boolean =>
  Array.from(values).every(
    (value) => value === Math.floor(value) && value < 256 && !Object.is(value, -0) && value >= 0,
  );

/** The bytes of doubles, little-endian. */
function bitsOf(values: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  for (let n = 0; n < values.length; n++) view.setFloat64(8 * n, values[n], true);
  return new Uint8Array(view.buffer);
}

/** Bytes in lines of base64. */
function base64(bytes: Uint8Array): string {
  const lines: string[] = [];
  // 72 bytes make a line of 96 letters; no line but the last is padded.
  for (let at = 0; at < bytes.length; at += 72)
    lines.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 72))));
  return lines.join('\n');
}
