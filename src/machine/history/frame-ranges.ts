import { type Change, type ChangedFrame, changedFrames, placeInState } from '../memory/changes.ts';
import { fastWays } from './fast-ways.ts';
import type { Layer, LayerStart, Surroundings } from './frame-range.ts';
import type { FirstFault, LayerNotes } from './history.ts';
import { PokedFrame } from './poked-frame.ts';
import { PlainLayer } from './stepped-range.ts';

/** What was noted of some frames, to be handed to another thread. */
export interface Notes {
  readonly layers: readonly { readonly at: number; readonly notes: LayerNotes }[];
}

/** A layer of a later change makes do with less memory than the one before; with this many bytes in any case. */
const leastBudget = 4 * 1024 * 1024;

/**
 * The frames of a run as a reader has changed it: up to the first frame with a change one layer, from there on another, and
 * so on. Machines whose changes begin alike share the layers up to where they differ, with all that these remember.
 */
export class Layers {
  private readonly all: readonly Layer[];
  /** What each of them depends on, to be known again. */
  private readonly keys: readonly string[];
  /** The one at which another thread has taken over: nothing is known here of those before, and nothing wanted. */
  private taken = 0;
  /** The one whose notes have not all been handed over. */
  private draining = 0;

  /** Throws a RangeError at a change that names no cell that can be changed so. */
  constructor(
    around: Surroundings,
    changes: readonly Change[],
    /** Bytes. */
    budget: number,
    /** The layers of the machine that trains, where these only show its frames in another mode. */
    trained: Layers | undefined,
    /** Of machines of the same program, run, mode and limits. */
    kin: readonly Layers[],
  ) {
    const all: Layer[] = [];
    const keys: string[] = [];
    /** Adds a layer, or the same of another machine. */
    const add = (
      first: number,
      depends: readonly ChangedFrame[],
      make: (start: LayerStart) => Layer,
    ): void => {
      const key = `${first} ${keyOf(depends)}`;
      const at = all.length;
      const shared = kin.find((one) => one.keys[at] === key)?.all[at];
      const before = all[at - 1];
      const edits = new Map(depends.flatMap((one) => [...one.edits]));
      const entering = depends.find(({ frame }) => frame === first)?.edits;
      const state = () => {
        if (trained !== undefined) return trained.all[at].stateAfter(first - 1);
        // The first layer begins with what is given.
        const found = (before as Layer).stateAfter(first - 1);
        for (const [cell, value] of entering ?? []) {
          const place = placeInState(around.layout, cell);
          if (place !== undefined) found[place.at] = around.rules({ target: place.name }, place.flat, value);
        }
        return found;
      };
      all.push(
        shared ??
          make({ frame: first, state, edits, ...(trained !== undefined && { trained: trained.all[at] }) }),
      );
      keys.push(key);
    };
    const frames = changedFrames(around.layout, changes);
    const least = Math.min(budget, leastBudget);
    let own = budget;
    for (const [at, { frame, pokes }] of frames.entries()) {
      const bytes = own;
      const depends = frames.slice(0, at + 1);
      if (pokes.size > 0) add(frame, depends, (start) => new PokedFrame(around, start, pokes));
      if (pokes.size === 0 || frames[at + 1]?.frame !== frame + 1)
        add(pokes.size > 0 ? frame + 1 : frame, depends, (start) => framesOf(around, start, bytes));
      own = Math.max(least, own / 2);
    }
    this.all = all;
    this.keys = keys;
  }

  /** The layer that a frame is in. */
  of(frame: number): Layer {
    return this.all[this.indexOf(frame)];
  }

  private indexOf(frame: number): number {
    let at = this.all.length - 1;
    while (at > 0 && this.all[at].first > frame) at -= 1;
    return at;
  }

  /** The last frame of a layer. */
  private lastOf(at: number): number {
    return at + 1 < this.all.length ? this.all[at + 1].first - 1 : Number.POSITIVE_INFINITY;
  }

  /** All frames up to this one have been run: those before a layer's first frame were, for what it finds. */
  get furthest(): number {
    for (let at = this.all.length - 1; at >= 0; at--) {
      const { first, furthest } = this.all[at];
      if (furthest >= first || at === this.taken) return Math.min(furthest, this.lastOf(at));
    }
    return 0;
  }

  get bytes(): number {
    return this.all.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get isFinite(): boolean {
    return this.all.every((layer, at) => layer.isFinite(this.lastOf(at)));
  }

  get firstFault(): FirstFault | undefined {
    for (const [at, { firstFault }] of this.all.entries())
      if (firstFault !== undefined && firstFault.frame <= this.lastOf(at)) return firstFault;
    return undefined;
  }

  /** From where another thread can go on. */
  tip(): Notes {
    const at = this.indexOf(this.furthest + 1);
    return { layers: [{ at, notes: this.all[at].tip() }] };
  }

  drain(): Notes {
    const layers: { at: number; notes: LayerNotes }[] = [];
    const now = this.indexOf(this.furthest);
    for (let at = this.draining; at <= now; at++) layers.push({ at, notes: this.all[at].drain() });
    this.draining = now;
    return { layers };
  }

  /** Goes on from where another thread has come. */
  takeOver(notes: Notes): void {
    this.adopt(notes);
    this.taken = Math.max(...notes.layers.map(({ at }) => at));
    this.draining = this.taken;
  }

  /** Takes in what another thread has noted. */
  adopt({ layers }: Notes): void {
    for (const { at, notes } of layers) this.all[at].adopt(notes);
  }
}

/** Frames in a row, in the best way there is so far. */
const framesOf = (around: Surroundings, start: LayerStart, budget: number): Layer =>
  fastWays()?.layer(around, start, budget) ?? new PlainLayer(around, start, budget);

/** Changes as a text: two are alike where the frames that follow from them are. */
const keyOf = (changes: readonly ChangedFrame[]): string =>
  changes
    .map(({ frame, edits, pokes }) => {
      const exact = (all: ReadonlyMap<string | number, number>) =>
        [...all].map(([where, value]) => `${where}=${Object.is(value, -0) ? '-0' : value}`).sort();
      return `${frame}: ${exact(edits)}; ${exact(pokes)}`;
    })
    .join(' | ');
