import type { CellReference } from '../../src/explain/explanation.ts';

/** What could not be done, in words, and how it is asked for once more. */
export interface Trouble {
  readonly text: string;
  readonly retry: () => void;
}

/** A view whose element is not defined yet; whoever hears of it says when it is. */
export interface ViewRequest {
  readonly tag: string;
  defined?: Promise<unknown>;
}

/** A cell of which it is asked what if it were another number, and the element beside which the answer is typed. */
export interface WhatIfRequest {
  readonly cell: CellReference;
  readonly beside: HTMLElement;
}

/**
 * What parts of a debugger ask of the debugger around them, and what goes with it. All events bubble, and leave shadow trees: a view
 * knows nothing of who hears it.
 */
interface Details {
  /** To be said in the live region. */
  'backstep-announce': string;
  /** To carry out a command, by its id. */
  'backstep-command': string;
  /** A link was made: from now on the page's address is kept true. */
  'backstep-link': undefined;
  /** Something that was asked for could not be done. */
  'backstep-trouble': Trouble;
  /** To load a view. */
  'backstep-view': ViewRequest;
  /** To ask what if a number were another. */
  'backstep-what-if': WhatIfRequest;
}

type Events = { [Name in keyof Details]: CustomEvent<Details[Name]> };

declare global {
  interface HTMLElementEventMap extends Events {}
}

/** Asks something of the debugger around an element. */
export function send<Name extends keyof Details>(from: EventTarget, name: Name, detail: Details[Name]): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
