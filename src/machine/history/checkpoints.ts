/**
 * States after frames, on a ladder whose spacing doubles when it is full: memory stays bounded, and the way from a
 * checkpoint to any frame before the furthest one is at most one spacing long.
 */
export class Checkpoints<State> {
  private readonly states = new Map<number, State>();
  private most = 0;

  constructor(
    /** How far apart the rungs are at first. */
    private spacing = 1,
  ) {}

  get size(): number {
    return this.states.size;
  }

  /** How many states there may be. */
  set capacity(capacity: number) {
    this.most = capacity;
    if (capacity === 0) this.states.clear();
    while (this.states.size > capacity) {
      this.spacing *= 2;
      for (const kept of this.states.keys()) if (kept % this.spacing !== 0) this.states.delete(kept);
    }
  }

  /** Whether the state after a frame would be kept, as far as one can tell without it. */
  isWanted(frame: number): boolean {
    return frame % this.spacing === 0;
  }

  /** Offers the state after a frame, from 1; kept if the ladder has a rung there. Whether it was. */
  offer(frame: number, state: () => State): boolean {
    if (frame % this.spacing !== 0 || this.states.has(frame) || this.most === 0) return false;
    this.states.set(frame, state());
    this.capacity = this.most;
    return this.states.has(frame);
  }

  /** The nearest state after a frame or one before it. */
  nearest(frame: number): { frame: number; state: State } | undefined {
    for (let rung = frame - (frame % this.spacing); rung >= 0; rung -= this.spacing) {
      const state = this.states.get(rung);
      if (state !== undefined) return { frame: rung, state };
    }
    return undefined;
  }
}
