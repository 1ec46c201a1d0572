/** A search for where a breakpoint stops the run, or the run up to an iteration that lies far ahead. */
export interface Progress {
  readonly kind: 'search' | 'run';
  /** The frame that is looked through, and the last one that would be. */
  readonly frame: number;
  readonly last: number;
  readonly cancel: () => void;
}

/** What is known of where breakpoints stop: told by those who look for it, and asked by views. */
export class Lookout {
  private searching: Progress | undefined;
  private found: ((frame: number) => readonly number[]) | undefined;

  constructor(
    /** Told of every change. */
    private readonly changed: () => void,
  ) {}

  /** How far a search for a stop, or a run ahead, is; undefined where none goes on. */
  get search(): Progress | undefined {
    return this.searching;
  }

  tell(progress: Progress | undefined): void {
    if (progress === undefined && this.searching === undefined) return;
    this.searching = progress;
    this.changed();
  }

  /** Takes in what finds the stops of a frame. */
  follow(stops: (frame: number) => readonly number[]): void {
    this.found = stops;
    this.changed();
  }

  /** The steps of a frame at which breakpoints stop, as far as that is known. */
  stops(frame: number): readonly number[] {
    return this.found?.(frame) ?? [];
  }
}
