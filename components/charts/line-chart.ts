import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

/** The drawing's own units; CSS stretches it. */
const [width, height] = [1000, 100];
/** Columns of a curve at most; where several iterations share one, their lowest and highest value are drawn. */
const mostColumns = 250;

/** Lowest and highest value of consecutive iterations, and the last of these iterations, from 1. */
export interface Column {
  /** The last of the iterations, from 1. */
  readonly last: number;
  /** The lowest of their values. */
  readonly low: number;
  /** The highest of their values. */
  readonly high: number;
}

/**
 * The values of iterations 1, 2, … in at most `most` columns (250 by default) of equally many iterations, the last perhaps of
 * fewer; no extreme lost. Values that are not finite are left out, as is a column without any other.
 */
export function columnsOf(values: readonly number[], most = mostColumns): Column[] {
  const share = Math.max(1, Math.ceil(values.length / most));
  const columns: Column[] = [];
  for (let first = 0; first < values.length; first += share) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const last = Math.min(values.length, first + share);
    for (let at = first; at < last; at++) {
      if (!Number.isFinite(values[at])) continue;
      low = Math.min(low, values[at]);
      high = Math.max(high, values[at]);
    }
    if (low <= high) columns.push({ last, low, high });
  }
  return columns;
}

/** The range of values of some curves: from 0, or from the lowest negative value; never empty, and 0 to 1 without data. */
export function curvesRange(curves: readonly (readonly Column[])[]): { low: number; high: number } {
  let [low, high] = [0, 0];
  for (const { low: least, high: greatest } of curves.flat()) {
    low = Math.min(low, least);
    high = Math.max(high, greatest);
  }
  return { low, high: high > low ? high : low + 1 };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/**
 * An SVG that fills its box, with curves over iterations 0 to `iterations` on the scale of `curvesRange(curves)` and a line at
 * `present`; the n-th curve, from 0, has the class `loss-n`. Hidden from assistive technology, so it needs a table beside it.
 */
export function lossCurves(
  curves: readonly (readonly Column[])[],
  { iterations, present }: { readonly iterations: number; readonly present: number },
): SVGTemplateResult {
  const { low, high } = curvesRange(curves);
  const x = (iteration: number): number => round((width * iteration) / Math.max(1, iterations));
  const y = (value: number): number => round(height - (height * (value - low)) / (high - low));
  const path = (columns: readonly Column[]): string =>
    columns
      .map((one, at) => {
        const start = `${at === 0 ? 'M' : 'L'}${x(one.last)} ${y(one.high)}`;
        return one.high === one.low ? start : `${start}L${x(one.last)} ${y(one.low)}`;
      })
      .join('');
  return svg`<svg class="curve" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">
    <line class="zero" x1="0" x2=${width} y1=${y(0)} y2=${y(0)}/>
    ${curves.map((columns, n) => svg`<path class="loss loss-${n}" d=${path(columns)}/>`)}
    <line class="cursor" x1=${x(present)} x2=${x(present)} y1="0" y2=${height}/>
  </svg>`;
}

/**
 * Curves as `lossCurves` draws them, between the texts of their highest and lowest value and above those of the ends of their axis.
 * All of it is hidden from assistive technology, so it needs a table beside it.
 */
export const plot = (
  curves: readonly (readonly Column[])[],
  place: Parameters<typeof lossCurves>[1],
  {
    high,
    low,
    ends,
  }: { readonly high: string; readonly low: string; readonly ends: readonly [string, string] },
): TemplateResult => html`<div class="plot">
      <span class="high" aria-hidden="true">${high}</span>
      ${lossCurves(curves, place)}
      <span class="low" aria-hidden="true">${low}</span>
    </div>
    <p class="ends quiet" aria-hidden="true">${ends.map((end) => html`<span>${end}</span>`)}</p>`;

/**
 * At most `most` iterations (at least 2), ascending, evenly spread from 1 to `count`, both included; all where there are no
 * more.
 */
export function evenlySpaced(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, at) => at + 1);
  return Array.from({ length: most }, (_, at) => 1 + Math.round((at * (count - 1)) / (most - 1)));
}
