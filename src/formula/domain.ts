/** Which values a domain allows: the rule for a row of entries (the last dimension), and how a finding words it. */
interface Domain {
  readonly holds: (row: Float64Array) => boolean;
  readonly rule: string;
}

/** By how much the sum of a row may miss 1 when its numbers were written in decimal. */
const nearOne = 1e-9;

const isEither = (x: number) => x === 0 || x === 1;
const total = (row: Float64Array) => row.reduce((a, b) => a + b, 0);

/** The domains that a data line can name, a narrower one before a wider one that contains it. */
export const domains = {
  onehot: {
    holds: (row) => row.every(isEither) && total(row) === 1,
    rule: 'has one 1 in every row, and else zeros',
  },
  distribution: {
    holds: (row) => row.every((x) => x >= 0 && x <= 1) && Math.abs(total(row) - 1) <= nearOne,
    rule: 'has rows of numbers from 0 to 1 that add up to 1',
  },
  index: {
    holds: (row) => row.every((x) => Number.isInteger(x) && x >= 1),
    rule: 'holds whole numbers from 1',
  },
  positive: { holds: (row) => row.every((x) => x > 0), rule: 'holds numbers above 0' },
  mask: { holds: (row) => row.every(isEither), rule: 'holds zeros and ones' },
} satisfies Record<string, Domain>;

/** The name of a domain, `onehot` for instance. */
export type DomainName = keyof typeof domains;

/** Whether a text names a domain. */
export const isDomain = (name: string): name is DomainName => Object.hasOwn(domains, name);

const names = Object.keys(domains);
/** `onehot, distribution, index, positive or mask` */
export const domainNames = `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

/**
 * Whether all rows of `numbers`, `width` entries each (at least 1), lie in a domain; what each domain demands is in `domains`.
 */
export function isWithin(name: DomainName, numbers: Float64Array, width: number): boolean {
  for (let start = 0; start < numbers.length; start += width)
    if (!domains[name].holds(numbers.subarray(start, start + width))) return false;
  return true;
}
