import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { fileSizes, firstOpen, type Manifest, sizeReport } from './sizes.ts';

const folder = mkdtempSync(join(tmpdir(), 'backstep-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A built site: a page that loads a debugger, which loads a view on demand; both share a file. */
const manifest: Manifest = {
  'page.ts': { file: 'assets/page-1.js', name: 'page' },
  '_page.css': { file: 'assets/page-2.css' },
  _debugger: { file: 'assets/debugger-3.js', name: 'debugger', imports: ['_katex', '_shared', 'page.ts'] },
  _katex: { file: 'assets/katex-4.js', name: 'katex' },
  _shared: { file: 'assets/shared-5.js', name: 'shared' },
  'view.ts': { file: 'assets/view-6.js', name: 'view', isDynamicEntry: true, imports: ['_shared', '_more'] },
  _more: { file: 'assets/more-7.js', name: 'more' },
};
mkdirSync(join(folder, 'assets'));
const text = (file: string) => file.repeat(9);
for (const { file } of Object.values(manifest)) writeFileSync(join(folder, file), text(file));
writeFileSync(join(folder, 'assets/worker-8.js'), 'worker');
writeFileSync(
  join(folder, 'lesson.html'),
  '<link rel="modulepreload" href="./assets/debugger-3.js"><script type="module" src="./assets/page-1.js"></script><link rel="stylesheet" href="./assets/page-2.css">',
);
const files = fileSizes(manifest, folder);

it('tells of every file when it is loaded, and for what', () => {
  const told = Object.fromEntries(files.map(({ file, when, purpose }) => [file.slice(7), [when, purpose]]));
  expect(told).toEqual({
    'page-1.js': ['page', ''],
    'page-2.css': ['page', ''],
    'debugger-3.js': ['debugger', ''],
    'shared-5.js': ['debugger', ''],
    'katex-4.js': ['katex', ''],
    'view-6.js': ['demand', 'view.ts'],
    'more-7.js': ['demand', 'in common: view.ts'],
    'worker-8.js': ['demand', 'a worker'],
  });
});

it('counts what a debugger has loaded when it opens, without what sets formulas', () => {
  const packed = (name: string) => gzipSync(text(`assets/${name}`), { level: 9 }).length;
  expect(firstOpen(files)).toBe(packed('page-1.js') + packed('debugger-3.js') + packed('shared-5.js'));
  expect(sizeReport(files)).toContain('assets/view-6.js  ← view.ts');
});
