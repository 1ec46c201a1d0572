import type { UnversionedCell } from '../../src/explain/adjoints.ts';
import type { Weight } from '../../src/explain/drawing.ts';
import type { EdgeLabel } from './edge-labels.ts';
import {
  ellipsis,
  type LinePart,
  type NetworkFigures,
  sizes,
  type TextSlot,
  type TypesetLine,
  typesetLine,
} from './network-figures.ts';
import type { Placement } from './network-placement.ts';
import { centre, type PlacedUnit, type Rectangle } from './placed-unit.ts';

/** A line of text about a cell, and the background box that keeps edges from striking it through. */
export interface Caption {
  /** The cell whose number is shown. */
  readonly cell: UnversionedCell;
  /** Whether it shows the number that an update replaced, the cell itself, or the derivative by it. */
  readonly kind: 'old' | 'cell' | 'derivative';
  /** The text, placed at the baseline of `box`. */
  readonly line: TypesetLine;
  /** The background, in drawing units. */
  readonly box: Rectangle;
}

/** Free space beside a text for the mark around it, in drawing units. */
const margin = 4;
/** The ascent and the height of a line of text, in drawing units. */
const [ascent, height] = [13, 19];
const oldHeight = 14;
/** Significant digits of a number alone at most: where only numbers have room, there are many of them. */
const mostAlone = 4;
/** With fewer digits than this all texts of a kind take a shorter form, and one drops its symbol. */
const enough = { weight: 4, derivative: 3, single: 2 };

/** Forms of a text, from the fullest to the barest, which alone has no symbol. */
type Levels = readonly ((cell: UnversionedCell) => readonly LinePart[])[];

/**
 * The text on edges and tabs of one picture. Texts of one kind have the same form; only one that has no room for its symbol goes
 * without, unless it is at work.
 */
export class Captions {
  private readonly weights: Levels;
  private readonly biases: Levels;
  private readonly gradientLevels: Levels;
  private readonly derivatives: Levels;
  private readonly sensitivities: Levels;

  constructor(
    private readonly figures: NetworkFigures,
    { units }: Placement,
    private readonly labels: readonly EdgeLabel[],
    private readonly isPending: (cell: UnversionedCell) => boolean,
    private readonly isTarget: (cell: UnversionedCell) => boolean,
  ) {
    const large = labels.filter(({ form }) => form !== 'number');
    const isTall = large.every(({ form }) => form === 'tall');
    const isLine = large.some(({ form }) => form === 'line');
    const onEdges = large.flatMap(({ edge, box }) =>
      edge.edge.weight ? [{ weight: edge.edge.weight, width: inner(box) }] : [],
    );
    const onUnits = units.flatMap(({ unit, biases }) =>
      biases.map((box, at) => ({ weight: unit.biases[at], width: inner(box) })),
    );
    const gradients = [...onEdges, ...onUnits].flatMap(({ weight, width }) =>
      weight.gradients.slice(0, 1).map((cell) => ({ cell, width })),
    );
    const tabs = units.flatMap(({ unit, sensitivities }) =>
      sensitivities.map((box, at) => ({ cell: unit.sensitivities[at], width: inner(box) })),
    );
    const cells = (of: typeof onEdges) => of.map(({ weight, width }) => ({ cell: weight, width }));
    const plain = (cell: UnversionedCell) => this.parts(cell);
    const named = (write: (tex: string) => string) => (cell: UnversionedCell) => this.parts(cell, write);
    this.weights = fitting(this.weightLevels(isTall || isLine, ''), cells(onEdges), enough.weight);
    this.biases = fitting(this.weightLevels(false, '+'), cells(onUnits), enough.weight);
    this.gradientLevels = [named(withoutLoss), named(shortened), plain];
    this.derivatives = fitting(this.gradientLevels, gradients, enough.derivative);
    this.sensitivities = fitting(
      [named((tex) => tex), named(withoutLoss), named(shortened), plain],
      tabs,
      enough.derivative,
    );
  }

  /** A key for the form of each kind of text; with equal keys the same texts fit. */
  get form(): string {
    const { weights, biases, derivatives, sensitivities } = this;
    return [weights, biases, derivatives, sensitivities].map(({ length }) => length).join();
  }

  /** The lines of an edge's label, from top to bottom, around the middle of its box; empty without a weight. */
  label({ edge, box, form }: EdgeLabel): Caption[] {
    const { weight } = edge.edge;
    if (weight === undefined) return [];
    const { x, y } = centre(box);
    const room = { x, width: inner(box) };
    const gradient = this.gradient(weight);
    if (form === 'line' || form === 'number') {
      // One line only: that of the cell at work.
      if (gradient && this.isTarget(gradient)) {
        const own = fitting(this.gradientLevels, [{ cell: gradient, width: room.width }], enough.derivative);
        return [this.caption(gradient, 'derivative', own, { x, y: y + 3.5, width: box.width - 4 })];
      }
      return [
        form === 'line'
          ? this.caption(weight, 'cell', this.weights, { ...room, y: y + 3.5 })
          : caption(weight, 'cell', this.newest(weight, sizes.old, mostAlone), {
              x,
              y: y + 3.5,
              width: box.width - 4,
            }),
      ];
    }
    const old = form === 'tall' && this.figures.isRenewed(weight) ? this.old(weight) : undefined;
    const tall = height + (old ? oldHeight : 0) + (gradient ? height : 0);
    const first = y - tall / 2 + (old ? oldHeight : 0) + ascent;
    return [
      ...(old ? [caption(weight, 'old', [old], { ...room, y: first - oldHeight })] : []),
      this.caption(weight, 'cell', this.weights, { ...room, y: first }),
      ...(gradient
        ? [this.caption(gradient, 'derivative', this.derivatives, { ...room, y: first + height })]
        : []),
    ];
  }

