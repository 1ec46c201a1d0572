/** A file that the page needs could not be loaded now; a later attempt may succeed. The message is the file's name. */
export class FileLoadError extends Error {}

/** The import statements of a built file, which stand at its start. */
const head = /^(?:import[^;"]*"[^"]*";?)*/;

/**
 * The module names in the import statements at the start of a built (minified) file's code, in order, as written there; a name
 * that is imported twice is listed twice.
 */
export const builtImportsOf = (code: string): string[] =>
  [...(head.exec(code)?.[0] ?? '').matchAll(/"([^"]*)"/g)].map(([, name]) => name);

const script = /^(text|application)\/(javascript|ecmascript)/;

/** The imports of each file that is loaded or loading, by the file's name. All built files are in one folder. */
const files = new Map<string, Promise<readonly string[]>>();
/** Files that need no fetching, since the page links to them. */
const linked = new Set<string>();

/** Whether the page's content policy allows our files as scripts only, and forbids fetching them. */
let isForbidden = false;
const forbid = ({ effectiveDirective }: SecurityPolicyViolationEvent): void => {
  isForbidden ||= effectiveDirective === 'connect-src';
};

/** Fetches files with everything they import. */
async function fetchAll(names: readonly string[], seen: Set<string>): Promise<void> {
  const lacking = names.filter((name) => !seen.has(name) && !linked.has(name));
  await Promise.all(
    lacking.map(async (name) => {
      seen.add(name);
      const file = files.get(name) ?? fetchOne(name);
      files.set(name, file);
      await fetchAll(await file, seen);
    }),
  );
}

/** Attempts for each file. After the first failure it is two, since some files are requested only when another is there. */
let attempts = 1;
const pause = 300;

async function fetchOne(name: string, left = attempts): Promise<readonly string[]> {
  addEventListener('securitypolicyviolation', forbid);
  try {
    const response = await fetch(new URL(name, import.meta.url));
    // A login page in its place is no script, and a script may be cut off at its end.
    if (response.ok && script.test(response.headers.get('content-type') ?? ''))
      return builtImportsOf(await response.text());
  } catch {
    // The event about a policy violation comes a moment later.
    await new Promise((done) => setTimeout(done));
    if (isForbidden) return [];
  }
  if (left > 1) {
    await new Promise((done) => setTimeout(done, pause));
    return fetchOne(name, left - 1);
  }
  attempts = 2;
  files.delete(name);
  throw new FileLoadError(name);
}

/**
 * Loads a part of the page. The build puts this around every `import()` and passes the name of its file, relative to this one,
 * or the list of files that the page links to; without names, `part` is just called. Some browsers remember a failed module for
 * the life of the page, so `part` is called only once all of its files are there. Rejects with a `FileLoadError`, or with the
 * error that the part itself throws.
 */
export async function load<Part>(
  part: () => Promise<Part>,
  names: string | readonly string[] = [],
): Promise<Part> {
  if (typeof names !== 'string') for (const name of names) linked.add(name);
  else if (!isForbidden) await fetchAll([names], new Set());
  try {
    return await part();
  } catch (error) {
    // Whatever failed, the next attempt checks all files again.
    files.clear();
    if (typeof names === 'string') throw error;
    // WebKit remembers the failure of a linked file, even over a reload, until it is fetched in another way.
    linked.clear();
    await fetchAll(names, new Set());
    for (const name of names) linked.add(name);
    return part();
  }
}
