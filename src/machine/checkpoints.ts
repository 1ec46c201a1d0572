/**
 * States at the starts of frames, on a ladder whose spacing doubles when it is full: memory stays bounded,
 * and the way from a checkpoint to any frame before the furthest one is at most one spacing long.
 */
export class Checkpoints<State> {
  private readonly states = new Map<number, State>();
  private spacing = 1;

  constructor(private readonly capacity: number) {}

  /** Offers the state at the start of a frame (counted from 0); kept if the ladder has a rung there. */
  offer(frame: number, state: () => State): void {
    if (frame % this.spacing !== 0 || this.states.has(frame)) return;
    this.states.set(frame, state());
    while (this.states.size > this.capacity) {
      this.spacing *= 2;
      for (const kept of this.states.keys()) if (kept % this.spacing !== 0) this.states.delete(kept);
    }
  }

  /** The nearest state at or before a frame. */
  nearest(frame: number): { frame: number; state: State } | undefined {
    for (let rung = frame - (frame % this.spacing); rung >= 0; rung -= this.spacing) {
      const state = this.states.get(rung);
      if (state !== undefined) return { frame: rung, state };
    }
    return undefined;
  }
}
