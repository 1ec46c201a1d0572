/*
 * A small independent algebra, as a reference for the checks: expressions over indexed quantities, printed as text of the
 * language, and evaluated with their derivatives by dual numbers. It uses nothing of the engine.
 */

/** An index by its name, or a fixed one from 1. */
export type TermIndex = string | number;

/** An expression. */
export type HandTerm =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'cell'; readonly name: string; readonly places: readonly TermIndex[] }
  | {
      readonly kind: 'binary';
      readonly sign: '+' | '-' | '*' | '/';
      readonly a: HandTerm;
      readonly b: HandTerm;
    }
  | { readonly kind: 'negative'; readonly a: HandTerm }
  | { readonly kind: 'power'; readonly a: HandTerm; readonly exponent: number }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly a: HandTerm }
  | { readonly kind: 'comparison'; readonly sign: '=' | '>'; readonly a: HandTerm; readonly b: HandTerm }
  | { readonly kind: 'index'; readonly name: string }
  | { readonly kind: 'sum'; readonly index: string; readonly count: number; readonly body: HandTerm };

/** A value and its derivative. */
export interface Dual {
  readonly value: number;
  readonly slope: number;
}

const functions = {
  sigmoid: ({ value, slope }) => {
    const s = 1 / (1 + Math.exp(-value));
    return { value: s, slope: slope * s * (1 - s) };
  },
  tanh: ({ value, slope }) => ({ value: Math.tanh(value), slope: slope * (1 - Math.tanh(value) ** 2) }),
  relu: ({ value, slope }) => (value > 0 ? { value, slope } : { value: 0, slope: 0 }),
  exp: ({ value, slope }) => ({ value: Math.exp(value), slope: slope * Math.exp(value) }),
  log: ({ value, slope }) => ({ value: Math.log(value), slope: slope / value }),
  sin: ({ value, slope }) => ({ value: Math.sin(value), slope: slope * Math.cos(value) }),
  cos: ({ value, slope }) => ({ value: Math.cos(value), slope: -slope * Math.sin(value) }),
} satisfies Record<string, (a: Dual) => Dual>;

/** A function of one number. */
export type FunctionName = keyof typeof functions;

/** A number. */
export const literal = (value: number): HandTerm => ({ kind: 'number', value });
/** A cell of a quantity. */
export const cell = (name: string, ...places: TermIndex[]): HandTerm => ({ kind: 'cell', name, places });
const binary =
  (sign: '+' | '-' | '*' | '/') =>
  (a: HandTerm, b: HandTerm): HandTerm => ({ kind: 'binary', sign, a, b });
/** a + b */
export const add = binary('+');
/** a − b */
export const subtract = binary('-');
/** a · b */
export const multiplyTerms = binary('*');
/** a / b */
export const divide = binary('/');
/** −a */
export const negative = (a: HandTerm): HandTerm => ({ kind: 'negative', a });
/** a to a whole power of at least 1. */
export const power = (a: HandTerm, exponent: number): HandTerm => ({ kind: 'power', a, exponent });
/** A function of a. */
export const call = (name: FunctionName, a: HandTerm): HandTerm => ({ kind: 'call', name, a });
/** 1 where a = b, else 0. */
export const equal = (a: HandTerm, b: HandTerm): HandTerm => ({ kind: 'comparison', sign: '=', a, b });
/** 1 where a > b, else 0. */
export const above = (a: HandTerm, b: HandTerm): HandTerm => ({ kind: 'comparison', sign: '>', a, b });
/** An index as a number. */
export const indexValue = (name: string): HandTerm => ({ kind: 'index', name });
/** The sum of a body over an index from 1 to `count`. */
export const sum = (name: string, count: number, body: HandTerm): HandTerm => ({
  kind: 'sum',
  index: name,
  count,
  body,
});

const decimal = (value: number): string => {
  const text = String(Math.abs(value));
  const plain = text.includes('e') ? Math.abs(value).toFixed(20) : text;
  return value < 0 ? `(-${plain})` : plain;
};

/** A term as text of the language. */
export function termText(term: HandTerm): string {
  switch (term.kind) {
    case 'number':
      return decimal(term.value);
    case 'cell':
      return term.places.length === 0 ? term.name : `${term.name}[${term.places.join(',')}]`;
    case 'binary':
      return `(${termText(term.a)} ${term.sign} ${termText(term.b)})`;
    case 'negative':
      return `(-${termText(term.a)})`;
    case 'power':
      return `(${termText(term.a)})^${term.exponent}`;
    case 'call':
      return `${term.name}(${termText(term.a)})`;
    case 'comparison':
      return `[${termText(term.a)} ${term.sign} ${termText(term.b)}]`;
    case 'index':
      return term.name;
    case 'sum':
      return `sum(${term.index}: ${termText(term.body)})`;
  }
}

