import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { library } from '../formula/library.ts';
import { importsOf, root, type Source, shipped } from './sources.testing.ts';

/*
 * CONTRIBUTING says which files an addition touches. Here its table is held against the code: each entry that there is now stands in
 * just these files, and nothing else knows of it.
 */

const guide = readFileSync(join(root, '.github/CONTRIBUTING.md'), 'utf8');

/** The files of each row, by what it adds. */
const recipes = new Map(
  [...guide.matchAll(/^\| (an? .+?) \| (.+?) \|/gm)].map(([, what, files]) => [
    what,
    [...files.matchAll(/`([^`]+)`/g)].map(([, file]) => file),
  ]),
);

/** The most files that an addition may touch. */
const most: Readonly<Record<string, number>> = {
  'a function of the language': 1,
  'a tool': 4,
  'a dialog': 4,
  'a kind of figure': 3,
  'a directive, `:::name`': 2,
  'a role, `` {name}`text` ``': 2,
  'an export target': 3,
  'a layer in shorthand': 2,
  'a command': 2,
};

const sourceOf = (path: string): Source => {
  const found = shipped.find((one) => one.path === path);
  if (found === undefined) throw new Error(`there is no ${path}`);
  return found;
};

/** A file without its comments. */
const codeOf = ({ text }: Source): string => text.replace(/\/\*.*?\*\//gs, '').replace(/^\s*\/\/.*$/gm, '');

/** The files in which a word stands, but for benchmarks. */
const filesWith = (word: string): string[] =>
  shipped
    .filter((one) => one.layer !== 'bench')
    .filter((one) => new RegExp(`(?<![\\p{L}\\d_-])${word}(?![\\p{L}\\d_-])`, 'u').test(codeOf(one)))
    .map(({ path }) => path);

/** The files that import from another one more than types. */
const usersOf = (path: string): string[] =>
  shipped
    .filter((source) =>
      importsOf(source).some(
        ({ target, start }) =>
          target?.path === path && !/import type [^;]*$/.test(source.text.slice(0, start)),
      ),
    )
    .map((one) => one.path);

describe('the recipes of CONTRIBUTING', () => {
  it('name so many files as they may, and files that there are', () => {
    expect([...recipes.keys()].sort()).toEqual(Object.keys(most).sort());
    for (const [what, files] of recipes) expect(files.length, what).toBe(most[what]);
    const named = [...recipes.values()].flat().filter((file) => !file.includes('<'));
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('hold for the functions of the language', () => {
    // Those whose names are no English words; shorthand writes formulas with them.
    for (const name of ['relu', 'softplus', 'xavier'])
      expect(
        filesWith(name).filter((path) => !path.startsWith('src/network/')),
        name,
      ).toEqual(['src/formula/library.ts']);
    const page = readFileSync(join(root, 'lessons/90-the-formula-language.md'), 'utf8');
    const names = [...library.matchAll(/^function (\w+)/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !new RegExp(`\\b${name}\\(`).test(page))).toEqual([]);
  });

  it('hold for tools and for dialogs', () => {
    const table = sourceOf('components/shell/lazy-views.ts');
    const late = sourceOf('components/shell/late-views.ts');
    const loaders = new Map(
      [table, late].flatMap(({ path, text }) =>
        [...text.matchAll(/'(bs-[a-z-]+)':[^']*async \(\) =>\s+\(await import\('(.+?)'\)\)/g)].map(
          ([, tag, file]) => [tag, { file, by: path }] as const,
        ),
      ),
    );
    const told = table.text.matchAll(/'(bs-[a-z-]+)': \{\n(?:\s+load: .*\n)?\s+(?:tool|dialog):/g);
    const rows = [...told].map(([, tag]) => ({ tag, ...(loaders.get(tag) ?? { file: '', by: '' }) }));
    expect(rows.length).toBeGreaterThan(10);
    for (const { tag, file, by } of rows) {
      const path = join('components/shell', file);
      expect(usersOf(path), tag).toEqual([by]);
      // The list of keys is the debugger's own: it has a command. The code is printed.
      const isElsewhere = ['bs-help', 'bs-code'].includes(tag);
      const others = filesWith(tag).filter(
        (one) =>
          one !== table.path &&
          one !== late.path &&
          one !== path.replace(/\.ts$/, '.styles.ts') &&
          !isElsewhere,
      );
      expect(others, tag).toEqual([]);
      const { room } = sourceOf(path);
      const words = importsOf(sourceOf(path)).filter(({ target }) =>
        target?.path.startsWith(`src/words/${room}/`),
      );
      expect(words, `${tag} has words in its room`).not.toEqual([]);
    }
  });

  it.each([
    ['directives', 'src/lesson/directives/directives.ts'],
    ['roles', 'src/lesson/roles/roles.ts'],
  ])('hold for %s', (_, registry) => {
    const own = importsOf(sourceOf(registry)).flatMap(({ target }) => target ?? []);
    const room = registry.replace(/[^/]*$/, '');
    const entries = own.filter(({ path }) => path.startsWith(room));
    expect(entries.length).toBeGreaterThan(1);
    for (const { path } of entries)
      expect(
        usersOf(path).filter((one) => one.startsWith('src/lesson/') && !one.startsWith(room)),
        path,
      ).toEqual([]);
  });

  it('hold for kinds of figures', () => {
    const [, list, table] = recipes.get('a kind of figure') ?? [];
    const [, names] = /figureKinds = \[(.*?)\]/s.exec(sourceOf(list).text) ?? ['', ''];
    const kinds = [...names.matchAll(/'(\w+)'/g)].map(([, kind]) => kind);
    expect(kinds.length).toBeGreaterThan(10);
    const page = readFileSync(join(root, 'lessons/90-the-formula-language.md'), 'utf8');
    for (const kind of kinds) {
      expect(page, kind).toContain(`| \`${kind}: `);
      const own = importsOf(sourceOf(table)).flatMap(({ target }) => target ?? []);
      expect(own.length).toBeGreaterThanOrEqual(kinds.length);
    }
  });

  it('hold for layers in shorthand', () => {
    const table = sourceOf('src/network/layer-kinds.ts');
    // Those that no other kind, nor the writing of a stack, has to know of.
    for (const kind of ['residual', 'conv', 'lstm', 'recurrent', 'attention']) {
      expect(table.text).toMatch(new RegExp(`^ {2}${kind}(,|:)`, 'm'));
      expect(filesWith(`'${kind}'`), kind).toEqual([]);
    }
  });

  it('hold for export targets', () => {
    const [, catalogue, words] = recipes.get('an export target') ?? [];
    const forms = [...sourceOf(catalogue).text.matchAll(/^ {2}(\w+): \{$/gm)].map(([, form]) => form);
    expect(forms.length).toBeGreaterThan(6);
    for (const form of forms) {
      const files = [...filesWith(`'${form}'`), ...filesWith(`${form}Hint`)];
      // Files of `export` may call a function so; the dialog begins with the first form.
      const others = files.filter((path) => path !== words && !path.startsWith('src/export/'));
      expect(
        form === 'numpy' ? others.filter((path) => !path.endsWith('export-dialog.ts')) : others,
        form,
      ).toEqual([]);
    }
  });

  it('hold for commands', () => {
    const [table] = recipes.get('a command') ?? [];
    const labels = ['commands', 'other-commands'].flatMap((file) =>
      [...sourceOf(`src/words/run/${file}.ts`).text.matchAll(/^ {2}(\w+): '/gm)].map(([, id]) => id),
    );
    const code = codeOf(sourceOf(table));
    const ids = [...code.matchAll(/^ {2}(?:\w+\('(\w+)', \[|\{ id: '(\w+)'|\{\n\s+id: '(\w+)')/gm)].map(
      (found) => found.slice(1).find((id) => id !== undefined),
    );
    expect(ids.length).toBeGreaterThan(40);
    expect(ids.filter((id) => !labels.includes(id ?? ''))).toEqual([]);
  });
});

describe('the map in ARCHITECTURE', () => {
  it('has every layer and room, and files that there are', () => {
    const map = readFileSync(join(root, '.github/ARCHITECTURE.md'), 'utf8');
    const names = [...map.matchAll(/^\| (?:\*\*)?([a-z][^|*]*?)(?:\*\*.*?)? \|/gm)].flatMap(([line]) =>
      line.replace(/[|*]/g, ' ').trim().split(', '),
    );
    const listed = new Set<string>();
    let layer = '';
    for (const name of names) {
      const full = name.trim().replace(/^src\//, '');
      if (full.includes('/')) layer = full.split('/')[0];
      listed.add(
        full.includes('/') || !layer || shipped.some((one) => one.layer === full) ? full : `${layer}/${full}`,
      );
    }
    const homes = new Set(shipped.map(({ layer, room }) => (room === '' ? layer : `${layer}/${room}`)));
    const missing = [...homes].filter((home) => !listed.has(home) && !/^(words|bench)\//.test(home));
    expect(missing).toEqual([]);
    const files = [...map.matchAll(/`((?:src|components|e2e)\/[\w/.-]+)`/g)].map(([, file]) => file);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});
