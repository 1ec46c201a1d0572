import type { ReactiveControllerHost } from 'lit';
import type { Diagnostic } from '../../src/formula/diagnostic.ts';
import type { ModelTexts } from '../../src/session/links/full-link.ts';
import type { Session } from '../../src/session/session.ts';

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
  };

/** Loads the code that makes links and reads full links, and resolves with its module; few pages need it at once. */
export const loadFullLinks = () => import('../../src/session/links/full-link.ts');

/**
 * Puts a hash (with `#`, encoded) in the page's address, in the present history entry, without a `hashchange` event. Does
 * nothing in a sandbox that forbids it.
 */
export function putInAddress(hash: string): void {
  if (location.hash === hash) return;
  try {
    history.replaceState(history.state, '', addressWith(hash));
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
