import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { isGzip, mostBytes, readUnpacked } from '../data/file.ts';
import { failed, type TableReading } from '../data/table.ts';
import type { Tables } from '../formula/tables.ts';

/** The data files in a lesson's folder, each read once, when it is asked for. */
export function tablesBeside(folder: string): Tables {
  const readings = new Map<string, TableReading | undefined>();
  return (file) => {
    if (!readings.has(file)) readings.set(file, readBeside(folder, file));
    return readings.get(file);
  };
}

function readBeside(folder: string, file: string): TableReading | undefined {
  try {
    const bytes = readFileSync(join(folder, file));
    return readUnpacked(file, isGzip(bytes) ? gunzipSync(bytes, { maxOutputLength: mostBytes }) : bytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : failed(`the file cannot be read (${message})`);
  }
}
