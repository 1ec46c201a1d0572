import type { Cursor } from './navigation.ts';

/** So many places are remembered. */
const most = 10;

/**
 * Where the reader was before each of the last jumps, the latest last: a link, a click on a number or a step that was typed leads far
 * away, and the reader wants to come back. Steps by commands can be gone back one by one, so they are not remembered.
 */
export class PlacesLeft {
  private places: readonly Cursor[] = [];

  /** The reader jumps from one place to another; one that is the same, or beside it, is no jump. */
  jumped(from: Cursor, to: Cursor): void {
    if (Math.abs(from.step - to.step) > 1) this.places = [...this.places, from].slice(-most);
  }

  /** The place before the last jump, which is forgotten; undefined where there is none. */
  take(): Cursor | undefined {
    const last = this.places.at(-1);
    this.places = this.places.slice(0, -1);
    return last;
  }

  /** The step of the place that `take` gives; undefined where there is none. */
  get step(): number | undefined {
    return this.places.at(-1)?.step;
  }
}