  /** The lines of a bias tab: the bias and, once computed, the derivative by it. */
  bias(weight: Weight, box: Rectangle): Caption[] {
    const room = { x: centre(box).x, width: inner(box) };
    const gradient = this.gradient(weight);
    const y = box.y + 14;
    return [
      this.caption(weight, 'cell', this.biases, { ...room, y }),
      ...(gradient
        ? [this.caption(gradient, 'derivative', this.derivatives, { ...room, y: y + height })]
        : []),
    ];
  }

  /** The line of a tab with a derivative. */
  sensitivity(cell: UnversionedCell, box: Rectangle): Caption {
    const { x, y } = centre(box);
    return this.caption(cell, 'cell', this.sensitivities, { x, y: y + 3.5, width: inner(box) });
  }

  /** A text in the form of its kind, or without its symbol where few digits would be left; at work, where none would be. */
  private caption(cell: UnversionedCell, kind: Caption['kind'], levels: Levels, room: TextSlot): Caption {
    const parts = levels[0](cell);
    const isBare = typesetLine(parts, room).digits < (this.isTarget(cell) ? 1 : enough.single);
    return caption(cell, kind, isBare ? levels[levels.length - 1](cell) : parts, room);
  }

  /** The lines of every edge label. */
  get all(): readonly (readonly Caption[])[] {
    return this.labels.map((label) => this.label(label));
  }

  /** All lines on the tabs of a unit. */
  tabs({ unit, sensitivities, biases }: PlacedUnit): Caption[] {
    return [
      ...sensitivities.map((box, at) => this.sensitivity(unit.sensitivities[at], box)),
      ...biases.flatMap((box, at) => this.bias(unit.biases[at], box)),
    ];
  }

  /** The derivative by a parameter; undefined while it has no text. */
  private gradient({ gradients: [cell] }: Weight): UnversionedCell | undefined {
    return cell && this.parts(cell).length > 0 ? cell : undefined;
  }

  /**
   * Forms for a parameter; once it is renewed, with the old number struck out beside the new one, unless that `hasNoOld` one there:
   * it is the first to go.
   */
  private weightLevels(hasNoOld: boolean, prefix: string): Levels {
    const name = (cell: UnversionedCell): LinePart => ({ tex: prefix + this.figures.tex(cell) });
    const before = (cell: UnversionedCell): readonly LinePart[] =>
      this.figures.isRenewed(cell) ? [this.old(cell) as LinePart] : [];
    return [
      ...(hasNoOld ? [] : [(cell: UnversionedCell) => [name(cell), ...before(cell), ...this.newest(cell)]]),
      (cell) => [name(cell), ...this.newest(cell)],
      (cell) => this.newest(cell),
    ];
  }

  private old(cell: UnversionedCell): LinePart | undefined {
    return this.figures.number(cell, { size: sizes.old, classes: 'value old' });
  }

  private newest(cell: UnversionedCell, size: number = sizes.label, most?: number): LinePart[] {
    const style = { size, ...(most && { most }) };
    const number =
      this.figures.number(cell, { version: 'new', ...style }) ?? this.figures.number(cell, style);
    return number ? [number] : [];
  }

  private parts(cell: UnversionedCell, write?: (tex: string) => string): LinePart[] {
    const number = this.figures.number(cell) ?? (this.isPending(cell) ? ellipsis : undefined);
    const name = write ? [{ tex: write(this.figures.tex(cell)) }] : [];
    return number ? [...name, number] : name;
  }
}

const inner = ({ width }: Rectangle): number => width - 2 * margin;

function caption(
  cell: UnversionedCell,
  kind: Caption['kind'],
  parts: readonly LinePart[],
  room: TextSlot,
): Caption {
  const line = typesetLine(parts, room);
  const wide = line.width + margin;
  const box =
    kind === 'old'
      ? { x: room.x - wide / 2, y: room.y - ascent, width: wide, height: oldHeight }
      : { x: room.x - wide / 2, y: room.y - ascent, width: wide, height };
  return { cell, kind, line, box };
}

/** The levels from the first one at which every number keeps `digits` digits; else the barest with a symbol, and the bare one. */
function fitting(
  levels: Levels,
  items: readonly { readonly cell: UnversionedCell; readonly width: number }[],
  digits: number,
): Levels {
  const at = levels.findIndex((level) =>
    items.every(({ cell, width }) => typesetLine(level(cell), { x: 0, y: 0, width }).digits >= digits),
  );
  return levels.slice(Math.min(at < 0 ? levels.length : at, levels.length - 2));
}

/** With the quantity that it is taken by, and without the one that is differentiated: `∂W` for `∂L/∂W`. */
const withoutLoss = (tex: string): string => tex.replace(/^\\frac\{.*?\}\{(\\partial.*)\}$/, '$1');

/** In still less space a derivative is `∂` only: its place shows by what it is taken. */
const shortened = (tex: string): string => (tex.startsWith('\\frac') ? '\\partial' : tex);
