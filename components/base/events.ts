import type { CellReference } from '../../src/explain/explanation.ts';
import type { FrameCell } from '../../src/explain/origin.ts';

/** A failed request of the reader: a sentence about it, and a function that tries it again. */
export interface Trouble {
  /** The sentence for the reader. */
  readonly text: string;
  /** Tries the request again. */
  readonly retry: () => void;
}

/**
 * A request to define the element `tag`. The debugger that handles the event sets `defined`, which is fulfilled once the element
 * is defined and rejected when it cannot be loaded; it stays undefined where no debugger handles it.
 */
export interface ViewRequest {
  /** The view's tag, such as `bs-why`. */
  readonly tag: string;
  /** Set by the debugger; undefined where no debugger handles the event. */
  defined?: Promise<unknown>;
}

/** A cell whose value the reader wants to override, and the element beside which the field for the number opens. */
export interface WhatIfRequest {
  /** The cell to override, indices from 1. */
  readonly cell: CellReference;
  /** The field opens beside this element. */
  readonly beside: HTMLElement;
}

/**
 * The events that parts send to the debugger around them, with their `detail`. All of them bubble and are composed, so a view
 * need not know who handles them.
 */
interface Details {
  /** The debugger was arranged in another way: a tool, the height of its sheet, or the form of its picture. */
  'backstep-arranged': undefined;
  /** Announces a text in the live region. */
  'backstep-announce': string;
  /** Runs a command of the table in `src/session/commands.ts`, by its id. */
  'backstep-command': string;
  /** The player has stopped. */
  'backstep-paused': undefined;
  /** A tool was opened, by its id. */
  'backstep-tool': string;
  /** Reports a request that failed. */
  'backstep-trouble': Trouble;
  /** Loads a view and defines its element. */
  'backstep-view': ViewRequest;
  /** Adds a cell to the watches, and opens them. */
  'backstep-watch': Pick<CellReference, 'name' | 'cell'>;
  /** Opens the field in which a cell's value is overridden. */
  'backstep-what-if': WhatIfRequest;
  /** Asks why a cell has its value. */
  'backstep-why': FrameCell;
}

type Events = { [Name in keyof Details]: CustomEvent<Details[Name]> };

declare global {
  interface HTMLElementEventMap extends Events {}
}

/**
 * Sends one of the events above from an element to the debugger around it, at once; the handler has run when it returns.
 * `detail` is undefined for an event without one.
 */
export function send<Name extends keyof Details>(from: EventTarget, name: Name, detail: Details[Name]): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
