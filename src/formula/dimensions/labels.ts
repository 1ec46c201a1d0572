import { plainIndex } from '../affine.ts';
import { closest, type Diagnostics } from '../diagnostic.ts';
import { references } from '../expression.ts';
import type { LabelStatement, Statement } from '../statement.ts';

/** A dimension of a quantity, from 0 as in its memory, whose entries have names, one for each. */
export interface LabelledPlace {
  readonly name: string;
  readonly dimension: number;
  readonly labels: readonly string[];
}

/** A model while it is compiled, as far as labels go. */
interface Labelled {
  readonly statements: readonly Statement[];
  /** Of all quantities, as in memory. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** With the sample index, where there is one. */
  readonly settledBatch: { readonly index: string } | undefined;
  readonly diagnostics: Diagnostics;
}

/** A dimension that an index runs over, as its author wrote it, and how many entries it has. */
interface Place {
  readonly name: string;
  readonly dimension: number;
  readonly size: number;
}

/**
 * The dimensions that the `label` lines name: those with as many entries as there are names which the index runs over, first where it
 * stands on the left or in a declaration, then where it is read. One letter may run over other sizes elsewhere, which have no names
 * then. Reports (`name`, `index`, `range`) a line that names nothing.
 */
export function labelledPlaces(draft: Labelled): LabelledPlace[] {
  // The later of two lines holds.
  const lines = new Map(
    draft.statements.flatMap((one) => (one.kind === 'label' ? [[one.name, one] as const] : [])),
  );
  if (lines.size === 0) return [];
  const [written, read] = [placesIn(draft, writtenIndices), placesIn(draft, readIndices)];
  for (const line of lines.values()) check(draft, line, written, read);
  return [written, read].flatMap((places) =>
    [...lines.values()].flatMap((line) => {
      const labels = namesIn(line);
      return (places.get(line.name) ?? [])
        .filter(({ size }) => size === labels.length)
        .map(({ name, dimension }) => ({ name, dimension, labels }));
    }),
  );
}

function namesIn({ labels }: LabelStatement): readonly string[] {
  if (!('low' in labels)) return labels;
  return Array.from({ length: labels.high - labels.low + 1 }, (_, n) => String(labels.low + n));
}

type Places = ReadonlyMap<string, readonly Place[]>;

function check(draft: Labelled, line: LabelStatement, written: Places, read: Places): void {
  const { name, span } = line;
  const { diagnostics } = draft;
  if (draft.settledBatch?.index === name) {
    const message = `${name} counts the samples of a batch, which are others in every iteration; they have no names`;
    diagnostics.error(span, 'index', message);
    return;
  }
  const sizes = [...(written.get(name) ?? []), ...(read.get(name) ?? [])].map(({ size }) => size);
  const count = namesIn(line).length;
  if (sizes.includes(count)) return;
  if (sizes.length === 0) {
    const known = new Set([...written.keys(), ...read.keys()]);
    const near = closest(name, known) ?? [...known].slice(0, 8).join(', ');
    const hint = known.size > 0 ? `; do you mean ${near}?` : '';
    diagnostics.error(span, 'name', `no index ${name} stands alone in brackets${hint}`);
    return;
  }
  const over = [...new Set(sizes)].join(' or ');
  const names = `${count} ${count === 1 ? 'name' : 'names'}`;
  diagnostics.error(span, 'range', `${name} has ${over} values, but ${names}; give each value one`);
}

/** A quantity and the names of indices in its brackets; undefined where something else stands there. */
type Brackets = readonly [name: string, indices: readonly (string | undefined)[]];

function writtenIndices(one: Statement): Brackets[] {
  if (one.kind === 'formula') return [[one.target, one.indices]];
  return one.kind === 'data' && one.initial !== undefined
    ? [[one.name, one.initial.dimensions.map(({ name }) => name)]]
    : [];
}

function readIndices(one: Statement): Brackets[] {
  if (one.kind !== 'formula' || one.expression === undefined) return [];
  return [...references(one.expression)].map(({ name, indices }) => [name, indices.map(plainIndex)]);
}

function placesIn({ statements, shapes }: Labelled, bracketsOf: (one: Statement) => Brackets[]): Places {
  const found = new Map<string, Place[]>();
  for (const [name, indices] of statements.flatMap(bracketsOf)) {
    const shape = shapes.get(name) ?? [];
    indices.forEach((index, d) => {
      // The sample index, which an author need not write, comes first.
      const dimension = d + shape.length - indices.length;
      if (index === undefined || index.startsWith('§') || shape[dimension] === undefined) return;
      const places = found.get(index) ?? [];
      found.set(index, places);
      places.push({ name, dimension, size: shape[dimension] });
    });
  }
  return found;
}
