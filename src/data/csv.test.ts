import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import * as csv from './csv.ts';
import { bytePieces, readFrom } from './file-reading.ts';
import type { Table } from './table.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const readCsv = (file: Uint8Array, size?: number) => readFrom(csv.readCsv(), () => bytePieces(file, size));
const read = (text: string) => readCsv(bytes(text));

/** `line:column message` of each fault. */
const faults = (text: string): string[] =>
  (read(text).faults ?? []).map(({ line, column, message }) => `${line}:${column} ${message}`);

function table(text: string): Table {
  const { table, faults } = read(text);
  expect(faults).toBeUndefined();
  return table as Table;
}

describe('a CSV file', () => {
  it.each([
    ['numbers alone', '1,2\n3,4\n', ['c1', 'c2'], [1, 2, 3, 4]],
    ['a header', 'x1,x2\n1,2\n', ['x1', 'x2'], [1, 2]],
    ['carriage returns, empty lines, no line break at the end', 'x\r\n\r\n1\r\n2', ['x'], [1, 2]],
    ['old line ends', '1,2\r3,4\r', ['c1', 'c2'], [1, 2, 3, 4]],
    ['a byte order mark', '\uFEFF1,2\n', ['c1', 'c2'], [1, 2]],
    ['quotes', '"a","b, ""c"""\n"1", "2.5" \n', ['a', 'b, "c"'], [1, 2.5]],
    ['spaces', ' 1 , 2 \n', ['c1', 'c2'], [1, 2]],
    ['semicolons', 'a;b\n1;2\n', ['a', 'b'], [1, 2]],
    ['tabs', '1\t2\n', ['c1', 'c2'], [1, 2]],
    ['comments', '# who made it\n1,2\n# more\n3,4\n', ['c1', 'c2'], [1, 2, 3, 4]],
    ['signs and exponents', '-1.5,+2,.5,3.,1e-3,-2E+2\n', undefined, [-1.5, 2, 0.5, 3, 0.001, -200]],
    ['letters of any script', 'größe,класс\n1,2\n', ['größe', 'класс'], [1, 2]],
    ['names of the language’s own', '__proto__,constructor\n1,2\n', ['__proto__', 'constructor'], [1, 2]],
    [
      'a name that comes twice',
      'a,a,b,a_2,a\n1,2,3,4,5\n',
      ['a', 'a_2', 'b', 'a_2_2', 'a_3'],
      [1, 2, 3, 4, 5],
    ],
  ])('has %s', (_, text, columns, values) => {
    const found = table(text);
    if (columns !== undefined) expect(found.columns).toEqual(columns);
    expect([...found.values]).toEqual(values);
    expect(found.rows * found.width).toBe(values.length);
  });

  it('may say whose it is', () => {
    expect(table('# Ada, 1843\n#  CC BY 4.0\nx\n# not this\n1\n').note).toBe('Ada, 1843 CC BY 4.0 not this');
    expect(table('x\n1\n# nor this\n')).not.toHaveProperty('note');
  });

  it('keeps bytes as bytes, and no longer than they are', () => {
    expect(table('0,255\n17,3\n').values).toBeInstanceOf(Uint8Array);
    for (const other of ['256', '-1', '0.5', '-0']) {
      const { values } = table(`0,1\n2,${other}\n`);
      expect(values).toEqual(Float64Array.of(0, 1, 2, Number(other)));
    }
  });

  it('reads every number as JavaScript does', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.tuple(fc.integer(), fc.nat({ max: 99999999 })).map(([a, b]) => `${a}.${b}`),
      fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }).map((n) => `${n}.5`),
    );
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 9 }), (texts) => {
        const { values } = table(`${texts.join(',')}\n`);
        expect([...values]).toEqual(texts.map(Number));
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

describe('what is wrong with a CSV file is told at its place', () => {
  it.each([
    ['1,,3\n4,5,6', ['1:3 a number is missing here; every field needs one']],
    ['1,2\n3,\n', ['2:3 a number is missing here; every field needs one']],
    ['1,2,3\n4,5\n6,7,8', ['2:4 this line has 2 fields, the first has 3; every line needs the same number']],
    ['1,2\n4,5,6\n', ['2:1 this line has 3 fields, the first has 2; every line needs the same number']],
    [
      'x,y\n\n1,abc\n',
      ['3:3 "abc" is not a number; fields are numbers, with commas, semicolons or tabs between'],
    ],
    ['ä,b\nü,1\n', ['2:1 "ü" is not a number; fields are numbers, with commas, semicolons or tabs between']],
    ['1;2\n3;4,5\n', ['2:3 "4,5" is not a number; decimals have a point, as in 0.5']],
    ['1 2\n3 4', [/^1:1 "1 2" is not a number; .*commas/, /^2:1 "3 4"/]],
    ['1,2\nNaN,4\n5,-Infinity', [/^2:1 NaN is no number to compute with; leave out/, /^3:3 -Infinity/]],
    ['1e999,1', ['1:1 1e999 is too large']],
    ['9'.repeat(400), ['1:1 999999999999999999999999… is too large']],
    ['"1,2\n3,4', ['1:1 this quote does not close in its line; close it, or take it out']],
    ['a,b\n1,2\n3,"4\n5"\n6,7', ['3:3 this quote does not close in its line; close it, or take it out']],
    ['"a\nb",c\n1,2', ['1:1 this quote does not close in its line; close it, or take it out']],
    ['a\tb\n1\t2\n\t\n3\t4', [/^3:1 a number is missing/, /^3:2 a number is missing/]],
    ['1,0x10', ['1:3 "0x10" is not a number; fields are numbers, with commas, semicolons or tabs between']],
    ['"1,000",2', ['1:1 "1,000" is not a number; decimals have a point, as in 0.5']],
    ['\uFEFF1,\uFEFFx', [/^1:3 /]],
    ['1\u0000,2', [/^1:1 "1\\u0000" is not a number/]],
    [
      `${'1,'.repeat(250_000)}1\n1,2\n3,4\n`,
      ['1:1 this line has more than 250000 fields; every row stands on a line of its own'],
    ],
    [
      `${'1,'.repeat(5_000_000)}1\n1,2\n`,
      ['1:1 this line has more than 250000 fields; every row stands on a line of its own'],
    ],
    [
      `# a\n1,2\n${'1'.repeat(9 * 2 ** 20)}\n1\n`,
      ['3:1 this line is longer than 8388608 bytes; every row stands on a line of its own'],
    ],
    ['1,"2"3\n', ['1:6 a , or the line’s end belongs here']],
    ['"x"y,z\n1,2\n', ['1:4 a , or the line’s end belongs here']],
    ['a,,c\n1,2,3', ['1:1 a column has no name in this line']],
  ])('%j', (text, wanted) => {
    const found = faults(text);
    expect(found).toHaveLength(wanted.length);
    for (const [at, one] of wanted.entries()) expect(found[at]).toMatch(one);
  });

  it.each([
    ['', 'the file is empty'],
    ['\n\n', 'the file has no row of numbers'],
    ['x,y\n', 'the file has no row of numbers'],
  ])('%j', (text, message) => expect(read(text).faults).toEqual([{ message }]));

  it('says which encoding to use', () => {
    const [fault] = readCsv(Uint8Array.of(0xff, 0xfe, 0x31, 0)).faults ?? [];
    expect(fault.message).toBe('the file is written in UTF-16; save it as UTF-8');
  });

  it('stops where everything is wrong', () => {
    const found = read('a,b\n'.repeat(1000)).faults ?? [];
    expect(found).toHaveLength(11);
    expect(found[10].message).toMatch(/reading stopped in line 7$/);
    // Also within one line, where finding places takes long; without further faults there is no such message.
    expect(read(`${'1,'.repeat(99_999)}1\n${'x,'.repeat(99_999)}x\n`).faults).toHaveLength(11);
    expect(read('a,b\n'.repeat(6)).faults).toHaveLength(10);
  });
});

describe('a file that comes in pieces', () => {
  it('reads the same, wherever it is cut', () => {
    const letters = fc.constantFrom(...'11234,,;\t\n\n\r"#-.eE a\u00e4\uFEFF');
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 40 }), fc.nat({ max: 9 }), (text, size) => {
        const file = bytes(text.join(''));
        expect(readCsv(file, size + 1)).toEqual(readCsv(file));
      }),
      { seed: 9, numRuns: 3000 },
    );
  });

  it('is refused where it is another file the second time', () => {
    for (const second of ['1,2\n3,4\n', '1,2\n3,4\n5,6\n7,8\n', '1,2\n3\n', '']) {
      const files = [bytes('1,2\n3,4\n5,6\n'), bytes(second)];
      const { faults } = readFrom(csv.readCsv(), () => bytePieces(files.shift() as Uint8Array));
      expect(faults).toEqual([{ message: 'the file changed while it was read' }]);
    }
  });
});

