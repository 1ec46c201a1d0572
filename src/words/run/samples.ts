import { section } from '../section.ts';

/** The samples that an iteration works on. */
export const sampleWords = section('samples', {
  of: (count: string, epoch: string) => `of ${count}, epoch ${epoch}`,
  evaluated: (row: string) => `sample ${row} of the data, evaluated`,
  one: (row: string, of: string) => `sample ${row} ${of}`,
  ofBatch: (sample: number, size: number, row: string, of: string) =>
    `sample ${sample} of a batch of ${size}: row ${row} ${of}`,
  listed: (size: number, rows: string, of: string) => `batch of ${size}: rows ${rows} ${of}`,
  batch: (size: number, of: string) => `batch of ${size} ${of}`,
});
