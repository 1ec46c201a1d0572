import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

/** The file of what every debugger needs before it is asked for anything, and that of what sets its formulas. */
export const debuggerChunk = 'debugger';
export const katexChunk = 'katex';

/** Which modules go into a file together; what is loaded on demand sorts itself out. */
export const chunkGroups = [
  { name: 'page', test: /vite\/preload-helper|publish\/page\.ts/, priority: 3 },
  { name: katexChunk, test: /katex\.mjs$|katex.*\?inline$/, priority: 2 },
  { name: debuggerChunk, test: /components\/register\.ts/, priority: 1 },
];

/** Links to the files that every debugger needs, for pages that have one, so that they are all fetched at once. */
export function debuggerLinks(bundle: Rolldown.OutputBundle): HtmlTagDescriptor[] {
  const found = new Set<string>();
  const add = (file: string): void => {
    const chunk = bundle[file];
    if (found.has(file) || chunk?.type !== 'chunk') return;
    found.add(file);
    chunk.imports.forEach(add);
  };
  for (const chunk of Object.values(bundle))
    if (chunk.type === 'chunk' && chunk.name === debuggerChunk) add(chunk.fileName);
  return [...found].map((file) => ({
    tag: 'link',
    attrs: { rel: 'modulepreload', href: `./${file}` },
    injectTo: 'head',
  }));
}

/**
 * What the build would put around every import on demand fetches styles and further files beforehand, and weighs as much as a view.
 * There are no such styles, and pages link to what they need at once.
 */
export const plainImports: Plugin = {
  name: 'backstep-plain-imports',
  enforce: 'pre',
  apply: 'build',
  load: {
    filter: { id: /vite\/preload-helper/ },
    handler: () => 'export const __vitePreload = (load) => load();',
  },
};
