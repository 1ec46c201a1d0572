import { readFileSync } from 'node:fs';
import { manifestFile } from './build-lists.ts';
import { fileSizes, firstOpen, limit, type Manifest, sizeReport } from './sizes.ts';

/* Prints the sizes of the built site's files, and fails where the first opening of a debugger loads too much. */
const folder = 'dist';
const files = fileSizes(JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest, folder);
process.stdout.write(sizeReport(files));
if (firstOpen(files) > limit) {
  process.stderr.write('The first opening of a debugger loads too much.\n');
  process.exitCode = 1;
}
