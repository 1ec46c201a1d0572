import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LessonTables } from '../../components/model/lesson-tables.ts';
import { readTable } from '../data/file.ts';
import { bytePieces, readFrom } from '../data/file-reading.ts';
import { checkReading, hostileFile } from '../data/hostile.testing.ts';
import { faultText, type TableReading } from '../data/table.ts';
import { compileProgram } from '../program/program.ts';
import { tablesBeside } from './lesson-data.ts';

/** How many data files were read as a table, and how many were refused. */
export interface Tally {
  tables: number;
  refused: number;
}

/**
 * Reads random data files in every way: from disk, as a lesson's; as one that is dropped into a page; and in pieces of
 * another size. `examine` throws where one of them fails, where they differ, or where the table is not what the file contains.
 */
export class DataTrials {
  readonly tally: Tally = { tables: 0, refused: 0 };
  private readonly folder = mkdtempSync(join(tmpdir(), 'backstep-data-'));

  /** Tests the data file of a seed. */
  async examine(seed: number): Promise<void> {
    const file = hostileFile(seed);
    const { name, packed, bytes } = file;
    const beside = this.readBeside(`${seed % 8}-${name}`, packed);
    checkReading(file, bytes, beside);
    this.tally[beside.table === undefined ? 'refused' : 'tables'] += 1;
    if (bytes !== undefined) {
      const size = 1 + (seed % 97);
      const again = readFrom(readTable(name), () =>
        bytePieces(bytes, bytes.length > 1e5 ? 1e4 + size : size),
      );
      expectSame('in pieces', again, beside);
    }
    await dropped(`d-${name}`, packed, beside, bytes !== undefined);
    this.compiled(name, beside);
  }

  private readBeside(name: string, packed: Uint8Array): TableReading {
    writeFileSync(join(this.folder, name), packed);
    const reading = tablesBeside(this.folder)(name);
    if (reading === undefined) throw new Error(`${name} was not found`);
    return reading;
  }

  /** Each fault must be reported in the lesson, where the file is named. */
  private compiled(name: string, reading: TableReading): void {
    const label = `t-${name}`;
    const text = `table d = "${label}"\nsample x = d[1]\nforward\n  y = x + 1\n`;
    const { diagnostics } = compileProgram(text, { tables: () => reading });
    const reported = diagnostics.filter(({ rule }) => rule === 'file');
    const wanted = (reading.faults ?? []).map((fault) => `1:11 ${label}: ${faultText(fault)}`);
    const found = reported.map(({ span, message }) => `${span.line}:${span.column} ${message}`);
    if (found.join('\n') !== wanted.join('\n')) throw new Error(`the lesson is told ${found.join('\n')}`);
    if (reading.table !== undefined && diagnostics.some(({ severity }) => severity === 'error'))
      throw new Error(`the lesson is wrong: ${diagnostics.map(({ message }) => message).join('\n')}`);
  }

  /** A sentence with the counts so far. */
  summary(): string {
    return `${this.tally.tables} files made a table, ${this.tally.refused} were refused with what is wrong`;
  }

  /** Removes the temporary folder. */
  stop(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Reads the file as a page does. Damage inside the compressed data may be reported in other words there. */
async function dropped(
  name: string,
  packed: Uint8Array<ArrayBuffer>,
  beside: TableReading,
  isWhole: boolean,
): Promise<void> {
  const tables = new LessonTables([{ name, awaited: true }]);
  const { found, problems } = await tables.read([new File([packed], name)]);
  const table = found.get(name);
  if (table !== undefined && problems.length === 0) {
    // One engine accepts several packed parts in a row, the others and a lesson do not.
    if (isWhole || beside.table !== undefined) expectSame('dropped', { table }, beside);
    return;
  }
  if (table !== undefined || problems.length !== 1)
    throw new Error(`dropped: a table and problems, or neither: ${problems.join('\n')}`);
  if (beside.table !== undefined) throw new Error(`dropped, it is refused: ${problems[0]}`);
  const wanted = `${name}: ${beside.faults.map(faultText).join('; ')}.`;
  if (isWhole && problems[0] !== wanted) throw new Error(`dropped: ${problems[0]}\nbeside: ${wanted}`);
}

function expectSame(how: string, found: TableReading, wanted: TableReading): void {
  if (found.table !== undefined && wanted.table !== undefined) {
    const { values, ...rest } = found.table;
    const { values: others, ...remainder } = wanted.table;
    const isSame =
      values.constructor === others.constructor &&
      values.length === others.length &&
      values.every((value, n) => Object.is(value, others[n]));
    if (isSame && JSON.stringify(rest) === JSON.stringify(remainder)) return;
    throw new Error(`${how}, it is another table`);
  }
  if (JSON.stringify(found.faults) !== JSON.stringify(wanted.faults))
    throw new Error(`${how}: ${JSON.stringify(found.faults)}, not ${JSON.stringify(wanted.faults)}`);
}
