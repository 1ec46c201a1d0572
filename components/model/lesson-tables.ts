import { isSameFile, type ReadOptions, readFile } from '../../src/data/file.ts';
import { faultText, type Table, type TableReading } from '../../src/data/table.ts';
import type { TableFile, Tables } from '../../src/formula/compile/tables.ts';
import { FileLoadError } from '../base/loading.ts';

/** Where a built page has the data files of its lessons, seen from the page; see `dataFolder` of the lesson layer. */
const folder = 'data/';

/** What the page has fetched, by name: each file once, however many debuggers read it. */
const fetched = new Map<string, Promise<TableReading | undefined>>();

/** Reads a file of the site; undefined where there is none of that name. Fails with a `LostFile` where that cannot be known now. */
async function fetchTable(name: string): Promise<TableReading | undefined> {
  const blob = await fetch(new URL(folder + name, document.baseURI))
    .then((response) => {
      if (response.status >= 500) throw new FileLoadError(name);
      return response.ok ? response.blob() : undefined;
    })
    .catch(() => {
      throw new FileLoadError(name);
    });
  return blob && readFile(name, blob);
}

/** The data that a debugger's model reads: files of the site, and files that the reader has brought. */
export class LessonTables {
  private readonly readings = new Map<string, TableReading>();
  /** For the compiler, which cannot wait. */
  readonly tables: Tables = (name) => this.readings.get(name);

  constructor(readonly files: readonly TableFile[]) {}

  /**
   * Fetches what stands beside the lesson. A file that is not there, or cannot be read, is for the compiler to tell. Fails with a
   * `LostFile` where one could not be had now.
   */
  async load(): Promise<void> {
    const own = this.files.filter(({ awaited }) => !awaited);
    await Promise.all(
      own.map(async ({ name }) => {
        const reading = fetched.get(name) ?? fetchTable(name);
        fetched.set(name, reading);
        const found = await reading.catch((error) => {
          fetched.delete(name);
          throw error;
        });
        if (found !== undefined) this.readings.set(name, found);
        else fetched.delete(name);
      }),
    );
  }

  /** The data of a text that names other files, with what is here already; nothing is changed. */
  async extendedWith(files: readonly TableFile[]): Promise<LessonTables> {
    const joined = new LessonTables(files);
    for (const { name } of files) {
      const reading = this.readings.get(name);
      if (reading !== undefined) joined.readings.set(name, reading);
    }
    if (files.some(({ name, awaited }) => !awaited && !joined.readings.has(name))) await joined.load();
    return joined;
  }

  /**
   * Reads the reader's files where the model names them, whatever the download called them; nothing is taken yet. Nothing is
   * found once the signal ends it.
   */
  async read(files: readonly File[], { progress, signal }: ReadOptions = {}): Promise<ReadFiles> {
    const found = new Map<string, Table>();
    const problems: string[] = [];
    for (const [n, file] of files.entries()) {
      const wanted = this.files.filter(({ name }) => isSameFile(name, file.name));
      if (wanted.length === 0) problems.push(`${file.name} is not one of the files that this model reads.`);
      for (const { name, width } of wanted) {
        const { table, faults } = await readFile(name, file, {
          progress: (share) => progress?.((n + share) / files.length),
          ...(signal && { signal }),
        });
        if (signal?.aborted) return { found: new Map(), problems: [] };
        if (table === undefined) problems.push(`${file.name}: ${faults.map(faultText).join('; ')}.`);
        else if (width !== undefined && width !== table.width)
          problems.push(`${file.name} has ${table.width} columns, but the model reads ${width}.`);
        else found.set(name, table);
      }
    }
    return { found, problems };
  }

  /** What the compiler would find if these tables were taken as well. */
  with(found: ReadonlyMap<string, Table>): Tables {
    return (name) => {
      const table = found.get(name);
      return table === undefined ? this.tables(name) : { table };
    };
  }

  take(found: ReadonlyMap<string, Table>): void {
    for (const [name, table] of found) this.readings.set(name, { table });
  }

  /** A file's table, if it is there. */
  table(name: string): Table | undefined {
    return this.readings.get(name)?.table;
  }
}

/** What the reader has brought: tables by the model's names for their files, and what is wrong with the rest. */
export interface ReadFiles {
  readonly found: ReadonlyMap<string, Table>;
  readonly problems: readonly string[];
}
