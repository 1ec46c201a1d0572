import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ParseResult, parseSync, Visitor } from 'vite';

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A TypeScript file of ours. */
export interface Source {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  /** `machine` for all of `src/machine`; `components`. */
  readonly layer: string;
  /** The folder within the layer, `''` for the layer's own. */
  readonly room: string;
  /** A test, or what tests share (`.testing.ts`); what is tried at random is nothing else. */
  readonly isTest: boolean;
  readonly text: string;
}

/** Paths of all files below a folder, from the root. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'));
}

/** `src/machine/plan/plan.ts` → `['machine', 'plan']`. */
function homeOf(path: string): [layer: string, room: string] {
  const parts = path.split('/');
  if (parts[0] === 'src') parts.shift();
  return [parts[0], parts.slice(1, -1).join('/')];
}

/** Every file of ours that is written in TypeScript, but for what runs in a browser's tests. */
export const sources: readonly Source[] = ['src', 'components']
  .flatMap(filesBelow)
  .filter((path) => path.endsWith('.ts'))
  .map((path) => {
    const [layer, room] = homeOf(path);
    const isTest = /\.test(ing)?\.ts$/.test(path) || layer === 'fuzz';
    return { path, layer, room, isTest, text: readFileSync(join(root, path), 'utf8') };
  });

/** What is no test. */
export const shipped = sources.filter((source) => !source.isTest);

const byPath = new Map(sources.map((source) => [source.path, source]));
const trees = new Map<Source, ParseResult>();

/** A file's syntax tree; throws where it has none. */
export function parsed(source: Source): ParseResult {
  const known = trees.get(source);
  if (known !== undefined) return known;
  const result = parseSync(source.path, source.text);
  if (result.errors.length > 0) throw new Error(`${source.path}: ${result.errors[0].message}`);
  trees.set(source, result);
  return result;
}

/** `src/machine/machine.ts:12`, the line counted from 1. */
export const place = (source: Source, offset: number): string =>
  `${source.path}:${source.text.slice(0, offset).split('\n').length}`;

/** An import of any kind: static, dynamic, re-exported, of types, or a worker's file. */
export interface Import {
  readonly specifier: string;
  readonly start: number;
  /** The file of ours that it names. */
  readonly target: Source | undefined;
}

/** Every import in a file. */
export function importsOf(source: Source): Import[] {
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
    NewExpression: ({ callee, arguments: [first] }) => {
      const isFile = first?.type === 'Literal' && /^\..*\.ts$/.test(String(first.value));
      if (callee.type === 'Identifier' && callee.name === 'URL' && isFile) add(first);
    },
  }).visit(program);
  return found.map(({ specifier, start }) => {
    const path = normalize(join(dirname(source.path), specifier)).replaceAll('\\', '/');
    return { specifier, start, target: specifier.startsWith('.') ? byPath.get(path) : undefined };
  });
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

/** Where product code of the chosen layers uses a name that it must not. */
export function uses(
  isForbidden: (name: string) => boolean,
  isChecked: (layer: string) => boolean = () => true,
): string[] {
  return shipped
    .filter((source) => isChecked(source.layer))
    .flatMap((source) =>
      namesOf(source)
        .filter(({ name }) => isForbidden(name))
        .map(({ name, start }) => `${place(source, start)} ${name}`),
    );
}

/** The names that a file exports by its own declarations. */
export function exportedNames(source: Source): string[] {
  return parsed(source).module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ exportName, moduleRequest }) =>
      exportName.name === null || moduleRequest != null ? [] : [exportName.name],
    ),
  );
}
