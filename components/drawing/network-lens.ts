import type { ReactiveControllerHost } from 'lit';
import type { DrawingPoint, Rectangle } from './placed-unit.ts';

/** The largest scale, and the factor of one press of a key. */
const [most, pace] = [8, 1.4];
/** The part of the visible width or height that one press of an arrow key moves. */
const stride = 0.15;
/** A pointer that has moved less than this, in CSS pixels, is a click. */
const slack = 4;

/** In drawing units. */
interface Size {
  readonly width: number;
  readonly height: number;
}

const directions: { readonly [key: string]: DrawingPoint } = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));

/**
 * Which part of a drawing is shown enlarged, and how keys, wheel and pointer move it. Its host renders again when that changes.
 */
export class Lens {
  private scale = 1;
  /** The upper left corner of the visible part, in drawing units. */
  private corner: DrawingPoint = { x: 0, y: 0 };
  private whole: Size = { width: 1, height: 1 };

  constructor(private readonly host: ReactiveControllerHost) {}

  /** Whether the drawing is enlarged. */
  get isOn(): boolean {
    return this.scale > 1;
  }

  private get sight(): Size {
    return { width: this.whole.width / this.scale, height: this.whole.height / this.scale };
  }

  /** The `viewBox` for a drawing of a size in drawing units; moves the visible part inside it. */
  viewBox(whole: Size): string {
    this.whole = whole;
    const { width, height } = this.sight;
    this.corner = {
      x: clamp(this.corner.x, whole.width - width),
      y: clamp(this.corner.y, whole.height - height),
    };
    return [this.corner.x, this.corner.y, width, height].map((one) => Math.round(100 * one) / 100).join(' ');
  }

  /**
   * Enlarges by `by` key presses, fractions and negative ones included, around a point in drawing units that stays in place, by
   * default the middle; 0 shows the whole drawing.
   */
  zoom(by: number, around?: DrawingPoint): void {
    const { width, height } = this.sight;
    const fixed = around ?? { x: this.corner.x + width / 2, y: this.corner.y + height / 2 };
    const scale = by === 0 ? 1 : Math.max(1, Math.min(most, this.scale * pace ** by));
    const shrunk = this.scale / scale;
    this.scale = scale < 1.01 ? 1 : scale;
    this.moveTo({
      x: fixed.x - (fixed.x - this.corner.x) * shrunk,
      y: fixed.y - (fixed.y - this.corner.y) * shrunk,
    });
  }

  /** The point of the drawing, in drawing units, at a place in the window, in CSS pixels; `frame` contains the SVG. */
  at(frame: Element, clientX: number, clientY: number): DrawingPoint {
    const { left, top, width, height } = frame.getBoundingClientRect();
    const sight = this.isOn ? this.sight : this.measured(frame);
    return {
      x: this.corner.x + ((clientX - left) / width) * sight.width,
      y: this.corner.y + ((clientY - top) / height) * sight.height,
    };
  }

  private measured(frame: Element): Size {
    const { width, height } = frame.querySelector<SVGSVGElement>('svg')?.viewBox.baseVal ?? this.whole;
    this.whole = { width, height };
    return this.whole;
  }

  /** Moves as little as needed for a part of the drawing to be visible, with some room around it. */
  reveal({ x, y, width, height }: Rectangle): void {
    const { sight, corner } = this;
    const along = (from: number, size: number, at: number, seen: number): number => {
      const room = Math.min(40, Math.max(0, (seen - size) / 2));
      return Math.min(from - room, Math.max(at, from + size + room - seen));
    };
    const next = { x: along(x, width, corner.x, sight.width), y: along(y, height, corner.y, sight.height) };
    if (next.x !== corner.x || next.y !== corner.y) this.moveTo(next);
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
