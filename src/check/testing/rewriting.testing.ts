import { SeededNumbers } from '../../machine/testing/models.testing.ts';
import {
  add,
  call,
  cell,
  changedAt,
  type HandTerm,
  indexValue,
  literal,
  mentions,
  multiplyTerms,
  namesRead,
  negative,
  sizeOfTerm,
  subtract,
  sum,
} from './algebra.testing.ts';
import {
  drawNet,
  type GradientLine,
  type HandNet,
  type NetPoint,
  termValues,
  trueDerivatives,
} from './hand-written.testing.ts';

/* Equivalent rewritings and mistakes: which of the two a change is follows from numbers at many points. */

/** An equivalent node; the node itself where there is none. */
function rearranged(node: HandTerm, n: SeededNumbers): HandTerm {
  const way = n.whole(1, 8);
  if (way === 1) return negative(negative(node));
  if (way === 2) return multiplyTerms(node, literal(1));
  if (way === 3) return add(node, literal(0));
  if (node.kind === 'binary') {
    const { sign, a, b } = node;
    if (sign === '+') return way > 5 ? add(b, a) : subtract(a, negative(b));
    if (sign === '-') return way > 5 ? negative(subtract(b, a)) : add(a, negative(b));
    if (sign === '*') {
      if (way === 4 && b.kind === 'binary' && (b.sign === '+' || b.sign === '-'))
        return { ...b, a: multiplyTerms(a, b.a), b: multiplyTerms(a, b.b) };
      if (way === 5 && b.kind === 'sum' && !mentions(a, b.index))
        return sum(b.index, b.count, multiplyTerms(a, b.body));
      return way === 6 ? negative(multiplyTerms(negative(a), b)) : multiplyTerms(b, a);
    }
  }
  if (node.kind === 'sum' && way > 4) return negative(sum(node.index, node.count, negative(node.body)));
  if (node.kind === 'power' && node.exponent === 2 && way > 4) return multiplyTerms(node.a, node.a);
  return node;
}

/** A mistake in a node. */
function mistaken(
  node: HandTerm,
  n: SeededNumbers,
  net: HandNet,
  scope: ReadonlyMap<string, number>,
): HandTerm {
  switch (node.kind) {
    case 'number':
      return literal(n.pick([0, 1, 2, node.value + 1, node.value / 2, -node.value]));
    case 'index':
      return n.pick([literal(1), indexValue(n.pick([...scope.keys()]))]);
    case 'negative':
      return node.a;
    case 'power':
      return n.pick([node.a, { ...node, exponent: node.exponent + 1 }]);
    case 'call':
      return n.pick([node.a, call(n.pick(['sigmoid', 'tanh', 'sin', 'cos', 'exp'] as const), node.a)]);
    case 'comparison':
      return n.pick([
        literal(1),
        literal(0),
        { ...node, a: node.b, b: node.a },
        { ...node, sign: node.sign === '=' ? '>' : '=' } as const,
      ]);
    case 'sum':
      return n.pick([
        multiplyTerms(literal(2), node),
        multiplyTerms(node, literal(1 / node.count)),
        negative(node),
      ]);
    case 'binary': {
      const { sign, a, b } = node;
      const signs = { '+': ['-', '*'], '-': ['+', '*'], '*': ['/', '+'], '/': ['*'] } as const;
      return n.pick([a, b, { ...node, sign: n.pick(signs[sign]) }, { ...node, a: b, b: a }, negative(node)]);
    }
    case 'cell':
      return mistakenCell(node, n, net, scope);
  }
}

function mistakenCell(
  node: Extract<HandTerm, { kind: 'cell' }>,
  n: SeededNumbers,
  net: HandNet,
  scope: ReadonlyMap<string, number>,
): HandTerm {
  const { name, places } = node;
  const shape = shapeOf(net, name);
  const way = n.whole(1, 5);
  // The value at the lesson's numbers as a constant: right there, and nowhere else.
  const datum = net.data.find((one) => one.name === name);
  if (way === 1 && datum !== undefined && datum.shape.length === 0) return literal(datum.rows[0][0]);
  if (way === 2)
    return n.pick([literal(1), multiplyTerms(literal(2), node), multiplyTerms(node, literal(1.001))]);
  if (way === 3 && places.length === 2 && shape[0] === shape[1]) return cell(name, places[1], places[0]);
  if (way === 4 && places.length > 0) {
    const d = n.whole(0, places.length - 1);
    const others = [...scope].filter(([, count]) => count === shape[d]).map(([letter]) => letter);
    const place = n.pick([...others, n.whole(1, shape[d])]);
    return cell(name, ...places.map((one, at) => (at === d ? place : one)));
  }
  const alike = names(net).filter((other) => shapeOf(net, other).join() === shape.join());
  return cell(n.pick(alike), ...places);
}

