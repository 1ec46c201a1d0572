import { type Affine, type Condition, index } from '../affine.ts';
import { children, type Expression, type Reduction, type Reference } from '../expression.ts';
import { operation, precedence } from '../operation.ts';

/** What can be printed: an expression as written, or expanded for one cell. */
export interface Tree {
  readonly expression: Expression;
  /** Its parts, left to right. For a sum as written its one body; expanded, its terms. */
  readonly parts: readonly Tree[];
}

/** Printed text, and what is needed to put parentheses around it. */
export interface Printed {
  readonly text: string;
  /** How tightly it binds, one of `precedence`. */
  readonly binding: number;
}

/** How one medium (TeX, pseudo-code, Python) writes each kind of node. Precedence and parentheses are the printer's. */
export interface Medium<T extends Tree> {
  readonly name: 'tex' | 'code' | 'python';
  /** For Python: the module whose functions are called. */
  readonly library?: string;
  number(value: number): string;
  affine(affine: Affine): string;
  reference(reference: Reference, tree: T): string;
  call(name: string, operands: readonly string[]): string;
  power(base: string, exponent: number): string;
  /** `body` is already in parentheses where it needs them. */
  reduction(e: Reduction, body: string): Printed;
  when(where: readonly Condition[], body: string): string;
  /** The text in parentheses. */
  group(text: string): string;
  /** Prints a node in another way (its value, its expanded terms); undefined leaves it to the printer. */
  instead?(tree: T, print: (part: T) => Printed): Printed | undefined;
  /** Decorates every printed node, for instance to highlight the current operation. It must not change how the text binds. */
  mark?(tree: T, text: string): string;
}

/** Text that needs no parentheses anywhere, as it is. */
export const atomic = (text: string): Printed => ({ text, binding: precedence.atom });

/** The expression as written, ready to be printed; parts are made when they are first read. */
export function asTree(expression: Expression): Tree {
  let parts: readonly Tree[] | undefined;
  return {
    expression,
    get parts() {
      parts ??= children(expression).map(asTree);
      return parts;
    },
  };
}

/**
 * The tree in a medium, with parentheses where, and only where, they are needed, so that in pseudo-code it reads back as the
 * same tree. Apart from what the medium writes, nothing is escaped. The caller puts parentheses around the whole by its
 * `binding`.
 */
export function print<T extends Tree>(tree: T, medium: Medium<T>): Printed {
  const found = medium.instead?.(tree, (part) => print(part, medium)) ?? plain(tree, medium);
  return medium.mark ? { ...found, text: medium.mark(tree, found.text) } : found;
}

function plain<T extends Tree>(tree: T, medium: Medium<T>): Printed {
  const { expression: e } = tree;
  const parts = tree.parts as readonly T[];
  const whole = (part: T) => print(part, medium).text;
  switch (e.kind) {
    case 'number':
      return signed(medium.number(e.value));
    case 'index':
      return affineAtom(medium.affine(e.index));
    case 'parameter':
      return atomic(medium.affine(index(e.name)));
    case 'reference':
      return atomic(medium.reference(e, tree));
    case 'operation':
      return infix(tree, medium);
    case 'power': {
      const base = print(parts[0], medium);
      const safe =
        base.binding >= precedence.atom &&
        !(medium.name === 'tex' && /[\^{]/.test(base.text) && !/^\\left|^\(/.test(base.text));
      return {
        text: medium.power(safe ? base.text : medium.group(base.text), e.exponent),
        binding: precedence.power,
      };
    }
    case 'call':
      return atomic(medium.call(e.name, parts.map(whole)));
    case 'stop':
      return atomic(medium.name === 'code' ? medium.call('stop', [whole(parts[0])]) : whole(parts[0]));
    case 'when':
      return atomic(parts.length > 0 ? medium.when(e.where, whole(parts[0])) : medium.number(0));
    case 'reduction': {
      const body = print(parts[0], medium);
      // A sum sign takes everything up to the next plus, so a sum under it needs parentheses; in code a colon does that.
      const loose = medium.name === 'tex' && body.binding <= precedence.sum;
      return medium.reduction(e, loose ? medium.group(body.text) : body.text);
    }
  }
}

function infix<T extends Tree>(tree: T, medium: Medium<T>): Printed {
  if (tree.expression.kind !== 'operation') throw new TypeError('not an operation');
  const definition = operation(tree.expression.operation);
  const [left, right] = (tree.parts as readonly T[]).map((part) => print(part, medium));
  const own = definition.precedence;
  const closed = own === precedence.atom || (medium.name === 'tex' && tree.expression.operation === 'div');
  const write = (a: string, b: string) => definition[medium.name](a, b, medium.library ?? '');
  if (right === undefined) {
    if (closed) return atomic(write(left.text, ''));
    const literal = tree.parts[0].expression.kind === 'number';
    const group = literal || left.binding < own || startsWithSign(left.text);
    return { text: write(group ? medium.group(left.text) : left.text, ''), binding: own };
  }
  if (closed) return { text: write(left.text, right.text), binding: precedence.atom };
  const a =
    left.binding < own && !(left.binding === precedence.negation) ? medium.group(left.text) : left.text;
  const b = right.binding <= own || startsWithSign(right.text) ? medium.group(right.text) : right.text;
  return { text: write(a, b), binding: own };
}

const startsWithSign = (text: string): boolean => /^(\\html\w+\{[^}]*\}\{)*[-−]/.test(text);

/**
 * The text of a number, unchanged: with a sign in front it binds like a negation, with a power of ten in TeX like a product.
 */
export const signed = (text: string): Printed => ({
  text,
  binding: startsWithSign(text)
    ? precedence.negation
    : /\\cdot/.test(text)
      ? precedence.product
      : precedence.atom,
});

const affineAtom = (text: string): Printed => ({
  text,
  binding: /[+\- ]/.test(text.slice(1))
    ? precedence.sum
    : startsWithSign(text)
      ? precedence.negation
      : precedence.atom,
});

/**
 * `2*p + u - 1`, positive terms first, otherwise in their order, spaces around the signs between; `0` for nothing. `multiply`
 * writes a factor ≥ 2, without sign, with its index; a factor of 1 is left out.
 */
export function affineText(
  { constant, terms }: Affine,
  multiply: (factor: number, name: string) => string,
): string {
  const ordered = [...terms.filter(([, factor]) => factor > 0), ...terms.filter(([, factor]) => factor < 0)];
  const written: [sign: number, text: string][] = ordered.map(([name, factor]) => [
    factor,
    Math.abs(factor) === 1 ? name : multiply(Math.abs(factor), name),
  ]);
  if (constant > 0 && ordered.length > 0 && ordered[0][1] < 0) written.unshift([1, String(constant)]);
  else if (constant !== 0 || written.length === 0) written.push([constant, String(Math.abs(constant))]);
  return written
    .map(([sign, text], at) =>
      at === 0 ? (sign < 0 ? `-${text}` : text) : `${sign < 0 ? ' - ' : ' + '}${text}`,
    )
    .join('');
}

/** The two sides of `affine ≥ 0` with only positive terms on each, as `left ≤ right`; a side may be the constant 0. */
export function sides({ constant, terms }: Condition): { left: Affine; right: Affine } {
  const positive = terms.filter(([, factor]) => factor > 0);
  const negative = terms.filter(([, factor]) => factor < 0).map(([name, factor]) => [name, -factor] as const);
  return {
    left: { constant: constant < 0 ? -constant : 0, terms: negative },
    right: { constant: constant > 0 ? constant : 0, terms: positive },
  };
}
