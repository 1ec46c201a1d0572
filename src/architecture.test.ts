import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { describe, expect, it } from 'vitest';

/** What each layer may import: the layers below it, and packages. Imports point downwards only. */
const layers: Record<string, { layers: string[]; packages: string[] | 'any' }> = {
  words: { layers: [], packages: [] },
  number: { layers: [], packages: [] },
  data: { layers: ['number'], packages: [] },
  formula: { layers: ['data', 'number', 'words'], packages: [] },
  program: { layers: ['formula', 'data', 'number'], packages: [] },
  machine: { layers: ['program', 'formula', 'data', 'number'], packages: [] },
  check: { layers: ['machine', 'program', 'formula', 'data', 'number'], packages: [] },
  network: { layers: ['formula'], packages: [] },
  explain: { layers: ['machine', 'program', 'formula', 'number', 'words'], packages: [] },
  export: { layers: ['explain', 'check', 'machine', 'program', 'formula', 'number', 'words'], packages: [] },
  session: { layers: ['explain', 'check', 'machine', 'program', 'formula', 'number', 'words'], packages: [] },
  lesson: {
    layers: [
      'session',
      'explain',
      'network',
      'check',
      'machine',
      'program',
      'formula',
      'data',
      'number',
      'words',
    ],
    packages: ['marked', 'katex', 'entities'],
  },
  components: {
    layers: [
      ...['lesson', 'session', 'export', 'explain', 'network', 'check'],
      ...['machine', 'program', 'formula', 'data', 'number', 'words'],
    ],
    packages: [
      ...['lit', 'katex'],
      ...['autocomplete', 'commands', 'language', 'lint', 'state', 'view'].map(
        (part) => `@codemirror/${part}`,
      ),
    ],
  },
  publish: {
    layers: [
      ...['components', 'lesson', 'session', 'export', 'explain', 'network', 'check'],
      ...['machine', 'program', 'formula', 'data', 'number', 'words'],
    ],
    packages: 'any',
  },
  bench: { layers: ['network', 'machine', 'program', 'formula', 'number'], packages: 'any' },
  fuzz: {
    layers: [
      ...['publish', 'components', 'lesson', 'session', 'export', 'explain', 'network', 'check'],
      ...['machine', 'program', 'formula', 'data', 'number', 'words'],
    ],
    packages: 'any',
  },
};

/** A test may import these as well as what its layer may. */
const testPackages = ['vitest', 'fast-check', 'vite', 'node', 'parse5'];
/** … and these layers: text of the language is judged by running it. */
const testLayers: Record<string, readonly string[]> = {
  network: ['check', 'machine', 'program', 'number'],
  explain: ['network'],
  session: ['network'],
};

/** Layers whose numbers must be the same bits everywhere. */
const exactLayers = ['number', 'data', 'formula', 'program', 'machine', 'export', 'explain', 'session'];
/** What of `Math` every engine computes alike. */
const exactMath = new Set(
  'abs sqrt floor ceil round trunc sign min max imul clz32 fround E LN2 LN10 LOG2E LOG10E PI SQRT2 SQRT1_2'.split(
    ' ',
  ),
);

const topLevel =
  'package.json package-lock.json src lessons components vite.config.ts e2e LICENSE tsconfig.json';
const longestFile = 400;

const root = fileURLToPath(new URL('..', import.meta.url));

interface Source {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly layer: string;
  /** A test, or what tests share (`.testing.ts`); what is tried at random is nothing else. */
  readonly isTest: boolean;
  readonly text: string;
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'));
}

function exists(folder: string): boolean {
  return readdirSync(root).includes(folder);
}

const sources: Source[] = ['src', 'components']
  .filter(exists)
  .flatMap(filesBelow)
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({
    path,
    layer: layerOf(path),
    isTest: /\.test(ing)?\.ts$/.test(path) || layerOf(path) === 'fuzz',
    text: readFileSync(join(root, path), 'utf8'),
  }));

const product = sources.filter((source) => !source.isTest);

function layerOf(path: string): string {
  const [top, second] = path.split('/');
  return top === 'src' ? second : top;
}

function parsed(source: Source) {
  const result = parseSync(source.path, source.text);
  if (result.errors.length > 0) throw new Error(`${source.path}: ${result.errors[0].message}`);
  return result;
}

function place(source: Source, offset: number): string {
  return `${source.path}:${source.text.slice(0, offset).split('\n').length}`;
}