/** Gives a cell (indices from 1) of a quantity with its derivative. */
export type Lookup = (name: string, cell: readonly number[]) => Dual;

/** The value and derivative of a term at given indices. */
export function evaluate(term: HandTerm, at: ReadonlyMap<string, number>, lookup: Lookup): Dual {
  const inner = (one: HandTerm) => evaluate(one, at, lookup);
  switch (term.kind) {
    case 'number':
      return { value: term.value, slope: 0 };
    case 'cell':
      return lookup(
        term.name,
        term.places.map((place) => (typeof place === 'number' ? place : (at.get(place) as number))),
      );
    case 'binary': {
      const [a, b] = [inner(term.a), inner(term.b)];
      if (term.sign === '+') return { value: a.value + b.value, slope: a.slope + b.slope };
      if (term.sign === '-') return { value: a.value - b.value, slope: a.slope - b.slope };
      if (term.sign === '*')
        return { value: a.value * b.value, slope: a.slope * b.value + a.value * b.slope };
      const value = a.value / b.value;
      return { value, slope: (a.slope - value * b.slope) / b.value };
    }
    case 'negative': {
      const a = inner(term.a);
      return { value: -a.value, slope: -a.slope };
    }
    case 'power': {
      const a = inner(term.a);
      const below = a.value ** (term.exponent - 1);
      return { value: below * a.value, slope: term.exponent * below * a.slope };
    }
    case 'call':
      return functions[term.name](inner(term.a));
    case 'comparison': {
      const [a, b] = [inner(term.a).value, inner(term.b).value];
      return { value: (term.sign === '=' ? a === b : a > b) ? 1 : 0, slope: 0 };
    }
    case 'index':
      return { value: at.get(term.name) as number, slope: 0 };
    case 'sum': {
      let [value, slope] = [0, 0];
      for (let n = 1; n <= term.count; n++) {
        const one = evaluate(term.body, new Map(at).set(term.index, n), lookup);
        value += one.value;
        slope += one.slope;
      }
      return { value, slope };
    }
  }
}

/** The parts of a term. */
export function parts(term: HandTerm): readonly HandTerm[] {
  switch (term.kind) {
    case 'binary':
    case 'comparison':
      return [term.a, term.b];
    case 'negative':
    case 'power':
    case 'call':
      return [term.a];
    case 'sum':
      return [term.body];
    default:
      return [];
  }
}

/** A copy of a term with other parts. */
export function withParts(term: HandTerm, [a, b]: readonly HandTerm[]): HandTerm {
  switch (term.kind) {
    case 'binary':
    case 'comparison':
      return { ...term, a, b };
    case 'negative':
    case 'power':
    case 'call':
      return { ...term, a };
    case 'sum':
      return { ...term, body: a };
    default:
      return term;
  }
}

/** How many nodes a term has. */
export const sizeOfTerm = (term: HandTerm): number =>
  parts(term).reduce((all, one) => all + sizeOfTerm(one), 1);

/** Changes node n (from 0, in the order of printing); `change` also gets the indices bound around it. */
export function changedAt(
  term: HandTerm,
  n: number,
  change: (node: HandTerm, bound: ReadonlyMap<string, number>) => HandTerm,
  bound: ReadonlyMap<string, number> = new Map(),
): HandTerm {
  if (n === 0) return change(term, bound);
  const within = term.kind === 'sum' ? new Map(bound).set(term.index, term.count) : bound;
  let left = n - 1;
  const changed = parts(term).map((part) => {
    const size = sizeOfTerm(part);
    const isHere = left >= 0 && left < size;
    const found = isHere ? changedAt(part, left, change, within) : part;
    left -= size;
    return found;
  });
  return withParts(term, changed);
}

/** Whether an index occurs in a term. */
export const mentions = (term: HandTerm, name: string): boolean =>
  (term.kind === 'index' && term.name === name) ||
  (term.kind === 'cell' && term.places.includes(name)) ||
  parts(term).some((one) => mentions(one, name));

/** The names of the quantities that a term reads, with repetition. */
export const namesRead = (term: HandTerm): string[] =>
  term.kind === 'cell' ? [term.name] : parts(term).flatMap(namesRead);

/** A copy of a term with every node changed, parts before wholes. */
export const everywhere = (term: HandTerm, change: (node: HandTerm) => HandTerm): HandTerm =>
  change(
    withParts(
      term,
      parts(term).map((part) => everywhere(part, change)),
    ),
  );
