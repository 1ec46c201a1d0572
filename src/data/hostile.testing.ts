import { gzipSync } from 'node:zlib';
import { uniform } from '../number/random.ts';
import { idx } from './idx.testing.ts';
import { npy, zip } from './npy.testing.ts';
import type { TableFault, TableReading } from './table.ts';

/** Numbers drawn one after the other, by a seed. */
class Draw {
  private count = 0;

  constructor(private readonly seed: number) {}

  /** A whole number from 0, below another. */
  below(size: number): number {
    this.count += 1;
    return Math.floor(uniform(this.seed, 41, this.count) * size);
  }

  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)];
  }

  /** As many as wanted of what is drawn. */
  list<T>(count: number, draw: () => T): T[] {
    return Array.from({ length: count }, draw);
  }

  /** Happens once in so many times. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }
}

/** A data file as it might come: harmless, damaged, or made to do harm. */
export interface HostileFile {
  readonly name: string;
  /** As it stands on the disk. */
  readonly packed: Uint8Array<ArrayBuffer>;
  /** What it holds; undefined where what is packed has been damaged. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
  /** The numbers that it was written with, row by row, where nothing has been done to it. */
  readonly numbers?: readonly number[];
}

const strange = [
  ...[
    '',
    ' ',
    '-',
    '.',
    '+',
    'e',
    '"',
    '""',
    '"1',
    '1"',
    '""1""',
    '#',
    '\0',
    '\uFEFF',
    '\u00a0',
    '\u2028',
    '\ud800',
  ],
  ...[
    'NaN',
    'nan',
    '-inf',
    'Infinity',
    '1e400',
    '-1e999',
    '1e-400',
    '0x10',
    '0b1',
    '1_000',
    '1,000',
    '1.000,5',
    '"1,5"',
  ],
  ...[
    '1 2',
    '1.2.3',
    '--1',
    '1e',
    '1e+',
    '١٢',
    '½',
    'true',
    'null',
    'x',
    '__proto__',
    'constructor',
    'toString',
    '5;6',
    '5\t6',
  ],
  ...[
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '\r\r',
    '"a\nb"',
    '9'.repeat(17),
    '9'.repeat(400),
    `0.${'0'.repeat(500)}1`,
    'a'.repeat(999),
  ],
];

const numberText = (draw: Draw): string =>
  draw.of([
    () => String(draw.below(256)),
    () => String(draw.below(10)),
    () => `-${draw.below(300)}`,
    () => `${draw.below(1e6)}.${draw.below(1e6)}`,
    () => String((uniform(draw.below(1e9), 3, 0) - 0.5) * 10 ** (draw.below(40) - 20)),
    () =>
      `${draw.of(['', '+', '-'])}${draw.below(99)}${draw.of(['e', 'E'])}${draw.of(['', '+', '-'])}${draw.below(300)}`,
    () => draw.of(['-0', '.5', '5.', '00', '007', '1e-320', '0.1', '123456789012345678', '9007199254740993']),
  ])();

/** A harmless file, and its numbers. */
function csv(draw: Draw): { text: string; numbers: number[] } {
  const width = 1 + draw.below(5);
  const separator = draw.of([',', ';', '\t']);
  const end = draw.of(['\n', '\r\n', '\r']);
  const isWide = draw.once(4);
  const field = (text: string): string => {
    const whole = draw.once(12) ? `"${text}"` : text;
    return isWide ? `${' '.repeat(draw.below(3))}${whole}${' '.repeat(draw.below(3))}` : whole;
  };
  const numbers: number[] = [];
  const lines = draw.list(1 + draw.below(6), () =>
    draw
      .list(width, () => {
        const text = numberText(draw);
        numbers.push(Number(text));
        return field(text);
      })
      .join(separator),
  );
  if (draw.once(2))
    lines.unshift(
      draw.list(width, () => field(draw.of(['a', 'b1', 'größe', '__proto__', 'класс']))).join(separator),
    );
  for (let n = draw.below(3); n > 0; n--)
    lines.splice(draw.below(lines.length + 1), 0, draw.of(['', ' ', '# a, "note', '#']));
  return { text: `${draw.once(6) ? '\uFEFF' : ''}${lines.join(end)}${draw.once(3) ? '' : end}`, numbers };
}

/** Bytes with something done to them, here and there. */
function damaged(bytes: Uint8Array, draw: Draw): Uint8Array<ArrayBuffer> {
  let found = Array.from(bytes);
  for (let n = 1 + draw.below(4); n > 0; n--) {
    const at = draw.below(found.length + 1);
    draw.of([
      () => found.splice(at, 0, ...new TextEncoder().encode(draw.of(strange))),
      () => found.splice(at, 1 + draw.below(3)),
      () => found.splice(at, 1, draw.below(256)),
      () => found.splice(at, 0, ...found.slice(at, at + draw.below(20))),
      () => {
        found = found.slice(0, at);
      },
    ])();
  }
  return Uint8Array.from(found);
}

