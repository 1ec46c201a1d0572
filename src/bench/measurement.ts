import type { Contestant } from './workloads/contestant.ts';

export interface Pace {
  /** Windows of each contestant. */
  readonly windows: number;
  /** About how long a window lasts, in milliseconds; at least one frame. */
  readonly length: number;
}

export const thorough: Pace = { windows: 15, length: 150 };
export const quick: Pace = { windows: 5, length: 40 };

/** A contestant whose frame takes this many windows has fewer of them. */
const slow = 4;
const fewest = 3;

export interface Measurement {
  readonly name: string;
  /** Frames in each window. */
  readonly frames: number;
  /** Milliseconds for a frame, window by window; NaN where it sat out. */
  readonly times: readonly number[];
}

/**
 * Times contestants by turns, A B C A B C …, so that what else the machine does hits all of them alike. Each goes on
 * training from window to window, after a warm-up that also finds how many frames fill one.
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

/** Middle, lowest and highest. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const half = sorted.length / 2;
  const median = (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
  return { median, low: sorted[0], high: sorted[sorted.length - 1] };
}

/** How many times as fast as the baseline, window against the baseline's window of the same round. */
export function ratios(baseline: Measurement, other: Measurement): Spread {
  return spreadOf(other.times.map((time, round) => baseline.times[round] / time));
}
