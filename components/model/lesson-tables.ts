import { fileOf, isSameFile, type ReadOptions, readFile } from '../../src/data/file.ts';
import { faultText, type Table, type TableReading } from '../../src/data/table.ts';
import type { TableFile, Tables } from '../../src/formula/compile/tables.ts';
import { dataFilesWords as words } from '../../src/words/model/data-files.ts';
import { FileLoadError } from '../base/loading.ts';

/**
 * The folder of a built page's data files, relative to the page; `dataFolder` of `src/lesson/directives/debugger.ts` is the same.
 */
const folder = 'data/';

/** The files that the page has fetched, by name: each once, however many debuggers read it. */
const fetched = new Map<string, Promise<TableReading | undefined>>();

/**
 * Fetches and reads a file of the site; undefined where there is none of that name. Rejects with a `FileLoadError` where the
 * network or the server fails.
 */
async function fetchTable(name: string): Promise<TableReading | undefined> {
  const blob = await fetch(new URL(folder + fileOf(name), document.baseURI))
    .then((response) => {
      if (response.status >= 500) throw new FileLoadError(name);
      return response.ok ? response.blob() : undefined;
    })
    .catch(() => {
      throw new FileLoadError(name);
    });
  return blob && readFile(name, blob);
}

/** The data files that a debugger's model reads: files of the site, and files that the reader provides. */
export class LessonTables {
  private readonly readings = new Map<string, TableReading>();
  /** The readings so far, for the compiler, which is synchronous; undefined for a file that is not read. */
  readonly tables: Tables = (name) => this.readings.get(name);

  /** Takes the files that the model names; none is loaded yet. */
  constructor(readonly files: readonly TableFile[]) {}

  /**
   * Fetches the files of the site. A file that does not exist or cannot be read rejects nothing: the compiler reports it. Rejects
   * with a `FileLoadError` where one could not be loaded now.
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

  /**
   * New tables for a text that names other files: those read already are taken over, the site's others are loaded. This object is
   * not changed. Rejects as `load` does.
   */
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
   * Reads the reader's files that the model names; names are compared by `isSameFile`, since downloads rename files. Nothing is
   * stored until `take`. `progress` gets a number from 0 to 1; the result is empty once the signal is aborted.
   */
  async read(files: readonly File[], { progress, signal }: ReadOptions = {}): Promise<ReadFiles> {
    const found = new Map<string, Table>();
    const problems: string[] = [];
    for (const [n, file] of files.entries()) {
      const wanted = this.files.filter(({ name }) => isSameFile(name, file.name));
      if (wanted.length === 0) problems.push(words.unknown(file.name));
      for (const { name, width } of wanted) {
        const { table, faults } = await readFile(name, file, {
          progress: (share) => progress?.((n + share) / files.length),
          ...(signal && { signal }),
        });
        if (signal?.aborted) return { found: new Map(), problems: [] };
        if (table === undefined) problems.push(`${file.name}: ${faults.map(faultText).join('; ')}.`);
        else if (width !== undefined && width !== table.width)
          problems.push(words.otherWidth(file.name, table.width, width));
        else found.set(name, table);
      }
    }
    return { found, problems };
  }

  /** The readings as they would be after `take(found)`; this object is not changed. */
  with(found: ReadonlyMap<string, Table>): Tables {
    return (name) => {
      const table = found.get(name);
      return table === undefined ? this.tables(name) : { table };
    };
  }

  /** Stores tables by the model's names for their files, in place of earlier ones. */
  take(found: ReadonlyMap<string, Table>): void {
    for (const [name, table] of found) this.readings.set(name, { table });
  }

  /** The table of a file; undefined where it is not loaded or could not be read. */
  table(name: string): Table | undefined {
    return this.readings.get(name)?.table;
  }
}

/**
 * The result of reading the reader's files: tables by the model's names for them, and a sentence about each file that cannot be
 * used.
 */
export interface ReadFiles {
  /** The tables to store, by the model's names. */
  readonly found: ReadonlyMap<string, Table>;
  /** One sentence for each file that cannot be used. */
  readonly problems: readonly string[];
}
