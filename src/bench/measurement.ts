import type { Contestant } from './workloads/contestant.ts';

/** How long to measure. */
export interface Pace {
  /** Timing windows per contestant. */
  readonly windows: number;
  /** Approximate length of a window in milliseconds; it has at least one frame. */
  readonly length: number;
}

/** The usual pace. */
export const thorough: Pace = { windows: 15, length: 150 };
/** A pace for a quick look. */
export const quick: Pace = { windows: 5, length: 40 };

/** A contestant whose frame takes more than this many windows' length gets only `fewest` windows. */
const slow = 4;
const fewest = 3;

/** The times of one contestant. */
export interface Measurement {
  readonly name: string;
  /** Frames in each window. */
  readonly frames: number;
  /** Milliseconds per frame for each window; NaN for windows that it sat out. */
  readonly times: readonly number[];
}

/**
 * Times contestants in turn, A B C A B C …, so that other load on the machine affects all alike; results are in their order. Each
 * is started anew, warmed up, which also finds how many frames fill a window, and continues training from window to window; one
 * whose frame is very long sits out all but three. `now` gives milliseconds.
 */
export async function measure(
  contestants: readonly Contestant[],
  { windows, length }: Pace,
  now: () => number = () => performance.now(),
): Promise<Measurement[]> {
  const time = async (contestant: Contestant, frames: number) => {
    const start = now();
    await contestant.train(frames);
    return (now() - start) / frames;
  };
  const runs: { contestant: Contestant; frames: number; windows: number; times: number[] }[] = [];
  for (const contestant of contestants) {
    await contestant.start();
    let frames = 1;
    let each = await time(contestant, frames);
    while (each * frames < length) {
      frames = Math.max(frames + 1, Math.min(frames * 8, Math.ceil((length * 1.1) / each)));
      each = await time(contestant, frames);
    }
    const share = each > slow * length ? fewest : windows;
    runs.push({ contestant, frames: Math.max(1, Math.round(length / each)), windows: share, times: [] });
  }
  for (let round = 0; round < windows; round++)
    for (const { contestant, frames, windows: share, times } of runs)
      times.push(round < share ? await time(contestant, frames) : Number.NaN);
  return runs.map(({ contestant: { name }, frames, times }) => ({ name, frames, times }));
}

/** The median, lowest and highest of some numbers. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The spread of some numbers, ignoring NaN; the median of an even count is the mean of the middle two. Without any number the
 * median is NaN, and the others are undefined.
 */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const half = sorted.length / 2;
  const median = (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
  return { median, low: sorted[0], high: sorted[sorted.length - 1] };
}

/**
 * How many times as fast as the baseline a contestant is (above 1: faster), each window compared with the baseline's of the same
 * round; windows that either sat out are ignored.
 */
export function ratios(baseline: Measurement, other: Measurement): Spread {
  return spreadOf(other.times.map((time, round) => baseline.times[round] / time));
}
