import { type CST, isScalar, isSeq, type ParsedNode } from 'yaml';
import type { FindingPlace } from './finding.ts';

/** A lesson that comes before, and where that is said. */
export interface Need {
  /** The name of its page, which is that of its file without number and ending. */
  readonly name: string;
  readonly place: FindingPlace;
}

/** What a lesson says of itself before its text; each entry may be missing, texts are not empty. */
export interface FrontMatter {
  readonly title?: string;
  /** The lecture that it follows. */
  readonly deck?: string;
  /** One sentence for the course's first page. */
  readonly description?: string;
  /** How long it takes, a whole number from 1. */
  readonly minutes?: number;
  /** The lessons that come before, in the author's order. */
  readonly needs?: readonly Need[];
  /** The language of its text, a canonical BCP 47 tag. */
  readonly lang?: string;
  readonly author?: string;
  /** A day, as 2024-05-17. */
  readonly date?: string;
}

/** A key of the front matter. */
export type FrontMatterKey = keyof FrontMatter;

/** Reports an error in a value, at a node within it if one is given. */
type Fault = (message: string, node?: ParsedNode) => void;

/** Reads a value; undefined after a fault. All scalars are texts, as YAML's schema `failsafe` has them. */
type Reader<Value> = (
  node: ParsedNode,
  fault: Fault,
  placeOf: (node: ParsedNode) => FindingPlace,
) => Value | undefined;

const textOf = (node: ParsedNode | null): string | undefined =>
  isScalar(node) ? String(node.value).replace(/\s+/g, ' ').trim() : undefined;

const text =
  (what: string): Reader<string> =>
  (node, fault) => {
    const found = textOf(node);
    if (found) return found;
    fault(
      found === undefined ? `${what} is a text, not a list` : `${what} says nothing; fill it or leave it out`,
    );
    return undefined;
  };

const minutes: Reader<number> = (node, fault) => {
  const found = textOf(node) ?? '';
  if (/^[1-9]\d{0,3}$/.test(found)) return Number(found);
  fault('minutes is a whole number from 1, as in minutes: 20');
  return undefined;
};

const needs: Reader<readonly Need[]> = (node, fault, placeOf) => {
  if (!isSeq<ParsedNode>(node)) {
    fault('needs is a list of lessons’ names, as in needs: [the-chain-rule]');
    return undefined;
  }
  return node.items.flatMap((item) => {
    const name = textOf(item);
    if (name) return [{ name, place: placeOf(item) }];
    fault('a lesson’s name is a text', item);
    return [];
  });
};

const lang: Reader<string> = (node, fault) => {
  const found = textOf(node) ?? '';
  try {
    const [tag] = found === '' ? [] : Intl.getCanonicalLocales(found);
    if (tag !== undefined) return tag;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  fault('lang is a language’s tag, as in lang: en or lang: de-AT');
  return undefined;
};

const date: Reader<string> = (node, fault) => {
  const found = textOf(node) ?? '';
  const day = /^\d{4}-\d\d-\d\d$/.test(found) ? new Date(`${found}T00:00:00Z`) : undefined;
  // The 31st of February is no fault for `Date`, but another day.
  if (day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(found)) return found;
  fault('date is a day, as in date: 2024-05-17');
  return undefined;
};

/** How each key is read, in the order in which they are listed to authors. */
export const readers: { readonly [Key in FrontMatterKey]-?: Reader<NonNullable<FrontMatter[Key]>> } = {
  title: text('title'),
  description: text('description'),
  minutes,
  needs,
  deck: text('deck'),
  author: text('author'),
  date,
  lang,
};

/** How deeply collections stand in one another in parsed YAML; without recursion, however deep. */
export function depthOf(tokens: readonly CST.Token[]): number {
  let deepest = 0;
  const open = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    deepest = Math.max(deepest, depth);
    if (token.type === 'document' && token.value) open.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const { key, value } of token.items)
      for (const part of [key, value]) if (part) open.push({ token: part, depth: depth + 1 });
  }
  return deepest;
}
