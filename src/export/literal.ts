import { sizeOf } from '../formula/model.ts';
import type { Library } from './arrays.ts';
import { pythonFloat } from './arrays.ts';

/** Up to here numbers are written out; more of them are held by their bits. */
const mostWritten = 1000;
const lineWidth = 108;

/** Numbers, row by row, as an array of Python: every one of them reads back to the same 64 bits. */
export function arrayLiteral(
  values: ArrayLike<number>,
  shape: readonly number[],
  library: Library,
  helper: (name: string) => string,
): string {
  const [make, single] = library === 'np' ? ['np.array', 'np.float64'] : ['torch.tensor', 'torch.tensor'];
  if (shape.length === 0) return `${single}(${pythonFloat(values[0])})`;
  if (sizeOf(shape) > mostWritten) {
    return `${helper('numbers')}("""\n${base64(values)}\n""", ${shape.join(', ')})`;
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
    const rows = depth === shape.length - 1 ? filled(parts, lineWidth - inner.length) : parts;
    return `[\n${rows.map((row) => `${inner}${row},\n`).join('')}${'    '.repeat(depth)}]`;
  };
  return write(0);
}

/** Words joined into lines of at most so many letters. */
function filled(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + word.length + 2 <= width) lines[last] += `, ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The bits of doubles, lowest byte first, in lines of base 64. */
function base64(values: ArrayLike<number>): string {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  for (let n = 0; n < values.length; n++) view.setFloat64(8 * n, values[n], true);
  const bytes = new Uint8Array(view.buffer);
  const lines: string[] = [];
  // 72 bytes make a line of 96 letters; no line but the last is padded.
  for (let at = 0; at < bytes.length; at += 72)
    lines.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 72))));
  return lines.join('\n');
}
