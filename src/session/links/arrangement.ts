/**
 * How a reader has arranged a debugger around its step, as far as links and reloads restore it. What is left out is as at the start.
 */
export interface Arrangement {
  /** The id of the tool that is open. */
  readonly tool?: string | undefined;
  /** How much of the debugger is in sight where it is a sheet at the foot of a narrow page. */
  readonly sheet?: string | undefined;
  /** What the model is shown as. */
  readonly picture?: string | undefined;
}

/** The entries of a hash behind its place or full link that are an arrangement: no edits of quantities with such names. */
export const arrangementKeys = ['tool', 'sheet', 'picture'] as const satisfies readonly (keyof Arrangement)[];

const entry = new RegExp(`&(${arrangementKeys.join('|')})=([A-Za-z]*)(?=&|$)`, 'g');

/** The arrangement that a hash (with `#`) names; what is in it need not exist. */
export const arrangementOf = (hash: string): Arrangement =>
  Object.fromEntries([...hash.matchAll(entry)].map(([, key, value]) => [key, value]));

/** A hash (with `#`) without an arrangement: its place or full link. */
export const withoutArrangement = (hash: string): string => hash.replace(entry, '');

/** A hash (with `#`) with this arrangement in place of one that it has; `arrangementOf` reads it back. */
export const withArrangement = (hash: string, arrangement: Arrangement): string =>
  withoutArrangement(hash) +
  arrangementKeys
    .flatMap((key) => (arrangement[key] === undefined ? [] : [`&${key}=${arrangement[key]}`]))
    .join('');
