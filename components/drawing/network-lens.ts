import type { ReactiveControllerHost } from 'lit';
import { revealed } from '../base/revealed.ts';
import type { DrawingPoint, Rectangle, Size } from './placed-unit.ts';

/** The largest scale, and the factor of one press of a key. */
const [most, pace] = [8, 1.4];
/** The part of the visible width or height that one press of an arrow key moves. */
const stride = 0.15;
/** A pointer that has moved less than this, in CSS pixels, is a click. */
const slack = 4;

const directions: { readonly [key: string]: DrawingPoint } = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

/** How a drawing is shown while no lens is: all in drawing units. */
export interface Resting {
  /** The part shown at scale 1, with the drawing in it; of the proportions of the region. */
  readonly whole: Rectangle;
  /** How much larger than that it is, at least 1. */
  readonly scale: number;
  /** The upper left corner of what is in sight. */
  readonly corner: DrawingPoint;
}

/**
 * Which part of a drawing is shown, at another scale than it rests at, and how keys, wheel and pointer move it. Its host renders
 * again when that changes.
 */
export class Lens {
  /** Whether the drawing is shown through the lens. */
  isOn = false;
  /** How large the drawing is through it; 1: as large as fits. */
  scale = 1;
  /** The upper left corner of the visible part, in drawing units. */
  private corner: DrawingPoint = { x: 0, y: 0 };
  private whole: Rectangle = { x: 0, y: 0, width: 1, height: 1 };

  constructor(private readonly host: ReactiveControllerHost) {}

  /** Whether all of the drawing is in sight. */
  get isWhole(): boolean {
    return this.scale === 1;
  }

  private get sight(): Size {
    return { width: this.whole.width / this.scale, height: this.whole.height / this.scale };
  }

  /** The `viewBox` for a drawing whose whole is a part of the plane; moves the visible part inside it. */
  viewBox(whole: Rectangle): string {
    this.whole = whole;
    const { width, height } = this.sight;
    this.corner = {
      x: clamp(this.corner.x, whole.x, whole.x + whole.width - width),
      y: clamp(this.corner.y, whole.y, whole.y + whole.height - height),
    };
    return [this.corner.x, this.corner.y, width, height].map((one) => Math.round(100 * one) / 100).join(' ');
  }

  /**
   * Enlarges by `by` key presses, fractions and negative ones included, around a point in drawing units that stays in place, by
   * default the middle; 0 shows the whole drawing, however small. At the scale at which the drawing rests the lens is off.
   */
  zoom(by: number, resting: Resting, around?: DrawingPoint): void {
    if (!this.isOn) [this.whole, this.scale, this.corner] = [resting.whole, resting.scale, resting.corner];
    const { width, height } = this.sight;
    const fixed = around ?? { x: this.corner.x + width / 2, y: this.corner.y + height / 2 };
    const [before, own] = [this.scale, resting.scale];
    const scale = by === 0 ? 1 : clamp(before * pace ** by, 1, most * own);
    const isPast = by !== 0 && (before - own) * (scale - own) < 0;
    this.isOn = !isPast && Math.abs(scale / own - 1) > 0.01;
    this.scale = scale;
    const shrunk = before / scale;
    this.moveTo({
      x: fixed.x - (fixed.x - this.corner.x) * shrunk,
      y: fixed.y - (fixed.y - this.corner.y) * shrunk,
    });
  }

  /** Moves as little as needed for the first of some parts of the drawing that fits to be visible. */
  reveal(parts: readonly Rectangle[]): void {
    const next = revealed(parts, this.sight, this.corner);
    if (next.x !== this.corner.x || next.y !== this.corner.y) this.moveTo(next);
  }

  private moveTo(corner: DrawingPoint): void {
    this.corner = corner;
    this.host.requestUpdate();
  }

  /** Moves the visible part by an arrow key without modifiers; ignores other keys. */
  press(event: KeyboardEvent): void {
    const direction = directions[event.key];
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (direction === undefined || !isPlain) return;
    event.preventDefault();
    const { width, height } = this.sight;
    this.moveTo({
      x: this.corner.x + direction.x * stride * width,
      y: this.corner.y + direction.y * stride * height,
    });
  }

  /** Drags the drawing from a `pointerdown` on its frame until the pointer is released, and suppresses the click after a drag. */
  grasp(event: PointerEvent): void {
    if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
    const frame = event.currentTarget;
    const { corner } = this;
    const perPixel = this.sight.width / frame.getBoundingClientRect().width;
    let isDragged = false;
    const drag = ({ pointerId, clientX, clientY }: PointerEvent): void => {
      const [dx, dy] = [clientX - event.clientX, clientY - event.clientY];
      if (!isDragged && Math.hypot(dx, dy) < slack) return;
      if (!isDragged) frame.setPointerCapture(pointerId);
      isDragged = true;
      this.moveTo({ x: corner.x - dx * perPixel, y: corner.y - dy * perPixel });
    };
    const release = (): void => {
      frame.removeEventListener('pointermove', drag);
      if (isDragged) frame.addEventListener('click', stop, { capture: true, once: true });
      setTimeout(() => frame.removeEventListener('click', stop, { capture: true }));
    };
    frame.addEventListener('pointermove', drag);
    for (const end of ['pointerup', 'pointercancel']) frame.addEventListener(end, release, { once: true });
  }
}

const stop = (event: Event): void => event.stopPropagation();
