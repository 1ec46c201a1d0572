import { readFileSync } from 'node:fs';
import { fileSizes, firstOpen, limit, type Manifest, sizeReport } from './sizes.ts';

/* Prints what the built site weighs, and fails where a debugger loads too much before it is asked for anything. */
const folder = 'dist';
const files = fileSizes(
  JSON.parse(readFileSync(`${folder}/.vite/manifest.json`, 'utf8')) as Manifest,
  folder,
);
process.stdout.write(sizeReport(files));
if (firstOpen(files) > limit) {
  process.stderr.write('The first opening of a debugger loads too much.\n');
  process.exitCode = 1;
}