function anyIdx(draw: Draw): Uint8Array<ArrayBuffer> {
  const size = () => draw.of([0, 1, 2, 3, 3, 2, 1, 28, 0x7fffffff, 0x80000000, 0xffffffff, 0x10000]);
  const isHonest = draw.once(2);
  const shape = draw.list(1 + draw.below(draw.once(9) ? 40 : 3), isHonest ? () => 1 + draw.below(4) : size);
  const type = draw.of([8, 8, 9, 11, 12, 13, 14, isHonest ? 8 : 10]);
  const count = shape.reduce(
    (a, b) => a * b,
    draw.of([1, 1, 1]) * ({ 11: 2, 12: 4, 13: 4, 14: 8 }[type] ?? 1),
  );
  const length = isHonest ? Math.min(count, 4096) : draw.below(40);
  const file = idx(
    type,
    shape,
    draw.list(length, () => draw.of([0, 1, draw.below(256), draw.below(256)])),
  );
  return draw.once(4) ? damaged(file, draw) : file;
}

/** An array as NumPy saves it, alone or in a zip, and its numbers; or with something done to it. */
function anyNpy(draw: Draw): { bytes: Uint8Array<ArrayBuffer>; numbers?: number[] } {
  const shape = draw.list(1 + draw.below(3), () => 1 + draw.below(4));
  const numbers = draw.list(
    shape.reduce((a, b) => a * b, 1),
    () => draw.below(256),
  );
  const isWide = draw.once(2);
  const array = isWide
    ? npy(
        '>u2',
        shape,
        numbers.flatMap((number) => [0, number]),
        { version: 1 + draw.below(3) },
      )
    : npy('|u1', shape, numbers);
  const packed = draw.of([() => array, () => zip({ 'x.npy': array }), () => zip({ 'x.npy': array }, 8)])();
  return draw.once(2) ? { bytes: packed, numbers } : { bytes: damaged(packed, draw) };
}

/** What only a large file does, small when it is packed. */
const large = (draw: Draw): string =>
  draw.of([
    () => `${'1,'.repeat(250_001)}\n1\n`,
    () => `1,2\n${'x,'.repeat(100_000)}\n`,
    () => '7'.repeat(9 * 2 ** 20),
    () => `1\n"${'a,'.repeat(300_000)}\n2`,
    () => `# ${'a'.repeat(9 * 2 ** 20)}\n1`,
    () => `${'a,'.repeat(60_000)}a\n${'1,'.repeat(60_000)}1\n`,
    () => '\n'.repeat(1 << 20),
    () => '#\n'.repeat(1 << 19),
    () => '1,0.5\r\n'.repeat(100_000),
  ])();

/** The file of a seed. */
export function hostileFile(seed: number): HostileFile {
  const draw = new Draw(seed);
  const encoder = new TextEncoder();
  let numbers: number[] | undefined;
  const text = (): Uint8Array<ArrayBuffer> => {
    const made = csv(draw);
    numbers = made.numbers;
    return encoder.encode(made.text);
  };
  const spoilt = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
    numbers = undefined;
    return damaged(bytes, draw);
  };
  const soup = () =>
    draw.list(draw.below(30), () => draw.of([',', ',', '\n', '1', '2.5', draw.of(strange)])).join('');
  const bytes = draw.once(300)
    ? encoder.encode(large(draw))
    : draw.of([
        text,
        text,
        () => spoilt(text()),
        () => spoilt(text()),
        () => encoder.encode(soup()),
        () => anyIdx(draw),
        () => {
          const made = anyNpy(draw);
          numbers = made.numbers;
          return made.bytes;
        },
        () => Uint8Array.from(Buffer.from(`${draw.of(['\uFEFF', ''])}1,2\n3,4\n`, 'utf16le')),
        () => Uint8Array.from(draw.list(draw.below(60), () => draw.below(256))),
      ])();
  const name = draw.of(['a.csv', 'a.csv', 'a.csv.gz', 'a-idx3-ubyte', '__proto__', 'constructor']);
  // A name that promises another format is no promise of numbers.
  const sure = numbers !== undefined && !/idx/.test(name) ? { numbers } : {};
  if (!draw.once(3)) return { name, packed: bytes, bytes: isPacked(bytes) ? undefined : bytes, ...sure };
  const packed = Uint8Array.from(gzipSync(bytes));
  return draw.once(3)
    ? { name, packed: damaged(packed, draw), bytes: undefined }
    : { name, packed, bytes, ...sure };
}

const isPacked = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * Checks the result of reading: either a table with the numbers that an independent reader finds, or faults at places that exist
 * in the file. Throws otherwise.
 */
