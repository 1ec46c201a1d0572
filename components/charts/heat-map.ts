import { noChange } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import type { ElementPart } from 'lit/directive.js';
import { sideOf, strengthOf } from '../../src/figure/cells/square.ts';

/** Numbers as shades: the strength is the distance from 0, the colour its sign. */
export interface Shades {
  /** Rows of cells. */
  readonly rows: number;
  /** Cells in each row. */
  readonly columns: number;
  /** Row by row, `rows` × `columns` of them; undefined where a number is not computed yet. */
  readonly values: readonly (number | undefined)[];
  /** The absolute value with the full strength, above 0. */
  readonly most: number;
}

/** The opacity of what is next to 0, so that it is not taken for 0. */
const faintest = 0.08;

/** One pixel of the canvas for each cell: the browser enlarges it without smoothing, and painting is fast. */
function paint(canvas: HTMLCanvasElement, { rows, columns, values, most }: Shades): void {
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d');
  if (context === null) return;
  // The two colours are the canvas's text and outline colour, so that they follow the page's scheme.
  const { color, outlineColor } = getComputedStyle(canvas);
  values.forEach((value, at) => {
    if (value === undefined || value === 0) return;
    context.globalAlpha = faintest + (1 - faintest) * strengthOf(value, most);
    context.fillStyle = sideOf(value) === 'plus' ? color : outlineColor;
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
      // A canvas outside the page has no computed colours.
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

/** `<canvas ${heatMap(shades)}>`: paints `Shades`, again only when a number or the colour scheme changes. */
export const heatMap = directive(HeatMapDirective);
