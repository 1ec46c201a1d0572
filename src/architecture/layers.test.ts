import { Visitor } from 'vite';
import { describe, expect, it } from 'vitest';
import {
  type Import,
  importsOf,
  parsed,
  place,
  type Source,
  shipped,
  sources,
  uses,
} from './sources.testing.ts';

/** What each layer may import: the layers below it, and packages. Imports point downwards only. */
const layers: Record<string, { layers: string[]; packages: string[] | 'any' }> = {
  words: { layers: [], packages: [] },
  number: { layers: [], packages: [] },
  data: { layers: ['number'], packages: ['fflate'] },
  formula: { layers: ['data', 'number', 'words'], packages: [] },
  program: { layers: ['formula', 'data', 'number'], packages: [] },
  machine: { layers: ['program', 'formula', 'data', 'number'], packages: [] },
  check: { layers: ['machine', 'program', 'formula', 'data', 'number'], packages: [] },
  network: { layers: ['formula'], packages: [] },
  explain: { layers: ['machine', 'program', 'formula', 'number', 'words'], packages: [] },
  figure: {
    layers: ['explain', 'check', 'machine', 'program', 'formula', 'number', 'words'],
    packages: ['d3-array', 'd3-contour', 'd3-scale', 'd3-shape'],
  },
  export: { layers: ['explain', 'check', 'machine', 'program', 'formula', 'number', 'words'], packages: [] },
  session: { layers: ['explain', 'check', 'machine', 'program', 'formula', 'number', 'words'], packages: [] },
  lesson: {
    layers: [
      'figure',
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
    packages: ['marked', 'katex', 'entities', 'yaml'],
  },
  components: {
    layers: [
      ...['lesson', 'figure', 'session', 'export', 'explain', 'network', 'check'],
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
      ...['components', 'lesson', 'figure', 'session', 'export', 'explain', 'network', 'check'],
      ...['machine', 'program', 'formula', 'data', 'number', 'words'],
    ],
    packages: 'any',
  },
  bench: {
    layers: ['explain', 'network', 'machine', 'program', 'formula', 'data', 'number'],
    packages: 'any',
  },
  architecture: { layers: ['formula'], packages: [] },
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
const exactLayers = 'number data formula program machine check export explain session'.split(' ');
/** What of `Math` every engine computes alike. */
const exactMath = new Set(
  'abs sqrt floor ceil round trunc sign min max imul clz32 fround E LN2 LN10 LOG2E LOG10E PI SQRT2 SQRT1_2'.split(
    ' ',
  ),
);

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node';
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function isAllowed(source: Source, { specifier, target }: Import): boolean {
  const allowed = layers[source.layer];
  if (target !== undefined) {
    const judges = source.isTest ? (testLayers[source.layer] ?? []) : [];
    return target.layer === source.layer || [...allowed.layers, ...judges].includes(target.layer);
  }
  // A file that is no TypeScript lies beside whoever reads it.
  if (specifier.startsWith('.')) return !specifier.includes('.ts');
  const name = packageOf(specifier);
  if (source.isTest && testPackages.includes(name)) return true;
  return allowed.packages === 'any' || allowed.packages.includes(name);
}

describe('architecture', () => {
  it('finds the sources', () => {
    expect(shipped.map((source) => source.path)).toContain('src/number/rounding.ts');
  });

  it('has no file outside the layers', () => {
    const outside = sources.filter(({ layer }) => layers[layer] === undefined);
    expect(outside.map((source) => source.path)).toEqual([]);
  });

  it('imports downwards only, and nothing but the packages of its layer', () => {
    const wrong = sources.flatMap((source) =>
      importsOf(source)
        .filter((one) => !isAllowed(source, one))
        .map(({ specifier, start }) => `${place(source, start)} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps what only tests need out of the product', () => {
    const leaks = shipped.flatMap((source) =>
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
    for (const source of shipped.filter(({ layer }) => isExactLayer(layer))) {
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
    const styled = shipped.flatMap((source) => {
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
});
