/** The words that begin a declaration, in the order in which a model usually has them. */
export const declarations = [
  ...['given', 'sample', 'param', 'state', 'rate', 'random', 'mode', 'batch', 'examine'],
  ...['table', 'index', 'function'],
  ...['store', 'show', 'write', 'say', 'label'],
] as const;