describe('a large file', () => {
  const megabytes = 4;
  it.each([
    [',', /fields; every row/],
    ['"', /is not a number|does not close/],
    ['1,', /fields; every row/],
    ['1', /is not a number/],
    ['\n', /no row of numbers/],
    ['-', /is not a number/],
    ['"a', /belongs here/],
    ['\u0000', /is not a number|no row/],
  ])('of nothing but %j is refused', (piece, message) => {
    const [fault] = read(piece.repeat((megabytes * 2 ** 20) / piece.length)).faults ?? [];
    expect(fault.message).toMatch(message);
  });

  it('of a million rows is read', () => {
    const { rows, values } = table('1,2\n'.repeat(1_000_000));
    expect([rows, values.length, values[1_999_999]]).toEqual([1_000_000, 2_000_000, 2]);
  });

  it('of nothing but comments keeps what its table can say short', () => {
    const { note = '' } = table(`${'# said again and again\n'.repeat(100_000)}1\n`);
    expect(note.length).toBeLessThan(2500);
  });

  it('holds its numbers and little else', () => {
    // What is asked of memory: every array of more than a piece, by its bytes.
    const asked: number[] = [];
    const watched = <T extends Uint8ArrayConstructor | Float64ArrayConstructor>(type: T): T =>
      new Proxy(type, {
        construct(target, args) {
          const made = Reflect.construct(target, args);
          if (typeof args[0] === 'number') asked.push(made.byteLength);
          return made;
        },
      });
    vi.stubGlobal('Uint8Array', watched(Uint8Array));
    vi.stubGlobal('Float64Array', watched(Float64Array));
    const file = bytes('0.5,1\n'.repeat(1_000_000));
    asked.length = 0;
    const { values } = readCsv(file).table as Table;
    vi.unstubAllGlobals();
    expect(values.byteLength).toBe(16_000_000);
    expect(asked.reduce((a, b) => a + b, 0)).toBeLessThan(16_000_000 + 2 ** 22);
  });

  it('of more numbers than memory can hold is refused, before it is held', () => {
    const row = bytes(`${'0.5,'.repeat(65_535)}1\n`);
    let rounds = 0;
    const { faults } = readFrom(csv.readCsv(), function* () {
      rounds += 1;
      for (;;) yield row;
    });
    expect([rounds, faults]).toEqual([
      1,
      [
        {
          message:
            'there are more than 134217728 numbers, too many to be held in memory; leave rows or columns out',
        },
      ],
    ]);
  });

  it('of any bytes is a table or says why not', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.array(fc.constantFrom(...'1,;\t\n\r"#-.eE a')),
        (raw, text) => {
          for (const data of [raw, bytes(text.join(''))]) {
            const { table, faults } = readCsv(data);
            expect(table === undefined).toBe(faults !== undefined);
            if (table !== undefined) expect(table.values.length).toBe(table.rows * table.width);
            else expect(faults.length).toBeGreaterThan(0);
          }
        },
      ),
      { seed: 8, numRuns: 2000 },
    );
  });
});