export function checkReading(
  { name, numbers }: HostileFile,
  bytes: Uint8Array | undefined,
  reading: TableReading,
): void {
  const { table, faults } = reading;
  if (table === undefined) {
    if (numbers !== undefined) throw new Error(`refused, but nothing is wrong: ${JSON.stringify(faults)}`);
    checkFaults(faults, bytes);
    return;
  }
  const { columns, rows, width, values } = table;
  if (columns.length !== width || values.length !== rows * width || width < 1 || rows < 1)
    throw new Error(`a table of ${rows} × ${width} has ${columns.length} names and ${values.length} numbers`);
  if (new Set(columns).size !== width)
    throw new Error(`two columns have the same name: ${columns.join(' ')}`);
  const isIdx = /idx\d|ubyte/.test(name) || (bytes !== undefined && bytes[0] === 0 && bytes[1] === 0);
  // NumPy's own reader judges undamaged arrays elsewhere; what of a damaged one is a table cannot be told by hand.
  if (
    numbers === undefined &&
    bytes !== undefined &&
    (bytes[0] === 0x93 || (bytes[0] === 0x50 && bytes[1] === 0x4b))
  )
    return;
  const others = numbers ?? (bytes && (isIdx ? idxByHand(bytes) : csvByHand(bytes)));
  if (others === undefined) {
    if (bytes !== undefined) throw new Error(`read as ${values.join(' ')}, but read by hand it is no table`);
    return;
  }
  const differs = others.findIndex((number, n) => !Object.is(number, values[n]));
  if (differs >= 0 || others.length !== values.length)
    throw new Error(
      `number ${differs + 1} is ${values[differs]}, by hand ${others[differs]} (${values.length}, ${others.length})`,
    );
}

function checkFaults(faults: readonly TableFault[], bytes: Uint8Array | undefined): void {
  if (faults.length === 0 || faults.length > 11) throw new Error(`${faults.length} faults`);
  const lines = bytes && new TextDecoder().decode(bytes).split(/\r\n|\r|\n/);
  for (const { message, line, column } of faults) {
    if (!/^\S.{5,399}$/su.test(message) || /undefined|\[object|function/.test(message))
      throw new Error(`a fault says ${JSON.stringify(message)}`);
    if ((line === undefined) !== (column === undefined)) throw new Error(`half a place: ${line}:${column}`);
    if (lines === undefined || line === undefined || column === undefined) continue;
    if (!(line >= 1 && line <= lines.length && column >= 1 && column <= lines[line - 1].length + 1))
      throw new Error(`${line}:${column} is not in the file: ${message}`);
  }
}

const plain = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** The numbers of a CSV file, by way of strings; undefined where it has something else. */
function csvByHand(bytes: Uint8Array): number[] | undefined {
  const lines = new TextDecoder()
    .decode(bytes)
    .split(/\r\n|\r|\n/)
    .filter((line) => !line.startsWith('#'));
  const opening = lines.find((line) => !/^[ \t]*$/.test(line)) ?? '';
  const bare = opening.replace(/"[^"]*("|$)/g, '');
  const separator = [';', '\t', ','].find((one) => bare.includes(one)) ?? ',';
  const start = lines.indexOf(opening);
  const kept = lines.slice(start).filter((line) => !(separator === '\t' ? /^ *$/ : /^[ \t]*$/).test(line));
  const rows = kept.map((line) => fieldsOf(line, separator));
  if (rows[0]?.some((text) => !plain.test(text))) rows.shift();
  const wanted = fieldsOf(opening, separator).length;
  if (rows.some((row) => row.length !== wanted || row.some((text) => !plain.test(text)))) return undefined;
  const numbers = rows.flat().map(Number);
  return numbers.length > 0 && numbers.every(Number.isFinite) ? numbers : undefined;
}

/** The texts of a line's fields, without their quotes. */
function fieldsOf(line: string, separator: string): string[] {
  const field = new RegExp(` *(?:"((?:[^"]|"")*)" *|([^${separator}]*))(${separator}|$)`, 'y');
  const texts: string[] = [];
  for (let found = field.exec(line); found !== null; found = field.exec(line)) {
    texts.push((found[1] ?? found[2]).replaceAll('""', '"').trim());
    if (found[3] === '') break;
  }
  return texts;
}

/** The numbers of an IDX file; undefined where it is none. */
function idxByHand(bytes: Uint8Array): number[] | undefined {
  const file = Buffer.from(bytes);
  const rank = file[3];
  const sizes = Array.from({ length: rank }, (_, d) => file.readUInt32BE(4 + 4 * d));
  const start = 4 + 4 * rank;
  const reads: Readonly<Record<number, (n: number) => number>> = {
    8: (n: number) => file.readUInt8(start + n),
    9: (n: number) => file.readInt8(start + n),
    11: (n: number) => file.readInt16BE(start + 2 * n),
    12: (n: number) => file.readInt32BE(start + 4 * n),
    13: (n: number) => file.readFloatBE(start + 4 * n),
    14: (n: number) => file.readDoubleBE(start + 8 * n),
  };
  const read = Object.hasOwn(reads, file[2]) ? reads[file[2]] : undefined;
  const count = sizes.reduce((a, b) => a * b, 1);
  return read !== undefined && count < bytes.length
    ? Array.from({ length: count }, (_, n) => read(n))
    : undefined;
}
