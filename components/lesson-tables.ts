import { isSameFile, readFile } from '../src/data/file.ts';
import type { TableReading } from '../src/data/table.ts';
import type { TableFile, Tables } from '../src/formula/tables.ts';

/** Where a built page has the data files of its lessons, seen from the page; see `dataFolder` of the lesson layer. */
const folder = 'data/';

/** What the page has fetched, by name: each file once, however many debuggers read it. */
const fetched = new Map<string, Promise<TableReading | undefined>>();

async function fetchTable(name: string): Promise<TableReading | undefined> {
  try {
    const response = await fetch(new URL(folder + name, document.baseURI));
    return response.ok ? await readFile(name, await response.blob()) : undefined;
  } catch {
    return undefined;
  }
}

/** The data that a debugger's model reads: files of the site, and files that the reader has brought. */
export class LessonTables {
  private readonly readings = new Map<string, TableReading>();
  /** For the compiler, which cannot wait. */
  readonly tables: Tables = (name) => this.readings.get(name);

  constructor(readonly files: readonly TableFile[]) {}

  /** Fetches what stands beside the lesson. A file that is not there, or cannot be read, is for the compiler to tell. */
  async load(): Promise<void> {
    const own = this.files.filter(({ awaited }) => !awaited);
    await Promise.all(
      own.map(async ({ name }) => {
        const reading = fetched.get(name) ?? fetchTable(name);
        fetched.set(name, reading);
        const found = await reading;
        if (found !== undefined) this.readings.set(name, found);
        else fetched.delete(name);
      }),
    );
  }

  /** Takes the reader's files where the model names them, whatever the download called them; gives the names of the others. */
  async add(files: Iterable<File>): Promise<string[]> {
    const others: string[] = [];
    for (const file of files) {
      const wanted = this.files.filter(({ name }) => isSameFile(name, file.name));
      if (wanted.length === 0) others.push(file.name);
      for (const { name } of wanted) this.readings.set(name, await readFile(name, file));
    }
    return others;
  }
}
