import { everywhere, type HandTerm, termText } from './algebra.testing.ts';
import type { GradientLine, HandNet, NetBatch, NetLine } from './hand-written.testing.ts';

/** How a text is written. */
interface Writing {
  /** Whether backward lines have claims. */
  readonly isClaimed?: boolean;
  /** Whether the derivatives by parameters are written for the whole batch, with a sum over its samples. */
  readonly isWhole?: boolean;
}

/** The text of a net, with other terms in place of some of its backward lines. */
export function textOf(
  net: HandNet,
  changed: ReadonlyMap<GradientLine, HandTerm> = new Map(),
  { isClaimed = true, isWhole = false }: Writing = {},
): string {
  const place = (names: readonly string[]) => (names.length === 0 ? '' : `[${names.join(',')}]`);
  const left = ({ target, indices }: NetLine) => `${target}${place(indices.map(({ name }) => name))}`;
  const data = net.data.map(({ name, role, shape, kind, rows }) => {
    const rowText = (row: readonly number[]) => nested(row, shape);
    const text = role === 'sample' ? `[${rows.map(rowText).join(', ')}]` : rowText(rows[0]);
    const domain = kind === 'onehot' || kind === 'distribution' ? ` : ${kind}` : '';
    return `${role} ${name} = ${text}${domain}`;
  });
  const backward = net.backward.map((line) => {
    const at = place(line.indices.map(({ name }) => name));
    const claim = isClaimed ? ` : ${line.sign < 0 ? '-' : ''}dL/d${line.by}${at}` : '';
    const term = changed.get(line) ?? line.term;
    const value = isWhole && line.isOfParameter ? overSamples(net, term) : termText(term);
    return `  ${left(line)} = ${value}${claim}`;
  });
  const updates = net.backward.flatMap(({ isOfParameter, by, indices, target }) => {
    const at = place(indices.map(({ name }) => name));
    return isOfParameter ? [`  ${by}${at} <- ${by}${at} - 0.1*${target}${at}`] : [];
  });
  return [
    ...data,
    ...(net.batch === undefined ? [] : [batchLine(net.batch, isWhole)]),
    'forward',
    ...net.forward.map((line) => `  ${left(line)} = ${termText(line.term)}`),
    'backward',
    ...backward,
    'update',
    ...updates,
  ].join('\n');
}

const batchLine = ({ size, reduction }: NetBatch, isWhole: boolean): string =>
  `batch n = ${size}, ${reduction}${isWhole ? ', together' : ''}`;

/** A term written for one sample, reduced over the batch. */
function overSamples({ data, forward, backward, batch }: HandNet, term: HandTerm): string {
  const ofSample = new Set([
    ...data.filter(({ role }) => role === 'sample').map(({ name }) => name),
    ...forward.map(({ target }) => target),
    ...backward.filter(({ isOfParameter }) => !isOfParameter).map(({ target }) => target),
  ]);
  const named = everywhere(term, (one) =>
    one.kind === 'cell' && ofSample.has(one.name) ? { ...one, places: ['n', ...one.places] } : one,
  );
  const { size, reduction } = batch as NetBatch;
  return `sum(n: ${termText(named)})${reduction === 'mean' ? ` / ${size}` : ''}`;
}

function nested(numbers: readonly number[], shape: readonly number[]): string {
  const [first, ...rest] = shape;
  if (first === undefined) return String(numbers[0]);
  const size = numbers.length / first;
  const inner = Array.from({ length: first }, (_, at) =>
    nested(numbers.slice(at * size, (at + 1) * size), rest),
  );
  return `[${inner.join(', ')}]`;
}
