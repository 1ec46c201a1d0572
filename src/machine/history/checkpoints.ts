/**
 * States after frames at a regular spacing, which doubles when the capacity is exceeded: memory stays bounded, and a kept state
 * is at most one spacing before any frame up to the furthest one.
 */
export class Checkpoints<State> {
  private readonly states = new Map<number, State>();
  private most = 0;

  constructor(
    /** Frames between kept states at first; states are kept after multiples of it. */
    private spacing = 1,
  ) {}

  /** How many states are kept. */
  get size(): number {
    return this.states.size;
  }

  /** How many states may be kept; 0 until it is set. A lower capacity drops states at once and doubles the spacing. */
  set capacity(capacity: number) {
    this.most = capacity;
    if (capacity === 0) this.states.clear();
    while (this.states.size > capacity) {
      this.spacing *= 2;
      for (const kept of this.states.keys()) if (kept % this.spacing !== 0) this.states.delete(kept);
    }
  }

  /** Whether the state after a frame is a candidate under the current spacing. */
  isWanted(frame: number): boolean {
    return frame % this.spacing === 0;
  }

  /**
   * Offers the state after a frame (from 1). It is taken if the frame is a multiple of the spacing, not kept yet and capacity
   * allows; `state` is called only then. Returns whether it is kept.
   */
  offer(frame: number, state: () => State): boolean {
    if (frame % this.spacing !== 0 || this.states.has(frame) || this.most === 0) return false;
    this.states.set(frame, state());
    this.capacity = this.most;
    return this.states.has(frame);
  }

  /** The latest kept state after `frame` or an earlier frame; undefined if there is none. */
  nearest(frame: number): { frame: number; state: State } | undefined {
    for (let kept = frame - (frame % this.spacing); kept >= 0; kept -= this.spacing) {
      const state = this.states.get(kept);
      if (state !== undefined) return { frame: kept, state };
    }
    return undefined;
  }
}
