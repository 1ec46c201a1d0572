import type { Recurrence, TimedLink, TimedQuantity } from '../../src/explain/recurrence.ts';
import { type Model, sizeOf } from '../../src/formula/model.ts';
import type { DrawingPoint } from '../drawing/placed-unit.ts';

/** Sizes of a box, of its head and of a line in it, in drawing units, which are CSS pixels. */
export const box = { width: 136, head: 20, line: 20 };
/** Between boxes of a column, and above the first. */
const gap = { down: 30, top: 24 };
/** Numbers of a quantity at one time step at most; of more, the first are shown. */
const mostLines = 4;
/** How much of an arrow's line its head covers, and the head's length and half its width. */
const head = { inset: 6, length: 8, half: 4 };
/** How far from its column an arrow passes the boxes between its ends. */
const aside = 14;

/** A quantity with its place among the rows, in drawing units. */
export interface TimedRow extends TimedQuantity {
  readonly y: number;
  readonly height: number;
  readonly lines: number;
}

/** The rows of a recurrence, from top to bottom. */
export function timedRows({ quantities }: Recurrence, model: Model): TimedRow[] {
  let y = gap.top;
  return quantities.map((timed) => {
    const { shape = [], perSample } = model.quantities.get(timed.name) ?? {};
    const size = sizeOf(shape.filter((_, d) => d !== timed.dimension && !(perSample && d === 0)));
    const lines = Math.min(mostLines, size);
    const row = { ...timed, y, lines, height: box.head + lines * box.line + 4 };
    y += row.height + gap.down;
    return row;
  });
}

/** The space between columns, and beside them for arrows from and to moments out of sight. */
interface Spacing {
  readonly across: number;
  readonly before: number;
  readonly after: number;
}

const usual: Spacing = { across: 50, before: 24, after: 26 };
/** On a phone, so that a moment is beside the one that it reads. */
const narrow: Spacing = { across: 36, before: 16, after: 24 };

/** The columns of moments that have room beside one another. */
export class TimeColumns {
  /** How many, at least one. */
  readonly count: number;
  private readonly spacing: Spacing;

  constructor(
    /** The available width, in CSS pixels. */
    room: number,
    /** How many moments there are. */
    moments: number,
  ) {
    const fitting = ({ across, before, after }: Spacing) =>
      Math.max(1, Math.min(moments, Math.floor((room - before - after + across) / (box.width + across))));
    this.spacing = fitting(narrow) > fitting(usual) ? narrow : usual;
    this.count = fitting(this.spacing);
  }

  /** The left side of a column's boxes, columns counted from 0. */
  left(column: number): number {
    return column * (box.width + this.spacing.across);
  }

  /** The left side and the width of the picture. */
  get extent(): { readonly x: number; readonly width: number } {
    const { before, after } = this.spacing;
    return { x: -before, width: before + this.left(this.count - 1) + box.width + after };
  }

  /** The arrow of a link that ends in a column, which may be out of sight, as its start may be, but not both. */
  arrow({ by }: TimedLink, source: TimedRow, target: TimedRow, column: number, isBack: boolean): TimedArrow {
    const [out, into] = isBack ? [head.inset, 0] : [0, head.inset];
    const middle = ({ y, height }: TimedRow) => y + height / 2;
    if (by === 0) {
      const [left, y1, y2] = [this.left(column), source.y + source.height, target.y];
      if (y2 === y1 + gap.down) {
        const x = left + box.width / 2;
        return {
          line: `M${x} ${y1 + out}V${y2 - into}`,
          head: isBack ? pointed({ x, y: y1 }, 'up') : pointed({ x, y: y2 }, 'down'),
          label: { x, y: (y1 + y2) / 2 + (isBack ? 2 : -2) },
        };
      }
      // Around the rows between, on the outer side.
      const [x, from, to] = [left + box.width, middle(source), middle(target)];
      return {
        line: `M${x + out} ${from}H${x + aside}V${to}H${x + into}`,
        head: pointed({ x, y: isBack ? from : to }, 'left'),
        label: { x: x + aside, y: (y1 + y2) / 2 },
      };
    }
    const turn = by > 0 ? 1 : -1;
    const [isFrom, isTo] = [column - by, column].map((one) => one >= 0 && one < this.count);
    const edge = (one: number, side: number) => this.left(one) + (side > 0 ? box.width : 0);
    const stub = turn * this.spacing.before;
    const x1 = isFrom ? edge(column - by, turn) : edge(column, -turn) - stub;
    const x2 = isTo ? edge(column, -turn) : x1 + stub;
    const [y1, y2] = [middle(isFrom ? source : target), middle(isTo ? target : source)];
    const bend = (x1 + x2) / 2;
    const aim = isBack ? { x: x1, y: y1 } : { x: x2, y: y2 };
    return {
      line: `M${x1 + turn * out} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2 - turn * into} ${y2}`,
      head: (isBack ? isFrom : isTo) ? pointed(aim, turn > 0 === isBack ? 'left' : 'right') : undefined,
      label: isFrom && isTo ? { x: bend, y: (y1 + y2) / 2 } : undefined,
    };
  }
}

/** An arrow's line and head as path data; the head is absent out of sight, as is the place of its weight. */
export interface TimedArrow {
  readonly line: string;
  readonly head: string | undefined;
  /** The middle of its weight. */
  readonly label: DrawingPoint | undefined;
}

/** A head with its point at a place. */
function pointed({ x, y }: DrawingPoint, way: 'up' | 'down' | 'left' | 'right'): string {
  const { length, half } = head;
  const back = way === 'up' || way === 'left' ? length : -length;
  return way === 'up' || way === 'down'
    ? `M${x} ${y}l${-half} ${back}h${2 * half}z`
    : `M${x} ${y}l${back} ${-half}v${2 * half}z`;
}
