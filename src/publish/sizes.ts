import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { format } from '../number/format.ts';
import { debuggerChunk, katexChunk } from './chunks.ts';

/** The part of Vite's manifest that tells which file imports which. */
export type Manifest = Readonly<
  Record<
    string,
    {
      readonly file: string;
      readonly name?: string;
      readonly imports?: readonly string[];
      readonly isDynamicEntry?: boolean;
    }
  >
>;

/**
 * When a file is loaded: with every page, with every debugger, on demand; `katex`, the setting of formulas, counts separately.
 */
export type LoadTime = 'page' | 'debugger' | 'katex' | 'demand';

/** A file of the built site. */
export interface SizedFile {
  /** Relative to the site's folder. */
  readonly file: string;
  /** The earliest time at which it is loaded. */
  readonly when: LoadTime;
  /** The module that it begins with, or those that share it; empty for files that are not loaded on demand. */
  readonly purpose: string;
  /** Bytes. */
  readonly raw: number;
  /** Bytes after gzip. */
  readonly packed: number;
}

/**
 * The scripts, stylesheets, workers and texts of a site built into `folder` (a path; read now), ordered by load time, then by
 * descending size after gzip. `manifest` is Vite's of that build.
 */
export function fileSizes(manifest: Manifest, folder: string): SizedFile[] {
  const closure = (from: readonly string[], found = new Set<string>()): Set<string> => {
    for (const name of from) {
      if (found.has(name)) continue;
      found.add(name);
      closure(manifest[name]?.imports ?? [], found);
    }
    return found;
  };
  const names = Object.keys(manifest);
  const dynamic = names.filter((name) => manifest[name].isDynamicEntry);
  const reached = new Map(dynamic.map((name) => [name, closure([name])]));
  const pages = readdirSync(folder).filter((name) => name.endsWith('.html'));
  // Preload links stand only on pages with a debugger, and do not count for every page.
  const texts = pages.map((name) =>
    readFileSync(join(folder, name), 'utf8').replace(/<link rel="modulepreload"[^>]*>/g, ''),
  );
  const page = closure(names.filter((name) => texts.some((text) => text.includes(manifest[name].file))));
  const first = closure(names.filter((one) => manifest[one].name === debuggerChunk));
  const files = new Map<string, Pick<SizedFile, 'when' | 'purpose'>>();
  for (const name of names) {
    const { file } = manifest[name];
    if (!/\.(m?js|css)$/.test(file)) continue;
    const users = dynamic.filter((one) => reached.get(one)?.has(name));
    const when =
      manifest[name].name === katexChunk
        ? 'katex'
        : page.has(name)
          ? 'page'
          : first.has(name)
            ? 'debugger'
            : 'demand';
    const own = manifest[name].isDynamicEntry ? name : undefined;
    const purpose = own ?? (when === 'demand' ? `in common: ${users.join(', ')}` : '');
    files.set(file, { when, purpose });
  }
  for (const name of readdirSync(join(folder, 'assets'))) {
    const file = `assets/${name}`;
    if (/\.(m?js|wasm)$/.test(file) && !files.has(file))
      files.set(file, { when: 'demand', purpose: 'a worker' });
  }
  for (const file of readdirSync(folder))
    if (file.endsWith('.txt')) files.set(file, { when: 'demand', purpose: 'a text' });
  const order: readonly LoadTime[] = ['page', 'debugger', 'katex', 'demand'];
  return [...files]
    .map(([file, about]) => {
      const bytes = readFileSync(join(folder, file));
      return { file, ...about, raw: bytes.length, packed: gzipSync(bytes, { level: 9 }).length };
    })
    .sort((a, b) => order.indexOf(a.when) - order.indexOf(b.when) || b.packed - a.packed);
}

/** Bytes after gzip of all scripts among `files` that the first opening of a debugger loads, without KaTeX. */
export const firstOpen = (files: readonly SizedFile[]): number =>
  sum(files.filter(({ when, file }) => when === 'debugger' || (when === 'page' && !file.endsWith('.css'))));

const sum = (files: readonly SizedFile[]): number => files.reduce((total, { packed }) => total + packed, 0);

/** Bytes after gzip that `firstOpen` may be at most. */
export const limit = 90_000;

const kilobytes = (bytes: number): string =>
  format(bytes / 1000, { precision: { kind: 'decimals', digits: 1 } }).padStart(7);

const line = (raw: number | undefined, packed: number, what: string): string =>
  `${raw === undefined ? ' '.repeat(7) : kilobytes(raw)} ${kilobytes(packed)}  ${what}\n`;

/**
 * A report for people, ending with a line break: kilobytes (1000 bytes), raw and after gzip, of each file, with sums and
 * `firstOpen`.
 */
export function sizeReport(files: readonly SizedFile[]): string {
  const headings: Record<LoadTime, string> = {
    page: 'with every page',
    debugger: 'with every debugger',
    katex: 'with every debugger: formulas’ typesetting, which counts apart',
    demand: 'on demand',
  };
  const parts = (Object.keys(headings) as LoadTime[]).map((when) => {
    const own = files.filter((one) => one.when === when);
    const lines = own.map(({ file, purpose, raw, packed }) =>
      line(raw, packed, [file, purpose].filter(Boolean).join('  ← ')),
    );
    return `${headings[when]}\n${lines.join('')}${line(undefined, sum(own), 'together')}`;
  });
  const opening = firstOpen(files);
  return `    raw  packed (kB)\n${parts.join('')}${line(undefined, sum(files), 'all')}${line(undefined, opening, `first opening of a debugger; at most${kilobytes(limit)}`)}`;
}
