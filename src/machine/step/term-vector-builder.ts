import { coefficient } from '../../formula/affine.ts';
import { type Reference, walk } from '../../formula/expression.ts';
import { operation } from '../../formula/operation.ts';
import { freeIndices } from '../../formula/substitution.ts';
import type { Slot } from '../memory/layout.ts';
import type { CompiledNode } from './compiled-node.ts';
import { addressAffine } from './index-values.ts';
import { longestTermVector, type TermVector, type TermVectorContext } from './term-vector.ts';

/** The same within a function call. */
interface VectorContext extends TermVectorContext {
  /** The arguments of the call around it. */
  readonly given: readonly TermVector[];
}

/**
 * Compiles a term (`part`, the body of a reduction) so that many terms are evaluated together, each operation for all of them:
 * the same operations on the same numbers. Undefined where a condition, a guarded reference or a nested reduction uses the index
 * of `place`, directly or as a function's argument. A slot without memory is read cell by cell: that moves the index's register
 * and restores it.
 */
export function buildTermVector(part: CompiledNode, place: TermVectorContext): TermVector | undefined {
  return build(part, { ...place, given: [] });
}

function build(part: CompiledNode, place: VectorContext): TermVector | undefined {
  const { expression: e, value } = part;
  if (isSteady(part, place)) return { isSteady: true, value };
  const [left, right] = e.kind === 'call' ? [] : part.parts.map((one) => build(one, place));
  switch (e.kind) {
    case 'index': {
      const step = coefficient(e.index, place.name);
      return varied((out, count) => {
        const first = value();
        for (let n = 0; n < count; n++) out[n] = first + n * step;
      });
    }
    case 'reference':
      return e.guarded ? undefined : reading(e, part, place);
    case 'parameter':
      return place.given[part.argument as number];
    case 'operation':
      if (left === undefined || (e.operands.length > 1 && right === undefined)) return undefined;
      return operating(operation(e.operation).evaluate, left, right);
    case 'power':
      return left && powerOf(left, e.exponent);
    case 'call':
      return calling(part, place);
    case 'when': {
      const { holds } = part;
      const names = new Set(e.where.flatMap(({ terms }) => terms.map(([name]) => name)));
      if (left === undefined || holds === undefined || names.has(place.name)) return undefined;
      const zeros = new Float64Array(longestTermVector);
      const values = valuesOf(left);
      return { isSteady: false, values: (count) => (holds() ? values(count) : zeros) };
    }
    case 'stop':
      return left;
    default:
      return undefined;
  }
}

function isSteady({ expression }: CompiledNode, { name, given }: VectorContext): boolean {
  if (freeIndices(expression).has(name)) return false;
  return (
    given.every((one) => one.isSteady) || ![...walk(expression)].some(({ kind }) => kind === 'parameter')
  );
}

function varied(fill: (out: Float64Array, count: number) => void): TermVector {
  const out = new Float64Array(longestTermVector);
  return {
    isSteady: false,
    values(count) {
      fill(out, count);
      return out;
    },
  };
}

/** A vector's values, whether or not they are all the same. */
function valuesOf(block: TermVector): (count: number) => Float64Array {
  if (!block.isSteady) return block.values;
  const out = new Float64Array(longestTermVector);
  return (count) => out.fill(block.value(), 0, count);
}

function reading(
  e: Reference,
  part: CompiledNode,
  { name, register, registers, memory }: VectorContext,
): TermVector {
  const { value: read } = part;
  const slot = part.slot as Slot;
  const address = part.address as () => number;
  const stride = coefficient(addressAffine(slot, e.indices), name);
  return varied((out, count) => {
    const cells = memory(slot);
    if (cells !== undefined) {
      for (let n = 0, at = address(); n < count; n++, at += stride) out[n] = cells[at];
      return;
    }
    const first = registers[register];
    for (let n = 0; n < count; n++) {
      registers[register] = first + n;
      out[n] = read();
    }
    registers[register] = first;
  });
}

function operating(
  evaluate: (a: number, b: number) => number,
  left: TermVector,
  right?: TermVector,
): TermVector {
  const lefts = valuesOf(left);
  if (right === undefined)
    return varied((out, count) => {
      const a = lefts(count);
      for (let n = 0; n < count; n++) out[n] = evaluate(a[n], 0);
    });
  const rights = valuesOf(right);
  const apply = loopFor.get(evaluate);
  if (apply !== undefined) return varied((out, count) => apply(out, lefts(count), rights(count), count));
  return varied((out, count) => {
    const a = lefts(count);
    const b = rights(count);
    for (let n = 0; n < count; n++) out[n] = evaluate(a[n], b[n]);
  });
}

type Apply = (out: Float64Array, a: Float64Array, b: Float64Array, count: number) => void;

/** Loops for the most frequent operations: a call costs more than such an operation. */
const loopFor = new Map<unknown, Apply>([
  [
    operation('add').evaluate,
    (out, a, b, count) => {
      for (let n = 0; n < count; n++) out[n] = a[n] + b[n];
    },
  ],
  [
    operation('sub').evaluate,
    (out, a, b, count) => {
      for (let n = 0; n < count; n++) out[n] = a[n] - b[n];
    },
  ],
  [
    operation('mul').evaluate,
    (out, a, b, count) => {
      for (let n = 0; n < count; n++) out[n] = a[n] * b[n];
    },
  ],
  [
    operation('div').evaluate,
    (out, a, b, count) => {
      for (let n = 0; n < count; n++) out[n] = a[n] / b[n];
    },
  ],
]);

function powerOf(base: TermVector, exponent: number): TermVector {
  const bases = valuesOf(base);
  return varied((out, count) => {
    const factors = bases(count);
    for (let n = 0; n < count; n++) {
      const factor = factors[n];
      let product = factor;
      for (let times = 1; times < exponent; times++) product *= factor;
      out[n] = product;
    }
  });
}

function calling(part: CompiledNode, place: VectorContext): TermVector | undefined {
  const { body, give } = part;
  const operands = part.parts.map((one) => build(one, place));
  if (body === undefined || give === undefined) return undefined;
  const found: Float64Array[] = [];
  const values: number[] = [];
  const given: TermVector[] = [];
  for (const [n, one] of operands.entries()) {
    if (one === undefined) return undefined;
    // A parameter may be read repeatedly: its values are computed once.
    given.push(
      one.isSteady ? { isSteady: true, value: () => values[n] } : { isSteady: false, values: () => found[n] },
    );
  }
  // A function's body uses none of the indices around the call.
  const inner = build(body, { ...place, name: '', given });
  if (inner === undefined) return undefined;
  const inside = valuesOf(inner);
  return {
    isSteady: false,
    values(count) {
      for (const [n, one] of operands.entries()) {
        if (one === undefined) continue;
        if (one.isSteady) values[n] = one.value();
        else found[n] = one.values(count);
      }
      give(values);
      return inside(count);
    },
  };
}
