import { type DomainName, domainNames, domains, isDomain, isWithin } from '../domain.ts';
import { entryCount } from '../entry-count.ts';
import { type Quantity, sizeOf } from '../model.ts';
import { rowAt, type SampleRows } from '../rows.ts';
import { allRows, sampleRows } from '../sample-rows.ts';
import type { DataStatement, Initial, NestedNumbers } from '../statement.ts';
import { transposedRows, transposedShape } from '../transposition.ts';
import type { Draft } from './draft.ts';
import { compute, type Planned, plan } from './initial-values.ts';

/** How many numbers of sample data are checked against their domain. */
const mostChecked = 1 << 20;

/** What a data line provides: its shape (the number of samples first, for sample data) and how its numbers are computed. */
interface Content {
  readonly shape: readonly number[];
  /** One row, or one for each row of a table; undefined after reporting why there is none. */
  readonly fill: () => SampleRows | undefined;
  /** Whether functions must be known before `fill`. */
  readonly isComputed: boolean;
}

/**
 * Adds the quantity that a data line declares, with its shape. Written numbers are stored at once; formulas are queued for
 * `fillData`. Reports `domain`, `shape`, `ragged`, `name` and what `plan` does.
 */
export function declareData(draft: Draft, statement: DataStatement): void {
  const { name, role, span, domain, initial } = statement;
  if (domain !== undefined && !isDomain(domain.name))
    draft.error(domain.span, 'domain', `${domain.name} is no domain; write ${domainNames}`);
  const own = domainOf(statement);
  const quantity = { name, role, span, ...(own !== undefined && { domain: own }) };
  const content = initial === undefined ? listed(draft, statement) : planned(draft, statement, initial);
  const isSample = role === 'sample';
  const isList = content === undefined || content.shape.length > 0;
  if (isSample && !isList) {
    const example = `sample ${name} = [0.1, 0.7, 0.3]`;
    draft.error(span, 'shape', `samples are a list, one entry for each, as in ${example}`);
  }
  const whole = content && (!isSample || isList) ? reshaped(draft, statement, content.shape) : undefined;
  const computed = isSample ? whole?.slice(1) : whole;
  const shape = computed && transposedIn(draft, statement, computed);
  // A quantity whose line or table is wrong still exists, so that formulas that read it are not blamed.
  const rows: SampleRows | undefined =
    isSample && whole ? { count: whole[0], size: 0, source: new Float64Array(0) } : undefined;
  draft.quantities.set(name, { ...quantity, shape: shape ?? [], ...(rows && { rows }) });
  if (content === undefined || whole === undefined || computed === undefined || shape === undefined) return;
  draft.shapes.set(name, shape);
  const settle = (): void => {
    const found = content.fill();
    if (found === undefined) return;
    const count = isSample ? whole[0] : 1;
    const together = found.count === count ? found : sampleRows(count, allRows(found));
    const samples = statement.transposed ? transposedRows(together, computed) : together;
    const numbers = isSample ? { rows: samples } : { numbers: allRows(samples) };
    const filled: Quantity = { ...quantity, shape, ...numbers };
    draft.quantities.set(name, filled);
    checkDomain(draft, statement, filled);
  };
  if (content.isComputed) draft.unfilled.push(settle);
  else settle();
}

/**
 * Computes the data that are written as formulas; `checkFunctions` comes before it. Reports what `compute` does and `domain`.
 */
export function fillData(draft: Draft): void {
  for (const fill of draft.unfilled) fill();
}

/** Whether the line is `onehot(…)` and nothing else, which implies its domain. */
const isOnehot = (initial: Initial | undefined): boolean =>
  initial?.expression.kind === 'operation' &&
  initial.expression.operation === 'eq' &&
  initial.onehots.some(
    ({ operand }) => operand === (initial.expression as { operands?: unknown[] }).operands?.[0],
  );

/**
 * The shape that `like` takes from another quantity; undefined without `like`, or after reporting that there is no such shape.
 */
function lent(draft: Draft, { like }: DataStatement): readonly number[] | undefined {
  if (like === undefined) return undefined;
  const shape = draft.shapes.get(like.name);
  if (shape === undefined && !draft.isUnread(like.name) && !draft.quantities.has(like.name)) {
    draft.error(like.span, 'name', `${like.name} must be declared before it can lend its shape`);
  }
  return shape;
}

