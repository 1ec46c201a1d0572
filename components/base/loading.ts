/** A file that a part of the page needs could not be had now; it may be had another time. */
export class FileLoadError extends Error {}

/** What a built file imports stands at its head, and nothing before it. */
const head = /^(?:import[^;"]*"[^"]*";?)*/;

/** The files that a built file imports, as it writes them. */
export const builtImportsOf = (code: string): string[] =>
  [...(head.exec(code)?.[0] ?? '').matchAll(/"([^"]*)"/g)].map(([, name]) => name);

const script = /^(text|application)\/(javascript|ecmascript)/;

/** For each file that was had or is on its way, by name, what it imports. The built files all lie in one folder. */
const files = new Map<string, Promise<readonly string[]>>();
/** Files that are there already, since the page links to them. */
const linked = new Set<string>();

/** A page that we are put into may allow our files as scripts only, not to be asked for like this. */
let isForbidden = false;
const forbid = ({ effectiveDirective }: SecurityPolicyViolationEvent): void => {
  isForbidden ||= effectiveDirective === 'connect-src';
};

/** Has files fetched, and all that they import. */
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

/** Once a file was lost, each has a second chance: there are files that are asked for only when another is there. */
let attempts = 1;
const pause = 300;

async function fetchOne(name: string, left = attempts): Promise<readonly string[]> {
  addEventListener('securitypolicyviolation', forbid);
  try {
    const response = await fetch(new URL(name, import.meta.url));
    // A page that asks to log in, say, is no script, and of a script the end may be missing.
    if (response.ok && script.test(response.headers.get('content-type') ?? ''))
      return builtImportsOf(await response.text());
  } catch {
    // The event that tells of a policy comes a moment later.
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
 * Loads a part of the page, by the name of its file; or one whose files the page links to. The build puts this around every
 * `import()`. A browser may remember for as long as the page lasts that a module could not be had, as Firefox does; so it is asked for
 * a module only once all of its files are there. Fails with a `LostFile`, or with what is wrong inside.
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
    // Whatever it was, nothing is taken for granted the next time.
    files.clear();
    if (typeof names === 'string') throw error;
    // What a link has asked for in vain WebKit keeps, over a reload too, until the page asks in another way.
    linked.clear();
    await fetchAll(names, new Set());
    for (const name of names) linked.add(name);
    return part();
  }
}
