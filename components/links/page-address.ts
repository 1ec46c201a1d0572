import type { ReactiveControllerHost } from 'lit';
import type { Diagnostic } from '../../src/formula/diagnostic.ts';
import type { Arrangement } from '../../src/session/links/arrangement.ts';
import type { ModelTexts } from '../../src/session/links/full-link.ts';
import type { Session } from '../../src/session/session.ts';
import { address, entryKey, unwrittenKey } from './page-entry.ts';

/** The debugger, as far as links need it. */
export type LinkHost = ReactiveControllerHost &
  HTMLElement &
  Partial<ModelTexts> & {
    model: string;
    session: Session | undefined;
    notice: string;
    focusKeys(): void;
    /** Runs another text in place of the model's; with an error among the diagnostics, nothing is changed. */
    rewrite?(text: string, isFromLink?: boolean): Promise<{ readonly diagnostics: readonly Diagnostic[] }>;
    /** How it is arranged. */
    readonly arrangement?: Arrangement;
    /** Arranges it; what is left out, or does not exist, stays as it is. */
    arrange?(arrangement: Arrangement): void;
  };

/** Loads the code that makes links and reads full links, and resolves with its module; few pages need it at once. */
export const loadFullLinks = () => import('../../src/session/links/full-link.ts');

/** Where the debuggers of this page were left, as hashes, by the names of their models. */
type Places = Readonly<Record<string, string>>;
let left: Places | undefined;

function leftPlaces(): Places {
  const kept: unknown = history.state?.[entryKey];
  left ??= kept?.constructor === Object ? (kept as Places) : {};
  return left;
}

/** The hash to which the debugger of a model was left before the page was loaded again; undefined where it was not. */
export function leftPlace(model: string): string | undefined {
  const places = leftPlaces();
  return Object.hasOwn(places, model) ? String(places[model]) : undefined;
}

/** What a page that was left before its address was written would have written there. */
interface Unwritten {
  /** The page's address as it stood. */
  readonly address: string;
  readonly model: string;
  readonly hash: string;
}

/** Keeps what would have been written in the address: a page that is loaded again forgets what is written while it is left. */
export function keepUnwritten(model: string, hash: string): void {
  const kept: Unwritten = { address: location.href, model, hash };
  try {
    sessionStorage.setItem(unwrittenKey, JSON.stringify(kept));
  } catch {
    // Where storage is blocked, the last step may be lost.
  }
}

/** What was kept so, once for each load of the page, if its address is still the same. */
const keptForThisLoad: Partial<Unwritten> = takeKept();

function takeKept(): Partial<Unwritten> {
  try {
    const kept = JSON.parse(sessionStorage.getItem(unwrittenKey) ?? '{}') as Partial<Unwritten>;
    sessionStorage.removeItem(unwrittenKey);
    const [how] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    // Whoever follows a link to the page begins at its start.
    return kept.address === location.href && how?.type !== 'navigate' ? kept : {};
  } catch {
    return {};
  }
}

/** The hash that was kept so for the debugger of a model; undefined where none was. */
export const unwritten = (model: string): string | undefined =>
  keptForThisLoad.model === model ? keptForThisLoad.hash : undefined;

/** Longer than a browser takes, in milliseconds, from the click on a link to the change of the hash. */
const longestClick = 1000;

/** Whether a link is on its way that no debugger has seen yet: what is written into the address meanwhile would undo it. */
export const isUnseen = (): boolean =>
  performance.now() - address.clicked < longestClick || location.hash !== address.known;

/**
 * Puts a hash (with `#`, encoded) of a debugger in the page's address, in the present history entry, without a `hashchange` event;
 * it is also what `leftPlace` gives after a reload, and nothing else unless `isShown`. Does nothing in a sandbox that forbids it.
 */
export function putInAddress(hash: string, model: string, isShown = true): void {
  left = { ...leftPlaces(), [model]: hash };
  try {
    history.replaceState(
      { ...history.state, [entryKey]: left },
      '',
      isShown ? addressWith(hash) : location.href,
    );
    address.known = location.hash;
  } catch {
    // The link itself is still valid.
  }
}

/**
 * The page's whole address with another hash (with `#`, encoded), also where it has none. A page written into a frame, such as
 * `about:srcdoc`, has no address; its base URI takes that place.
 */
export function addressWith(hash: string): string {
  const { protocol, href } = location;
  return /^(about|blob|data):$/.test(protocol)
    ? new URL(hash, document.baseURI).href
    : `${href.split('#', 1)[0]}${hash}`;
}

/** The lesson's text and the running text of a debugger; where it has none, the formulas of the session's model. */
export function modelTextsOf({ lessonText, modelText }: Partial<ModelTexts>, { model }: Session): ModelTexts {
  const lesson = lessonText ?? model.text;
  return { lessonText: lesson, modelText: modelText ?? lesson };
}