function listed(draft: Draft, statement: DataStatement): Content | undefined {
  const { name, numbers = 0, numbersSpan, like } = statement;
  if (like !== undefined) {
    const shape = lent(draft, statement);
    if (typeof numbers !== 'number') {
      draft.error(numbersSpan, 'shape', 'before like stands one number, which fills every entry');
      return undefined;
    }
    if (shape === undefined) return undefined;
    const fill = () => sampleRows(1, new Float64Array(sizeOf(shape)).fill(numbers));
    return { shape, fill, isComputed: false };
  }
  const shape = shapeOf(numbers);
  if (shape === undefined) {
    const rule = 'every row needs the same number of entries';
    draft.error(numbersSpan, 'ragged', `the rows of ${name} differ in length; ${rule}`);
    return undefined;
  }
  if (shape.includes(0)) {
    draft.error(numbersSpan, 'shape', `${name} has no entries`);
    return undefined;
  }
  return { shape, fill: () => sampleRows(1, Float64Array.from(flatten(numbers))), isComputed: false };
}

function planned(draft: Draft, statement: DataStatement, initial: Initial): Content | undefined {
  const shape = lent(draft, statement);
  if (statement.like !== undefined && shape === undefined) return undefined;
  const computed = { ...statement, initial };
  const found: Planned | undefined = plan(draft, computed, shape);
  if (found === undefined) return undefined;
  return {
    shape: found.rows === undefined ? found.shape : [found.rows, ...found.shape],
    fill: () => compute(draft, computed, found),
    isComputed: true,
  };
}

/** The shape with the last dimension replaced by that of `as 8 x 8`; undefined after reporting that the sizes differ. */
function reshaped(
  draft: Draft,
  { reshape, name }: DataStatement,
  shape: readonly number[],
): readonly number[] | undefined {
  if (reshape === undefined) return shape;
  const last = shape[shape.length - 1] ?? 1;
  if (shape.length > 0 && sizeOf(reshape.sizes) === last) return [...shape.slice(0, -1), ...reshape.sizes];
  const needs = `${reshape.sizes.join(' × ')} makes ${entryCount(sizeOf(reshape.sizes))}`;
  draft.error(reshape.span, 'shape', `${needs}, but a row of ${name} has ${last}`);
  return undefined;
}

/** The shape of a quantity or sample, swapped where the line says `transposed`; undefined after reporting that it cannot be. */
function transposedIn(
  draft: Draft,
  { name, role, transposed }: DataStatement,
  shape: readonly number[],
): readonly number[] | undefined {
  if (transposed === undefined) return shape;
  if (shape.length > 1) return transposedShape(shape);
  const dimensions = shape.length === 0 ? 'is a single number' : 'has one dimension';
  const what = role === 'sample' ? `a sample of ${name}` : name;
  draft.error(transposed, 'shape', `${what} ${dimensions}; transposed swaps the last two, rows and columns`);
  return undefined;
}

/** The domain that a line names or implies. */
function domainOf({ domain, initial, transposed }: DataStatement): DomainName | undefined {
  if (domain === undefined) return isOnehot(initial) && !transposed ? 'onehot' : undefined;
  return isDomain(domain.name) ? domain.name : undefined;
}

function checkDomain(draft: Draft, { domain, numbersSpan }: DataStatement, quantity: Quantity): void {
  const known = domain?.name;
  if (known === undefined || !isDomain(known)) return;
  const { name, shape, numbers, rows } = quantity;
  const width = shape[shape.length - 1] ?? 1;
  const isRight = (some: Float64Array): boolean => isWithin(known, some, width);
  let isAllRight = numbers === undefined || isRight(numbers);
  for (let row = 0; rows !== undefined && isAllRight && row < rows.count; row++) {
    if (row * rows.size > mostChecked) break;
    isAllRight = isRight(rowAt(rows, row));
  }
  if (!isAllRight) draft.error(numbersSpan, 'domain', `${name} is no ${known}: that ${domains[known].rule}`);
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

function flatten(numbers: NestedNumbers, found: number[] = []): number[] {
  if (typeof numbers === 'number') found.push(numbers);
  else for (const part of numbers) flatten(part, found);
  return found;
}
