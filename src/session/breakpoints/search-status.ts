/** The progress of a breakpoint search (`search`), or of running up to a frame that lies far ahead (`run`). */
export interface SearchProgress {
  readonly kind: 'search' | 'run';
  /** The frame, from 1, that is searched now, or the last one that has been run. */
  readonly frame: number;
  /** The last frame that would be searched or run. */
  readonly last: number;
  /** Ends the search, or the run, where it is. */
  readonly cancel: () => void;
}

/** The status of breakpoint search: its progress, and the steps of a frame where breakpoints stop. */
export class SearchStatus {
  private current: SearchProgress | undefined;
  private findStops: ((frame: number) => readonly number[]) | undefined;

  constructor(
    /** Called after every change. */
    private readonly onChange: () => void,
  ) {}

  /** Of the search, or run ahead, that is going on; undefined if there is none. */
  get progress(): SearchProgress | undefined {
    return this.current;
  }

  /** Sets the progress; undefined ends it. Nothing is called where there was none and is none. */
  report(progress: SearchProgress | undefined): void {
    if (progress === undefined && this.current === undefined) return;
    this.current = progress;
    this.onChange();
  }

  /** Sets the function that `stops` uses. */
  setStopFinder(stopSteps: (frame: number) => readonly number[]): void {
    this.findStops = stopSteps;
    this.onChange();
  }

  /** The steps within a frame (both from 1) at which breakpoints stop, as far as known; empty before `setStopFinder`. */
  stops(frame: number): readonly number[] {
    return this.findStops?.(frame) ?? [];
  }
}
