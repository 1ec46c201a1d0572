import type { FileReading } from './file-reading.ts';
import { failed, type TableReading } from './table.ts';

/** Unpacked size at which reading stops; a few packed bytes could unpack for ever. */
const mostMegabytes = 512;
/** In bytes: the greatest size of a file, unpacked (512 MiB), that is read. */
export const mostBytes = mostMegabytes << 20;

/** The result for a file of more than `mostBytes` unpacked. */
export const tooLarge = failed(
  `the file has more than ${mostMegabytes} MB, unpacked; leave rows or columns out`,
);

/** The reading, ended with `tooLarge` where it is given more than `mostBytes`. */
export function* limited(reading: FileReading<TableReading>): FileReading<TableReading> {
  let given = 0;
  let next = reading.next();
  while (next.done !== true) {
    if (next.value === 'again') given = 0;
    const piece = yield next.value;
    given += piece?.length ?? 0;
    if (given > mostBytes) return tooLarge;
    next = reading.next(piece);
  }
  return next.value;
}
