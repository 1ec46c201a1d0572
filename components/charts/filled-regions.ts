import { noChange } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import type { ElementPart } from 'lit/directive.js';
import type { DecisionBoundary } from '../../src/session/analysis/decision-boundary.ts';

/** A plane of inputs with the model's answers on a grid. */
export interface Regions {
  /** Grid points along each side. */
  readonly fineness: number;
  /** The outputs at each grid point, row by row from the top; painted again only when this array is another. */
  readonly answers: readonly Float64Array[];
  /** Gives the class of an answer, and how clear it is. */
  readonly decision: DecisionBoundary;
}

/** Hues of the classes in degrees, far from each other. */
const hues = [65, 240, 150, 330, 20, 195, 290, 100, 265, 45];
/** OKLCH lightness (0 to 1) and chroma of the colours. */
const inLight = { lightness: 0.8, colour: 0.11 };
const inDark = { lightness: 0.42, colour: 0.1 };

/** One pixel for each grid point: the class gives the hue, the margin the opacity. */
function paint(canvas: HTMLCanvasElement, { fineness, answers, decision }: Regions, isDark: boolean): void {
  canvas.width = fineness;
  canvas.height = fineness;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const { lightness, colour } = isDark ? inDark : inLight;
  const margins = answers.map((answer) => Math.abs(decision.margin(answer, decision.classOf(answer))));
  const most = margins.reduce((best, one) => (Number.isFinite(one) && one > best ? one : best), 0) || 1;
  const many = decision.outputs > 1;
  answers.forEach((answer, at) => {
    const one = decision.classOf(answer);
    context.globalAlpha = 0.15 + 0.85 * Math.min(1, margins[at] / most);
    context.fillStyle = `oklch(${lightness} ${colour} ${hues[(many ? one : Math.min(1, one)) % hues.length]})`;
    if (Number.isFinite(margins[at])) context.fillRect(at % fineness, Math.floor(at / fineness), 1, 1);
  });
}

class RegionsDirective extends AsyncDirective {
  private canvas: HTMLCanvasElement | undefined;
  private regions: Regions | undefined;
  private readonly scheme = matchMedia('(prefers-color-scheme: dark)');
  private readonly repaint = (): void => {
    const { canvas, regions } = this;
    if (canvas === undefined || regions === undefined) return;
    // The page's own colour scheme, which an element inherits, takes precedence.
    const { colorScheme } = getComputedStyle(canvas);
    paint(canvas, regions, colorScheme === 'dark' || (colorScheme !== 'light' && this.scheme.matches));
  };

  render(_regions: Regions | undefined): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [regions]: [Regions | undefined]): unknown {
    if (this.canvas === undefined) this.scheme.addEventListener('change', this.repaint);
    if (this.canvas !== element || this.regions?.answers !== regions?.answers) {
      this.canvas = element as HTMLCanvasElement;
      this.regions = regions;
      queueMicrotask(this.repaint);
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

/**
 * `<canvas ${paintRegions(regions)}>`: paints `Regions`, again when its `answers` or the colour scheme change; undefined paints
 * nothing.
 */
export const paintRegions = directive(RegionsDirective);
