import { type Affine, index as indexOf, plainIndex, substitute } from '../affine.ts';
import { components } from '../components.ts';
import { freshen, nameIndices, unique } from '../derive/derivative-paths.ts';
import { references } from '../expression.ts';
import type { Formula } from '../model.ts';
import type { Claim } from '../statement.ts';
import { substituteIndices } from '../substitution.ts';

type Unnumbered = Omit<Formula, 'id'>;

/** One left index of one formula. */
interface Place {
  readonly formula: Unnumbered;
  readonly dimension: number;
}

/**
 * The formulas of a pass, in the same order, where those that need each other (a recurrent net) name the index along which
 * they run by the same letter, since they share a loop over it: that of the first of them. Others are returned as they are.
 */
export function shareIndices(formulas: readonly Unnumbered[]): Unnumbered[] {
  const writers = new Map(formulas.map((one) => [`${one.version} ${one.target}`, one]));
  const reads = new Map(
    formulas.map((one) => [
      one,
      [...references(one.expression)].flatMap(({ version, name }) => writers.get(`${version} ${name}`) ?? []),
    ]),
  );
  const readBy = (one: Unnumbered) => reads.get(one) ?? [];
  const renamed = new Map<Unnumbered, Unnumbered>();
  for (const group of components(formulas, readBy)) {
    if (group.length === 1 && !readBy(group[0]).includes(group[0])) continue;
    const letters = new Map(group.map((one) => [one, one.indices.map(({ name }) => name)]));
    for (const places of linked(group)) {
      if (places.length !== group.length || new Set(places.map(({ formula }) => formula)).size < group.length)
        continue;
      const [{ formula, dimension }] = places;
      const { name, range } = formula.indices[dimension];
      const ranges = places.map((place) => place.formula.indices[place.dimension].range);
      if (ranges.some(({ low, high }) => low !== range.low || high !== range.high)) continue;
      for (const place of places) (letters.get(place.formula) as string[])[place.dimension] = name;
    }
    for (const [formula, names] of letters) renamed.set(formula, withLetters(formula, names));
  }
  return formulas.map((one) => renamed.get(one) ?? one);
}

/**
 * Groups of left indices that stand for the same, since one formula reads the other at its own index or at an offset from it;
 * only groups along which something is carried by an offset.
 */
function linked(group: readonly Unnumbered[]): Place[][] {
  const places = group.flatMap((formula) =>
    formula.indices.map((_, dimension): Place => ({ formula, dimension })),
  );
  const writers = new Map(group.map((one) => [`${one.version} ${one.target}`, one]));
  const firsts = new Map<Unnumbered, number>();
  places.forEach(({ formula, dimension }, n) => {
    if (dimension === 0) firsts.set(formula, n);
  });
  const at = (formula: Unnumbered, dimension: number) => (firsts.get(formula) as number) + dimension;
  const classOf = places.map((_, n) => n);
  const join = (a: number, b: number): void => {
    const [from, to] = [Math.max(classOf[a], classOf[b]), Math.min(classOf[a], classOf[b])];
    if (from === to) return;
    for (let n = 0; n < classOf.length; n++) if (classOf[n] === from) classOf[n] = to;
  };
  const carried: number[] = [];
  for (const reader of group) {
    for (const { name, version, indices } of references(reader.expression)) {
      const writer = writers.get(`${version} ${name}`);
      if (writer === undefined) continue;
      indices.forEach((affine, dimension) => {
        const own = leftIndex(reader, affine);
        if (own < 0 || dimension >= writer.indices.length) return;
        join(at(writer, dimension), at(reader, own));
        if (plainIndex(affine) === undefined) carried.push(at(reader, own));
      });
    }
  }
  return [...new Set(carried.map((n) => classOf[n]))].map((one) =>
    places.filter((_, n) => classOf[n] === one),
  );
}

/** The dimension of the left index from which an affine expression differs by an offset; −1 where there is none, or several. */
function leftIndex({ indices }: Unnumbered, { terms }: Affine): number {
  const own = terms.filter(([name]) => indices.some((left) => left.name === name));
  return own.length === 1 && own[0][1] === 1 ? indices.findIndex(({ name }) => name === own[0][0]) : -1;
}

function withLetters(formula: Unnumbered, names: readonly string[]): Unnumbered {
  const { indices, expression, claim, mistake } = formula;
  if (indices.every(({ name }, d) => name === names[d])) return formula;
  const taken = new Set(names.filter((name, d) => name !== indices[d].name));
  const letters = indices.map(({ name }, d) => {
    // An index that keeps its own letter gives way to a shared one.
    const letter = names[d] === name ? unique(name, taken) : names[d];
    taken.add(letter);
    return letter;
  });
  const replacement = new Map(indices.map(({ name }, d) => [name, indexOf(letters[d])]));
  return {
    ...formula,
    indices: indices.map(({ range }, d) => ({ name: letters[d], range })),
    expression: nameIndices(substituteIndices(freshen(expression), replacement), new Set(letters)),
    ...(claim && { claim: renamed(claim, replacement) }),
    ...(mistake && { mistake: renamed(mistake, replacement) }),
  };
}

const renamed = (claim: Claim, letters: ReadonlyMap<string, Affine>): Claim => ({
  ...claim,
  indices: claim.indices.map((one) => substitute(one, letters)),
});
