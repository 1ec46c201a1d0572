import { posix } from 'node:path';
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';
import { builtImportsOf } from '../../components/base/loading.ts';

/** The file of what every debugger needs before it is asked for anything, and that of what sets its formulas. */
export const debuggerChunk = 'debugger';
export const katexChunk = 'katex';
/** What the drawing asks for as soon as it is drawn, in a file that nothing else has to wait for or can lose. */
export const readsChunk = 'reads';

/** Which modules go into a file together; what is loaded on demand sorts itself out. */
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

/** Links to the files that every debugger needs, for pages that have one, so that they are all fetched at once. */
export const debuggerLinks = (bundle: Rolldown.OutputBundle): HtmlTagDescriptor[] =>
  debuggerFiles(bundle).map((file) => ({
    tag: 'link',
    attrs: { rel: 'modulepreload', href: `./${file}` },
    injectTo: 'head',
  }));

/** An import on demand as it is written, and what the build then leaves room for: the files to be fetched, and who asks. */
const onDemand = /(import\(["'`]([^"'`]+)["'`]\)[^"'`]*?,)__VITE_PRELOAD__,import\.meta\.url/g;

/**
 * Imports on demand can be tried again: with each goes the name of its file, by which `load` sees first whether all is to be had.
 * What the build would put there looks after styles, of which there are none, and weighs as much as a view. The debugger's own files
 * pages link to; without them there would be nobody to ask for them again.
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
      // What `load` will read is what there is.
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