/** The text and the offset of every import in a file: static, dynamic, re-exported or of types only. */
function importsOf(source: Source): { specifier: string; start: number }[] {
  const { module, program } = parsed(source);
  const found = [
    ...module.staticImports.map((each) => each.moduleRequest),
    ...module.staticExports.flatMap((each) => each.entries.flatMap((entry) => entry.moduleRequest ?? [])),
  ].map(({ value, start }) => ({ specifier: value, start }));
  const add = (node: { type: string; start: number; value?: unknown }) =>
    found.push({ specifier: node.type === 'Literal' ? String(node.value) : '(computed)', start: node.start });
  new Visitor({
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
  }).visit(program);
  return found;
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node';
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function isAllowed(source: Source, specifier: string): boolean {
  const allowed = layers[source.layer];
  if (specifier.startsWith('.')) {
    const target = layerOf(normalize(join(dirname(source.path), specifier)).replaceAll('\\', '/'));
    const judges = source.isTest ? (testLayers[source.layer] ?? []) : [];
    return target === source.layer || [...allowed.layers, ...judges].includes(target);
  }
  const name = packageOf(specifier);
  if (source.isTest && testPackages.includes(name)) return true;
  return allowed.packages === 'any' || allowed.packages.includes(name);
}

/** Every use of a name as a variable, and every `object.property` with both written out. */
function namesOf(source: Source): { name: string; start: number }[] {
  const found: { name: string; start: number }[] = [];
  const keys = new Set<number>();
  new Visitor({
    MemberExpression(node) {
      if (node.computed || node.property.type !== 'Identifier') return;
      keys.add(node.property.start);
      found.push({ name: `.${node.property.name}`, start: node.property.start });
      if (node.object.type === 'Identifier')
        found.push({ name: `${node.object.name}.${node.property.name}`, start: node.start });
    },
    Property: (node) => void (node.computed || node.shorthand || keys.add(node.key.start)),
    PropertyDefinition: (node) => void (node.computed || keys.add(node.key.start)),
    MethodDefinition: (node) => void (node.computed || keys.add(node.key.start)),
    TSPropertySignature: (node) => void (node.computed || keys.add(node.key.start)),
    Identifier: (node) => void (keys.has(node.start) || found.push({ name: node.name, start: node.start })),
  }).visit(parsed(source).program);
  return found;
}

/** Where product code of the chosen layers uses a name it must not. */
function uses(isForbidden: (name: string) => boolean, isChecked: (layer: string) => boolean): string[] {
  return product
    .filter((source) => isChecked(source.layer))
    .flatMap((source) =>
      namesOf(source)
        .filter(({ name }) => isForbidden(name))
        .map(({ name, start }) => `${place(source, start)} ${name}`),
    );
}

describe('architecture', () => {
  it('finds the sources', () => {
    expect(product.map((source) => source.path)).toContain('src/number/rounding.ts');
  });

  it('has no file outside the layers', () => {
    const outside = sources.filter(
      ({ path, layer }) => !layers[layer] && path !== 'src/architecture.test.ts',
    );
    expect(outside.map((source) => source.path)).toEqual([]);
  });

  it('imports downwards only, and nothing but the packages of its layer', () => {
    const wrong = sources
      .filter((source) => layers[source.layer])
      .flatMap((source) =>
        importsOf(source)
          .filter(({ specifier }) => !isAllowed(source, specifier))
          .map(({ specifier, start }) => `${place(source, start)} imports ${specifier}`),
      );
    expect(wrong).toEqual([]);
  });

  it('keeps what only tests need out of the product', () => {
    const leaks = product.flatMap((source) =>
      importsOf(source)
        .filter(({ specifier }) => /\.test(ing)?\.ts$/.test(specifier))
        .map(({ specifier, start }) => `${place(source, start)} imports ${specifier}`),
    );
    expect(leaks).toEqual([]);
  });

  it('touches no DOM below the components', () => {
    const dom = new Set(['document', 'window', 'HTMLElement', 'customElements']);
    const isBelow = (layer: string) => layer !== 'components' && layer !== 'publish';
    expect(uses((name) => dom.has(name), isBelow)).toEqual([]);
  });

  it('makes no code from text', () => {
    expect(
      uses(
        (name) => name === 'eval' || name === 'Function',
        () => true,
      ),
    ).toEqual([]);
  });

  it('computes with exact arithmetic only', () => {
    const isInexact = (name: string) =>
      name.startsWith('Math.') && !exactMath.has(name.slice('Math.'.length));
    const isExactLayer = (layer: string) => exactLayers.includes(layer);
    const powers: string[] = [];
    for (const source of product.filter(({ layer }) => isExactLayer(layer))) {
      const note = (node: { operator: string; start: number }) =>
        void (node.operator.startsWith('**') && powers.push(`${place(source, node.start)} ${node.operator}`));
      new Visitor({ BinaryExpression: note, AssignmentExpression: note }).visit(parsed(source).program);
    }
    expect([...uses(isInexact, isExactLayer), ...powers]).toEqual([]);
  });

  it('formats numbers in one place', () => {
    const formatters = ['.toPrecision', '.toExponential', '.toLocaleString'];
    const fixed = uses(
      (name) => name === '.toFixed',
      () => true,
    );
    const others = uses(
      (name) => formatters.includes(name),
      (layer) => layer !== 'number',
    );
    expect([...fixed, ...others]).toEqual([]);
  });

  it('styles components with classes, which a strict content policy allows', () => {
    const styled = product.flatMap((source) => {
      const found: string[] = [];
      new Visitor({
        TemplateElement: (node) =>
          void (/\sstyle=/.test(node.value.raw) && found.push(`${place(source, node.start)} style=`)),
      }).visit(parsed(source).program);
      return source.layer === 'components' ? found : [];
    });
    expect([
      ...styled,
      ...uses(
        (name) => name === 'styleMap',
        () => true,
      ),
    ]).toEqual([]);
  });

  it('has only files that are nouns, and none too long', () => {
    const vague = sources.filter(({ path }) => /^(utils?|helpers?|misc|common)\b/.test(basename(path)));
    const scripts = ['e2e']
      .filter(exists)
      .flatMap(filesBelow)
      .filter((path) => path.endsWith('.ts'));
    const long = [...sources.map((source) => source.path), ...scripts].filter(
      (path) => readFileSync(join(root, path), 'utf8').split('\n').length - 1 > longestFile,
    );
    expect([...vague.map((source) => source.path), ...long]).toEqual([]);
  });

  it('keeps the top level small', () => {
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
