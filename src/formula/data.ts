import type { Diagnostics } from './diagnostic.ts';
import { type Quantity, sizeOf } from './model.ts';
import type { DataStatement, NestedNumbers } from './statement.ts';

/** What values make sense: the rule for a row of entries (the last dimension), and how it is said. */
const domains: Readonly<Record<string, readonly [holds: (row: Float64Array) => boolean, rule: string]>> = {
  onehot: [
    (row) => row.every((x) => x === 0 || x === 1) && row.reduce((a, b) => a + b, 0) === 1,
    'has one 1 in every row, and else zeros',
  ],
  index: [(row) => row.every((x) => Number.isInteger(x) && x >= 1), 'holds whole numbers from 1'],
  positive: [(row) => row.every((x) => x > 0), 'holds numbers above 0'],
  mask: [(row) => row.every((x) => x === 0 || x === 1), 'holds zeros and ones'],
};

/** The quantity that a data line declares, or undefined after reporting why its numbers make no array. */
export function readData(
  statement: DataStatement,
  known: ReadonlyMap<string, Quantity>,
  diagnostics: Diagnostics,
): Quantity | undefined {
  const { name, role, span, numbersSpan, like, domain } = statement;
  if (domain !== undefined && !Object.hasOwn(domains, domain.name)) {
    diagnostics.error(
      domain.span,
      'domain',
      `${domain.name} is no domain; write onehot, index, positive or mask`,
    );
  }
  const more = { name, role, span, ...(domain && { domain: domain.name }) };
  if (like !== undefined) {
    const model = known.get(like.name);
    if (model === undefined) {
      diagnostics.error(like.span, 'name', `${like.name} must be declared before it can lend its shape`);
      return undefined;
    }
    if (typeof statement.numbers !== 'number') {
      diagnostics.error(numbersSpan, 'shape', 'before like stands one number, which fills every entry');
      return undefined;
    }
    return {
      ...more,
      shape: model.shape,
      numbers: new Float64Array(sizeOf(model.shape)).fill(statement.numbers),
    };
  }
  const shape = shapeOf(statement.numbers);
  if (shape === undefined) {
    diagnostics.error(
      numbersSpan,
      'ragged',
      `the rows of ${name} differ in length; every row needs the same number of entries`,
    );
    return undefined;
  }
  if (shape.includes(0)) {
    diagnostics.error(numbersSpan, 'shape', `${name} has no entries`);
    return undefined;
  }
  const numbers = Float64Array.from(flatten(statement.numbers));
  const [holds, rule] = domains[domain?.name ?? ''] ?? [];
  const row = shape[shape.length - 1] ?? 1;
  for (let start = 0; start < numbers.length && holds !== undefined; start += row) {
    if (holds(numbers.subarray(start, start + row))) continue;
    diagnostics.error(numbersSpan, 'domain', `${name} is no ${domain?.name}: that ${rule}`);
    break;
  }
  return { ...more, shape, numbers };
}

function shapeOf(numbers: NestedNumbers): number[] | undefined {
  if (typeof numbers === 'number') return [];
  const inner = numbers.map(shapeOf);
  const [first] = inner;
  if (numbers.length === 0) return [0];
  const even =
    first !== undefined &&
    inner.every((shape) => shape?.length === first.length && shape.every((n, d) => n === first[d]));
  return even ? [numbers.length, ...first] : undefined;
}

function* flatten(numbers: NestedNumbers): Generator<number> {
  if (typeof numbers === 'number') yield numbers;
  else for (const part of numbers) yield* flatten(part);
}
