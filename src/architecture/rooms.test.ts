import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { components } from '../formula/components.ts';
import { doubledNames, rooms } from './rooms.testing.ts';
import {
  exportedNames,
  filesBelow,
  importsOf,
  place,
  root,
  type Source,
  shipped,
  sources,
} from './sources.testing.ts';

const topLevel =
  'package.json package-lock.json src lessons components vite.config.ts e2e LICENSE tsconfig.json';
const longestFile = 400;
/** A file is read in one go, as a rule. */
const longestMedian = 120;
/** Beside tests and sheets. */
const mostFiles = 25;

const homeOf = ({ layer, room }: Source): string => (room === '' ? layer : `${layer}/${room}`);

/** Groups of more than one that lead to each other. */
const circles = <Node>(nodes: readonly Node[], next: (node: Node) => readonly Node[]): Node[][] =>
  components(nodes, (node) => next(node).filter((one) => nodes.includes(one))).filter(
    ({ length }) => length > 1,
  );

const lines = (path: string): number => readFileSync(join(root, path), 'utf8').split('\n').length - 1;

describe('rooms', () => {
  it('are in the table, each with what it imports of its own layer', () => {
    const wrong = shipped.flatMap((source) =>
      importsOf(source)
        .filter(({ target }) => target?.layer === source.layer && target.room !== source.room)
        .filter(({ target }) => !rooms[homeOf(source)]?.includes(target?.room ?? ''))
        .map(
          ({ specifier, start, target }) =>
            `${place(source, start)} imports ${specifier}: add '${target?.room}' to '${homeOf(source)}' of the table, if it is to`,
        ),
    );
    const unknown = [...new Set(shipped.map(homeOf))]
      .filter((home) => rooms[home] === undefined)
      .map((home) => `${home} is not in the table, rooms.testing.ts`);
    expect([...wrong, ...unknown]).toEqual([]);
  });

  it('that the table has are there, and import what it says', () => {
    const used = new Set(
      shipped.flatMap((source) =>
        importsOf(source).flatMap(({ target }) =>
          target?.layer === source.layer ? [`${homeOf(source)} ${target.room}`] : [],
        ),
      ),
    );
    const stale = Object.entries(rooms).flatMap(([home, others]) => [
      ...(shipped.some((source) => homeOf(source) === home) ? [] : [home]),
      ...others.filter((room) => !used.has(`${home} ${room}`)).map((room) => `${home} ${room}`),
    ]);
    expect(stale).toEqual([]);
  });

  it('import each other in one direction', () => {
    const next = (home: string) =>
      (rooms[home] ?? []).map((room) => (room === '' ? home.split('/')[0] : `${home.split('/')[0]}/${room}`));
    expect(circles(Object.keys(rooms), next)).toEqual([]);
  });

  it('have no files that import each other in a circle, not even types', () => {
    const next = (source: Source) => importsOf(source).flatMap(({ target }) => target ?? []);
    expect(circles(shipped, next).map((circle) => circle.map(({ path }) => path))).toEqual([]);
  });

  it('have few enough files to be looked over', () => {
    const counts = new Map<string, number>();
    for (const { path } of shipped)
      if (!path.endsWith('.styles.ts')) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > mostFiles)).toEqual([]);
  });

  it('have files that are nouns, and none too long', () => {
    const vague = sources.filter(({ path }) => /^(utils?|helpers?|misc|common)\b/.test(basename(path)));
    const scripts = filesBelow('e2e').filter((path) => path.endsWith('.ts'));
    const long = [...sources.map(({ path }) => path), ...scripts].filter((path) => lines(path) > longestFile);
    expect([...vague.map(({ path }) => path), ...long]).toEqual([]);
    const lengths = shipped.map(({ path }) => lines(path)).sort((a, b) => a - b);
    expect(lengths[lengths.length >> 1]).toBeLessThan(longestMedian);
  });

  it('have no exported name twice, but for those that mean the same everywhere', () => {
    const homes = new Map<string, Set<string>>();
    for (const source of sources)
      for (const name of exportedNames(source))
        homes.set(name, (homes.get(name) ?? new Set()).add(dirname(source.path)));
    const doubled = [...homes].filter(([, folders]) => folders.size > 1);
    expect(
      doubled
        .filter(([name]) => doubledNames[name] === undefined)
        .map(([name, folders]) => `${name}: ${[...folders].join(', ')}`),
    ).toEqual([]);
    expect(Object.keys(doubledNames).filter((name) => (homes.get(name)?.size ?? 0) < 2)).toEqual([]);
  });
});

describe('the top level', () => {
  it('is small', () => {
    const ignored = ['node_modules', 'dist'];
    const extra = readdirSync(root).filter(
      (name) =>
        !name.startsWith('.') &&
        !/^README/.test(name) &&
        ![...topLevel.split(' '), ...ignored].includes(name),
    );
    expect(extra).toEqual([]);
  });
});

describe('elements', () => {
  const named = 'components/register.ts components/shell/lazy-views.ts'.split(' ');

  it('are defined in two places only', () => {
    const others = shipped.filter(
      ({ path, text }) => !named.includes(path) && /customElements\s*\.define\(/.test(text),
    );
    expect(others.map(({ path }) => path)).toEqual([]);
  });

  it('are called as the files that have them', () => {
    const stems = new Set(shipped.map(({ path }) => basename(path, '.ts')));
    const tags = shipped
      .filter(({ path }) => [...named, 'components/shell/late-views.ts'].includes(path))
      .flatMap(({ text }) => [...text.matchAll(/'bs-([a-z-]+)'/g)].map(([, stem]) => stem));
    expect(tags.length).toBeGreaterThan(30);
    expect(tags.filter((stem) => !stems.has(stem))).toEqual([]);
  });
});