const names = (net: HandNet): string[] => [
  ...net.data.map(({ name }) => name),
  ...net.forward.map(({ target }) => target),
];

function shapeOf(net: HandNet, name: string): readonly number[] {
  const datum = net.data.find((one) => one.name === name);
  if (datum !== undefined) return datum.shape;
  const line = [...net.forward, ...net.backward].find(({ target }) => target === name);
  return line?.indices.map(({ count }) => count) ?? [];
}

/** A network with one backward line rewritten equivalently or with a mistake. */
export interface RewrittenNet {
  readonly net: HandNet;
  readonly line: GradientLine;
  readonly term: HandTerm;
  /** `unclear`: right at nearly all numbers, or too nearly right. */
  readonly expected: 'right' | 'wrong' | 'unclear';
}

/** Draws a network and rewrites one of its backward lines. */
export function rewriteNet(seed: number, kind: 'rearranged' | 'mistaken'): RewrittenNet {
  const n = new SeededNumbers(seed);
  const net = drawNet(n);
  const line = n.pick(net.backward);
  let { term } = line;
  for (let times = kind === 'rearranged' ? n.whole(1, 5) : 1; times > 0; times--) {
    const at = n.whole(0, sizeOfTerm(term) - 1);
    const scope = new Map(line.indices.map(({ name, count }) => [name, count]));
    term = changedAt(term, at, (node, bound) =>
      kind === 'rearranged' ? rearranged(node, n) : mistaken(node, n, net, new Map([...scope, ...bound])),
    );
  }
  return { net, line, term, expected: expectedOf(net, line, term, n, kind) };
}

/** How many points are tried: half near the lesson's numbers, half far away. */
const points = 16;

function expectedOf(
  net: HandNet,
  line: GradientLine,
  term: HandTerm,
  n: SeededNumbers,
  kind: 'rearranged' | 'mistaken',
): RewrittenNet['expected'] {
  let [wrong, close, seen] = [0, 0, 0];
  const needed = new Set([line.target, ...namesRead(term)]);
  for (let at = 0; at < points; at++) {
    const point = pointOf(net, n, at);
    const right = trueDerivatives(net, point, needed);
    const wanted = right.get(line.target) as readonly number[];
    let found: number[];
    try {
      found = termValues(net, point, right, { ...line, term });
    } catch (fault) {
      if (fault instanceof RangeError) return 'unclear';
      throw fault;
    }
    const errors = found.map((value, one) => Math.abs(value - wanted[one]));
    const most = Math.max(...errors);
    const size = Math.max(...wanted.map(Math.abs), ...found.map(Math.abs));
    if (!Number.isFinite(most)) return 'unclear';
    if (size > 0) seen += 1;
    if (most > 1e-5 * Math.max(size, 1e-3)) {
      if (at === 0) return 'wrong';
      wrong += 1;
    } else if (most > 1e-11 * size) close += 1;
  }
  // A unit inactive at nearly all points shows no mistake; an equivalent rewriting is right by construction.
  if (wrong === 0) return close === 0 && (kind === 'rearranged' || seen >= points / 4) ? 'right' : 'unclear';
  return wrong >= points / 4 ? 'wrong' : 'unclear';
}

/** The lesson's own numbers, or others within their domains; with samples, of one of them. */
function pointOf(net: HandNet, n: SeededNumbers, at: number): NetPoint {
  const found = new Map<string, number[]>();
  const far = at > points / 2 ? 4 : 0.6;
  for (const { name, rows, kind, classes } of net.data) {
    const own = rows[at === 0 ? 0 : at % rows.length];
    const moved = () => (n.whole(-1000, 1000) / 1000) * far;
    if (at === 0) found.set(name, [...own]);
    else if (kind === 'real')
      found.set(
        name,
        own.map((value) => value + moved()),
      );
    else if (kind === 'label')
      found.set(
        name,
        own.map(() => n.whole(1, classes)),
      );
    else if (kind === 'onehot') {
      const hot = n.whole(0, own.length - 1);
      found.set(
        name,
        own.map((_, one) => (one === hot ? 1 : 0)),
      );
    } else {
      const parts = own.map(() => n.whole(1, 9));
      const total = parts.reduce((a, b) => a + b, 0);
      found.set(
        name,
        parts.map((one) => one / total),
      );
    }
  }
  return found;
}
