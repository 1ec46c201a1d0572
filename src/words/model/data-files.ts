import { section } from '../section.ts';

/** The field for data files that the reader provides. */
export const dataFilesWords = section('data-files', {
  title: 'Data files',
  fetching: 'Fetching the lesson’s data…',
  reading: 'Reading…',
  readingAll: 'Reading the files',
  cancel: 'Cancel',
  choose: 'Choose files',
  drop: 'Drop them here, packed or unpacked; they stay on this machine. Until then made-up numbers stand in for them.',
  replace: 'Other files of these names may be dropped here in their place.',
  unreadable: (why: string) => `The files could not be read: ${why}`,
  unknown: (file: string) => `${file} is not one of the files that this model reads.`,
  otherWidth: (file: string, found: number, wanted: number) =>
    `${file} has ${found} columns, but the model reads ${wanted}.`,
  missing: 'is not there yet',
  images: (count: string, side: number) => `${count} images of ${side} × ${side} read`,
  labels: (count: string) => `${count} labels read`,
  numbers: (count: string) => `${count} numbers read`,
  rows: (count: string, width: number) => `${count} rows of ${width} numbers read`,
});
