import { type SVGTemplateResult, svg } from 'lit';
import type { HistorySample } from '../../src/session/analysis/watches.ts';

/** The drawing's own units; CSS stretches it. */
const [width, height] = [240, 28];
const margin = 2;

const round = (value: number): number => Math.round(value * 10) / 10;

/** The lowest and the highest value of some samples; undefined where none of them has a finite one. */
export function samplesRange(samples: readonly HistorySample[]): { low: number; high: number } | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const one of samples) {
    low = Math.min(low, one.low);
    high = Math.max(high, one.high);
  }
  return low <= high ? { low, high } : undefined;
}

/**
 * A small SVG with a curve over iterations 1 to `iterations`, on the scale of `samplesRange(samples)`, and a line at `present`;
 * a sample without a number interrupts it. Hidden from assistive technology.
 */
export function sparkline(
  samples: readonly HistorySample[],
  iterations: number,
  present: number,
): SVGTemplateResult {
  const { low, high } = samplesRange(samples) ?? { low: 0, high: 1 };
  const span = Math.max(1, iterations - 1);
  const x = (iteration: number): number => round(margin + ((width - 2 * margin) * (iteration - 1)) / span);
  const y = (value: number): number =>
    high === low
      ? height / 2
      : round(height - margin - ((height - 2 * margin) * (value - low)) / (high - low));
  const known = samples.filter((one) => one.low <= one.high);
  const line = (of: (one: HistorySample) => number): string =>
    samples
      .map((one, at) => {
        if (!(one.low <= one.high)) return '';
        const before = samples[at - 1];
        return `${before !== undefined && before.low <= before.high ? 'L' : 'M'}${x(one.last)} ${y(of(one))}`;
      })
      .join('');
  // The band between the lowest and the highest value is shaded where they differ.
  const isBand = known.some((one) => one.low < one.high);
  const corners = isBand
    ? [
        ...known.map((one) => [x(one.last), y(one.high)]),
        ...known.map((one) => [x(one.last), y(one.low)]).reverse(),
      ]
    : [];
  return svg`<svg class="spark" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">
    <line class="cursor" x1=${x(present)} x2=${x(present)} y1="0" y2=${height}/>
    <polygon class="band" points=${corners.map((point) => point.join()).join(' ')}/>
    <path class="curve" d=${line((one) => one.high)}/>
    <path class="curve" d=${isBand ? line((one) => one.low) : ''}/>
  </svg>`;
}
