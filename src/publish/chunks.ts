/** The file of what every debugger needs before it is asked for anything, and that of what sets its formulas. */
export const debuggerChunk = 'debugger';
export const katexChunk = 'katex';

/** Which modules go into a file together; what is loaded on demand sorts itself out. */
export const chunkGroups = [
  { name: 'page', test: /vite\/preload-helper|publish\/page\.ts/, priority: 3 },
  { name: katexChunk, test: /katex\.mjs$|katex.*\?inline$/, priority: 2 },
  { name: debuggerChunk, test: /components\/register\.ts/, priority: 1 },
];
