import { posix } from 'node:path';
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';
import { builtImportsOf } from '../../components/base/loading.ts';

/** The chunk with all that every debugger needs at first. */
export const debuggerChunk = 'debugger';
/** The chunk that sets formulas. */
export const katexChunk = 'katex';
/** The chunk that the drawing loads as soon as it is drawn: a file of its own, so that nothing else has to wait for it. */
export const readsChunk = 'reads';

/** The modules that go into one file, for `rolldownOptions.output.codeSplitting`; modules loaded on demand need no entry. */
export const chunkGroups = [
  { name: 'page', test: /vite\/preload-helper|components\/base\/loading\.ts|publish\/page\.ts/, priority: 3 },
  { name: katexChunk, test: /katex\.mjs$|katex.*\?inline$/, priority: 2 },
  { name: debuggerChunk, test: /components\/register\.ts/, priority: 1 },
  { name: readsChunk, test: /explain\/reads\.ts/, priority: 0 },
];

/** The files that every debugger needs. */
function debuggerFiles(bundle: Rolldown.OutputBundle): string[] {
  const found = new Set<string>();
  const add = (file: string): void => {
    const chunk = bundle[file];
    if (found.has(file) || chunk?.type !== 'chunk') return;
    found.add(file);
    chunk.imports.forEach(add);
  };
  for (const chunk of Object.values(bundle))
    if (chunk.type === 'chunk' && chunk.name === debuggerChunk) add(chunk.fileName);
  return [...found];
}

/** `<link rel="modulepreload">` for the files that every debugger needs, for pages that have one: all are fetched at once. */
export const debuggerLinks = (bundle: Rolldown.OutputBundle): HtmlTagDescriptor[] =>
  debuggerFiles(bundle).map((file) => ({
    tag: 'link',
    attrs: { rel: 'modulepreload', href: `./${file}` },
    injectTo: 'head',
  }));

/** An import on demand as the build writes it, followed by placeholders for the files to preload and the importing file. */
const onDemand = /(import\(["'`]([^"'`]+)["'`]\)[^"'`]*?,)__VITE_PRELOAD__,import\.meta\.url/g;

/**
 * Makes imports on demand repeatable after a failure: each passes the name of its file to `load` (components/base/loading.ts),
 * which first checks whether all files can be fetched. It replaces Vite's own preload helper, which handles styles that there are
 * none of. Imports of the debugger's own files, which pages link to, pass the list of them. The build fails for an import that
 * does not have this form.
 */
export const repeatableImports: Plugin = {
  name: 'backstep-repeatable-imports',
  enforce: 'pre',
  apply: 'build',
  load: {
    filter: { id: /vite\/preload-helper/ },
    handler: () => "export { load as __vitePreload } from '/components/base/loading.ts';",
  },
  generateBundle(_options, bundle) {
    const linked = debuggerFiles(bundle);
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      const { fileName, code, imports } = chunk;
      // The imports that `load` will find by reading the file must be all of them.
      const read = builtImportsOf(code).map((name) => posix.join(posix.dirname(fileName), name));
      if (`${[...new Set(read)].sort()}` !== `${[...imports].sort()}`)
        this.error(`${fileName} imports ${imports}, but at its head stands ${read}`);
      chunk.code = code.replace(onDemand, (_, before: string, name: string) => {
        const isLinked = linked.includes(posix.join(posix.dirname(fileName), name));
        return before + JSON.stringify(isLinked ? linked.map((file) => `./${posix.basename(file)}`) : name);
      });
      if (chunk.code.includes('__VITE_PRELOAD__'))
        this.error(`${fileName} has an import that cannot be repeated`);
    }
  },
};
