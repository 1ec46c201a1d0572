/** A search for where a breakpoint stops the run, or the run up to an iteration that lies far ahead. */
export interface SearchProgress {
  readonly kind: 'search' | 'run';
  /** The frame that is looked through, and the last one that would be. */
  readonly frame: number;
  readonly last: number;
  readonly cancel: () => void;
}

/** What is known of where breakpoints stop: told by those who look for it, and asked by views. */
export class SearchStatus {
  private current: SearchProgress | undefined;
  private findStops: ((frame: number) => readonly number[]) | undefined;

  constructor(
    /** Told of every change. */
    private readonly onChange: () => void,
  ) {}

  /** How far a search for a stop, or a run ahead, is; undefined where none goes on. */
  get progress(): SearchProgress | undefined {
    return this.current;
  }

  report(progress: SearchProgress | undefined): void {
    if (progress === undefined && this.current === undefined) return;
    this.current = progress;
    this.onChange();
  }

  /** Takes in what finds the stops of a frame. */
  setStopFinder(stopSteps: (frame: number) => readonly number[]): void {
    this.findStops = stopSteps;
    this.onChange();
  }

  /** The steps of a frame at which breakpoints stop, as far as that is known. */
  stops(frame: number): readonly number[] {
    return this.findStops?.(frame) ?? [];
  }
}
