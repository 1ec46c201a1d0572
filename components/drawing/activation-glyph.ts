import { nothing, type SVGTemplateResult, svg } from 'lit';
import type { ActivationCurve, UnitFunction } from '../../src/explain/activations.ts';
import type { DrawingPoint } from './placed-unit.ts';

/** The size of a glyph, in drawing units. */
export const glyph = { width: 26, height: 15 } as const;
/** Half the length of the tangent, in drawing units. */
const tangent = 7;

const round = (value: number): number => Math.round(100 * value) / 100;
const within = (value: number, most: number): number => Math.max(0, Math.min(most, value));

/**
 * The curve of an activation in a box of `glyph`'s size whose upper left corner is `at`, the point with this net input and value
 * on it, and a short tangent there. A point outside the box is at its rim; without both numbers, or with one that is not finite,
 * there is none.
 */
export function activationGlyph(
  activation: UnitFunction,
  { net, value }: { readonly net: number | undefined; readonly value: number | undefined },
  at: DrawingPoint,
): SVGTemplateResult {
  const curve = activation.curve(net);
  const outline = svg`<path class="curve" d=${outlineOf(curve, at)}/>`;
  if (net === undefined || value === undefined || !Number.isFinite(net) || !Number.isFinite(value))
    return outline;
  const scale = scaleOf(curve, at);
  const [x, y] = [scale.x(net), scale.y(value)];
  const slope = activation.slope(net);
  return svg`${outline}${slope === undefined ? nothing : tangentAt({ x, y }, (slope * scale.perY) / scale.perX)}
    <circle class="point" cx=${round(x)} cy=${round(y)} r="1.9"/>`;
}

/** From numbers to drawing units; `perX` and `perY` are the drawing units of 1. */
function scaleOf({ half, low, high }: ActivationCurve, at: DrawingPoint) {
  const perX = glyph.width / (2 * half);
  // A constant function runs through the middle. Halves, since the difference of two large numbers may overflow.
  const extent = high / 2 - low / 2;
  const perY = extent === 0 ? 0 : glyph.height / 2 / extent;
  const middle = low / 2 + high / 2;
  return {
    perX,
    perY,
    x: (net: number) => at.x + within(glyph.width / 2 + net * perX, glyph.width),
    y: (value: number) => at.y + within(glyph.height / 2 - (value - middle) * perY, glyph.height),
  };
}

/** The curve as a path, interrupted where it has no finite value. */
function outlineOf(curve: ActivationCurve, at: DrawingPoint): string {
  const { y } = scaleOf(curve, at);
  const { values } = curve;
  let path = '';
  values.forEach((value, n) => {
    if (!Number.isFinite(value)) return;
    const x = at.x + (glyph.width * n) / (values.length - 1);
    path += `${Number.isFinite(values[n - 1]) ? 'L' : 'M'} ${round(x)} ${round(y(value))} `;
  });
  return path.trim();
}

/** A line through a point; its rise is that in the drawing, upwards. */
function tangentAt({ x, y }: DrawingPoint, rise: number): SVGTemplateResult {
  const length = Math.hypot(1, rise);
  const [dx, dy] = [tangent / length, (tangent * rise) / length];
  const [left, right] = [-1, 1].map((side) => [x + side * dx, y - side * dy].map(round));
  return svg`<line class="slope" x1=${left[0]} y1=${left[1]} x2=${right[0]} y2=${right[1]}/>`;
}
