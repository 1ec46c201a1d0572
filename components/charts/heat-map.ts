import { noChange } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import type { ElementPart } from 'lit/directive.js';

/** Numbers as shades: strong is far from 0, and the colour says on which side. */
export interface Shades {
  readonly rows: number;
  readonly columns: number;
  /** Row by row; undefined where a number is not computed yet. */
  readonly values: readonly (number | undefined)[];
  /** What counts as strongest. */
  readonly most: number;
}

/** One pixel of the canvas for each cell: the browser enlarges it without smoothing, and it is painted in no time. */
function paint(canvas: HTMLCanvasElement, { rows, columns, values, most }: Shades): void {
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d');
  if (context === null) return;
  // The canvas carries its two colours as its own text and outline colour, so that they follow the page's scheme.
  const { color, outlineColor } = getComputedStyle(canvas);
  values.forEach((value, at) => {
    if (value === undefined || value === 0) return;
    const strength = Number.isFinite(value) ? Math.min(1, Math.abs(value) / most) : 1;
    context.globalAlpha = 0.08 + 0.92 * strength;
    context.fillStyle = value > 0 ? color : outlineColor;
    context.fillRect(at % columns, Math.floor(at / columns), 1, 1);
  });
}

class HeatMapDirective extends AsyncDirective {
  private canvas: HTMLCanvasElement | undefined;
  private shades: Shades | undefined;
  private readonly scheme = matchMedia('(prefers-color-scheme: dark)');
  private readonly repaint = (): void => {
    if (this.canvas && this.shades) paint(this.canvas, this.shades);
  };

  render(_shades: Shades): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [shades]: [Shades]): unknown {
    const canvas = element as HTMLCanvasElement;
    if (this.canvas === undefined) this.scheme.addEventListener('change', this.repaint);
    if (canvas !== this.canvas || !sameShades(shades, this.shades)) {
      this.canvas = canvas;
      this.shades = shades;
      // A canvas that is not in the page yet has no colours.
      if (canvas.isConnected) this.repaint();
      else queueMicrotask(this.repaint);
    }
    return noChange;
  }

  protected override disconnected(): void {
    this.scheme.removeEventListener('change', this.repaint);
  }

  protected override reconnected(): void {
    this.scheme.addEventListener('change', this.repaint);
  }
}

const sameShades = (a: Shades, b: Shades | undefined): boolean =>
  b !== undefined &&
  a.rows === b.rows &&
  a.columns === b.columns &&
  a.most === b.most &&
  a.values.every((value, at) => Object.is(value, b.values[at]));

/** `<canvas ${heatMap(shades)}>`: painted anew only where a number has changed. */
export const heatMap = directive(HeatMapDirective);
