import type { ReactiveControllerHost } from 'lit';
import type { Diagnostic } from '../../src/formula/diagnostic.ts';
import type { ModelTexts } from '../../src/session/links/full-link.ts';
import type { Session } from '../../src/session/session.ts';

/** The debugger, to whoever follows links or makes them. */
export type LinkHost = ReactiveControllerHost &
  HTMLElement &
  Partial<ModelTexts> & {
    model: string;
    session: Session | undefined;
    notice: string;
    focusKeys(): void;
    /** Runs another text in place of the model's, or says what is wrong with it. */
    rewrite?(text: string, isFromLink?: boolean): Promise<{ readonly diagnostics: readonly Diagnostic[] }>;
  };

/** What reads and makes links that carry more than a place; few pages need it, so it is loaded when one does. */
export const loadFullLinks = () => import('../../src/session/links/full-link.ts');

/** Puts a hash in the page's address, in the present entry of the history. A page in a sandbox may not do so; then nothing happens. */
export function putInAddress(hash: string): void {
  if (location.hash === hash) return;
  try {
    history.replaceState(history.state, '', addressWith(hash));
  } catch {
    // The link is good all the same.
  }
}

/** The page's own address with another hash. A page that was written into a frame has none, and goes by that of its frame's page. */
export function addressWith(hash: string): string {
  const { protocol, href } = location;
  return /^(about|blob|data):$/.test(protocol)
    ? new URL(hash, document.baseURI).href
    : `${href.split('#', 1)[0]}${hash}`;
}

/** What the lesson's author wrote in a debugger, and what it runs. */
export function modelTextsOf({ lessonText, modelText }: Partial<ModelTexts>, { model }: Session): ModelTexts {
  const lesson = lessonText ?? model.text;
  return { lessonText: lesson, modelText: modelText ?? lesson };
}
