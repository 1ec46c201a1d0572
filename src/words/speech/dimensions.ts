import { section } from '../section.ts';

/** What an index of a number counts, as it is spoken. */
export const dimensionWords = section('dimensions', {
  next: ', ',
  plain: (name: string, indices: string) =>
    indices === '' ? name : `${name}${/\d$/.test(name) ? ',' : ''} ${indices}`,
  place: (name: string, row: number, column: number) => `${name}, row ${row}, column ${column}`,
  one: (units: string, n: number) => `${units} ${n}`,
  to: (units: string, n: number) => `to ${units}${units && ' '}${n}`,
  from: (units: string, n: number) => `from ${units}${units && ' '}${n}`,
  moment: (n: number) => `moment ${n}`,
  sample: (n: number) => `sample ${n}`,
});
