import { type Drawing, type Edge, type Shown, type UnitPlace, unitId } from '../../src/explain/drawing.ts';
import type { DrawnLayer } from '../../src/explain/layers.ts';
import { busRoom, type EdgeEnds, edgeEnds, type LayoutDirection } from './edge-ends.ts';
import {
  bottomOf,
  type DrawingPoint,
  moveUnit,
  nameHeight,
  type PlacedUnit,
  type Size,
  topOf,
} from './placed-unit.ts';
import { type Build, builds, narrowest, side, stacked } from './unit-build.ts';
import { shownOfLarge, visibleOf } from './visible-units.ts';

/** An edge with its ends, on the outlines of the units that it joins. */
export interface PlacedEdge extends EdgeEnds {
  /** The edge of the drawing's graph. */
  readonly edge: Edge;
  /** The unit at its start. */
  readonly source: PlacedUnit;
  /** The unit at its end. */
  readonly target: PlacedUnit;
}

/** The space before a column, along the direction of the pass, in drawing units, and the weighted edges that cross it. */
export interface Gap {
  /** Where the space starts. */
  readonly low: number;
  /** Where it ends. */
  readonly high: number;
  /** The edges with a weight that end in the column after it. */
  readonly edges: readonly PlacedEdge[];
}

/** A place between two units where `count` others of their layer are left out. */
export interface Omission extends DrawingPoint {
  /** How many units are left out here. */
  readonly count: number;
}

/** A layer of which only `shown` units are drawn. */
export interface Abridged {
  /** The layer. */
  readonly layer: DrawnLayer;
  /** How many of its units are drawn. */
  readonly shown: number;
}

/** A placed network, in drawing units; the upper left corner is 0, 0. */
export interface Placement {
  /** The direction of the forward pass. */
  readonly direction: LayoutDirection;
  /** The width of the picture. */
  readonly width: number;
  /** The height of the picture. */
  readonly height: number;
  /** The drawn units, column by column. */
  readonly units: readonly PlacedUnit[];
  /** The edges between drawn units, by the unit at their end. */
  readonly edges: readonly PlacedEdge[];
  /** One for each column but the first. */
  readonly gaps: readonly Gap[];
  /** The places where units are left out. */
  readonly omissions: readonly Omission[];
  /** The layers of which not all units are drawn. */
  readonly abridged: readonly Abridged[];
}

/** Conditions for placing a network. */
export interface PlacementOptions {
  /** The available width, in CSS pixels. At least 280 are used (more than asked), and at most max(720, 150 × columns). */
  readonly width: number;
  /** Units to be drawn, the first of each layer, however large the layer is; none if left out. */
  readonly focus?: readonly UnitPlace[];
  /** Units of a column at most, where fewer than the usual 8; two of each layer are drawn all the same. */
  readonly most?: number;
  /** Whether units stand as near to each other as they can, in a region too low for the usual distance. */
  readonly isTight?: boolean;
}

/** More units than this in a column are not all drawn. */
const most = 8;
/** In more width than this, in CSS pixels, a drawing is enlarged instead of spread out. */
const widest = (columns: number): number => Math.max(720, 150 * columns);

/** The width between columns without weights at most, in drawing units. */
const widestPlain = 96;
/** Width between units side by side in which the sign for those left out has room, in drawing units. */
const omissionRoom = 16;

interface Sized {
  readonly layer: DrawnLayer;
  readonly visible: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly above: number;
  readonly below: number;
}

/**
 * Places the units and edges of a drawing, from left to right, or downwards where that is too narrow. The result is as wide as
 * `options.width` within its bounds, in drawing units (CSS pixels), and as high as it needs. Another focus
 * changes which units of a large layer are drawn, but neither how many nor where.
 */
export function placeNetwork(drawing: Drawing, options: PlacementOptions): Placement {
  return planOf(drawing, options).place();
}

/** The size in drawing units of what `placeNetwork` would place, in a fraction of its time. */
export const networkSize = (drawing: Drawing, options: PlacementOptions): NetworkSize =>
  planOf(drawing, options).size;

/** The size of a picture, in drawing units. */
export interface NetworkSize {
  readonly width: number;
  readonly height: number;
  /** The least window in which any two neighbouring columns are seen from their outer sides, along the direction of the pass. */
  readonly pair: Size;
}

function planOf(drawing: Drawing, options: PlacementOptions): Plan {
  const columns = 1 + Math.max(...drawing.layers.map(({ column }) => column));
  const width = Math.min(widest(columns), Math.max(280, options.width));
  const plan = (direction: LayoutDirection, build: Build) =>
    new Plan(drawing, direction, build, { ...options, width });
  for (const build of builds) {
    const across = plan('right', build);
    if (across.zone >= build.zone) return across;
  }
  const down = plan('down', builds[0]);
  return down.fits ? down : plan('down', narrowest);
}

/** What is placed, before it is moved into the picture. */
interface Laid {
  readonly units: readonly PlacedUnit[];
  readonly bands: readonly { low: number; high: number }[];
  readonly omissions: readonly Omission[];
  /** How far the columns reach along the direction. */
  readonly along: number;
}

class Plan {
  private readonly columns: readonly (readonly Sized[])[];
  /** The space available between columns with weights, in drawing units. */
  readonly zone: number;
  private readonly capacity: number;
  private readonly plainZone: number;

  constructor(
    private readonly drawing: Drawing,
    private readonly direction: LayoutDirection,
    private readonly build: Build,
    private readonly options: PlacementOptions,
  ) {
    const { width } = options;
    const mostUnits = Math.min(most, options.most ?? most);
    const columns = 1 + Math.max(...drawing.layers.map(({ column }) => column));
    const perRow = Math.max(2, Math.floor((width + omissionRoom) / (stacked.width + omissionRoom)));
    this.capacity = direction === 'right' ? mostUnits : Math.min(mostUnits, perRow);
    this.plainZone = direction === 'right' ? (width > 520 ? 44 : 32) : 40;
    const inColumn = (column: number) => drawing.layers.filter((layer) => layer.column === column);
    const each = (column: number) => Math.max(2, Math.floor(this.capacity / inColumn(column).length));
    const ofParallel = Math.min(
      ...drawing.layers.filter(({ isParallel }) => isParallel).map((layer) => each(layer.column)),
    );
    this.columns = Array.from({ length: columns }, (_, column) =>
      inColumn(column).map((layer) => this.sized(layer, layer.isParallel ? ofParallel : each(column))),
    );
    const taken = this.columns.reduce(
      (sum, column, at) =>
        sum + Math.max(...column.map((one) => one.width)) + (this.hasBus(at) ? busRoom : 0),
      0,
    );
    const weighted = this.columns.filter((_, at) => this.isWeighted(at)).length;
    const plain = this.columns.length - 1 - weighted;
    const free = width - 4 - taken;
    if (weighted > 0 || direction === 'down')
      this.zone = direction === 'down' ? 112 : (free - plain * this.plainZone) / weighted;
    else {
      // A chain of numbers has nothing on its edges.
      this.zone = free < plain * this.plainZone ? 0 : Number.POSITIVE_INFINITY;
      this.plainZone = Math.max(this.plainZone, Math.min(widestPlain, free / Math.max(1, plain)));
    }
  }

  /** Whether, with the pass going down, the units of a layer have room beside each other. */
  get fits(): boolean {
    const widest = Math.max(...this.columns.flat().map((one) => one.width));
    return this.pitch() >= widest + 12;
  }

  /** Whether a column has several targets beside a loss: their links go along the column, not through one another. */
  private hasBus(column: number): boolean {
    const targets = this.columns[column].filter(({ layer }) => layer.kind === 'target');
    return targets.reduce((sum, { visible }) => sum + visible.length, 0) > 1;
  }

  private isWeighted(column: number): boolean {
    return column > 0 && this.columns[column].some(({ layer }) => this.drawing.isWeighted(layer));
  }

  private sized(layer: DrawnLayer, capacity: number): Sized {
    const [unit, cells] = [this.drawing.unit(layer, 1), layer.quantities.length];
    const isSide = this.build.split === 'side' || cells === 1;
    return {
      layer,
      visible: visibleOf(layer, capacity, this.options.focus ?? [], shownOfLarge(this.drawing.layers, most)),
      width: Math.max(this.build.unit, isSide ? cells * side.cell + (cells > 1 ? side.margin : 0) : 0),
      height: isSide ? side.height : cells * stacked.cell,
      above:
        nameHeight(unit) +
        unit.biases.length * (unit.biases.some(({ gradients }) => gradients.length > 0) ? 40 : 21),
      below: unit.sensitivities.length * side.tab,
    };
  }

  place(): Placement {
    return this.settle(this.lay());
  }

  /** The size of the picture, in drawing units. */
  get size(): NetworkSize {
    const { units, bands, along } = this.lay();
    const { width } = this.options;
    const isRight = this.direction === 'right';
    const pair = Math.max(0, ...bands.slice(1).map(({ high }, at) => high - bands[at].low));
    const low = Math.min(...units.map(topOf));
    return {
      width,
      height: 2 + (isRight ? Math.max(...units.map(bottomOf)) + 2 - low : along),
      pair: isRight ? { width: pair, height: 0 } : { width: 0, height: pair },
    };
  }

  private lay(): Laid {
    const { direction } = this;
    const placed: PlacedUnit[] = [];
    const bands: { low: number; high: number }[] = [];
    const omissions: Omission[] = [];
    let at = 2;
    this.columns.forEach((column, n) => {
      if (n > 0) at += this.isWeighted(n) ? this.zone : this.plainZone;
      const low = at;
      const extent =
        direction === 'right'
          ? Math.max(...column.map((one) => one.width))
          : Math.max(...column.map((one) => one.above + one.height + one.below));
      const above = Math.max(...column.map((one) => one.above));
      for (const { sized, n: unit, across } of this.spread(column)) {
        const centre =
          direction === 'right'
            ? { x: at + extent / 2, y: across }
            : { x: across, y: at + above + sized.height / 2 };
        placed.push(this.unit(sized, unit, centre));
      }
      omissions.push(...this.omissions(column, placed));
      at += extent;
      bands.push({ low, high: at });
      if (this.hasBus(n)) at += busRoom;
    });
    return { units: placed, bands, omissions, along: at };
  }

  /** The positions of a column's units across the direction, around 0. */
  private spread(column: readonly Sized[]): { sized: Sized; n: number; across: number }[] {
    const units = column.flatMap((sized) => sized.visible.map((n) => ({ sized, n })));
    const isLoss = column.some(({ layer }) => layer.kind === 'loss');
    const pitch = isLoss ? this.lossPitch(column) : this.pitch();
    const losses = units.filter(({ sized }) => sized.layer.kind === 'loss').length;
    // A loss with one target is in the middle itself; with more targets the whole column is centred.
    const fits = isLoss && units.length <= losses + 1;
    const middle = fits ? (losses - 1) / 2 : (units.length - 1) / 2;
    return units.map((one, at) => ({ ...one, across: (at - middle) * pitch }));
  }

  private lossPitch(column: readonly Sized[]): number {
    // Above its units stand names at most.
    return Math.max(...column.map((one) => (this.direction === 'right' ? 46 + one.above : one.width))) + 22;
  }

  private pitch(): number {
    const units = this.columns.filter((one) => one.every(({ layer }) => layer.kind !== 'loss'));
    const count = Math.max(...units.map((one) => one.reduce((sum, { visible }) => sum + visible.length, 0)));
    if (this.direction === 'down') {
      const own = Math.max(...units.flat().map((one) => one.width));
      return Math.min((this.options.width - own - 4) / Math.max(1, count - 1), own + 110);
    }
    const isAbridged = units.flat().some(({ layer, visible }) => visible.length < layer.size);
    const gap = isAbridged ? 26 : 14;
    const needed = Math.max(...units.flat().map((one) => one.above + one.height + one.below)) + gap;
    if (this.options.isTight) return needed;
    return Math.max(needed, [160, 160, 176, 124, 106][count] ?? 84);
  }

  private unit(sized: Sized, n: number, { x, y }: DrawingPoint): PlacedUnit {
    const { width, height } = sized;
    const unit = this.drawing.unit(sized.layer, n);
    const box = { x: x - width / 2, y: y - height / 2, width, height };
    const count = unit.cells.length;
    const isSide = this.build.split === 'side' || count === 1;
    const tab = Math.min(Math.max(Math.min(stacked.named, width), width - 8), 116);
    const above = sized.above - nameHeight(unit);
    const bias = unit.biases.length > 0 ? above / unit.biases.length : 0;
    return {
      unit,
      box,
      compartments: unit.cells.map((_, k) =>
        isSide
          ? { ...box, x: box.x + (k * width) / count, width: width / count }
          : { ...box, y: box.y + (k * height) / count, height: height / count },
      ),
      sensitivities: unit.sensitivities.map((_, k) => ({
        x: x - tab / 2,
        y: box.y + height + k * side.tab,
        width: tab,
        height: side.tab,
      })),
      biases: unit.biases.map((_, k) => ({
        x: x - tab / 2,
        y: box.y - above + k * bias,
        width: tab,
        height: bias,
      })),
    };
  }

  private omissions(column: readonly Sized[], placed: readonly PlacedUnit[]): Omission[] {
    return column.flatMap(({ layer, visible }) =>
      visible.slice(1).flatMap((n, at) => {
        if (n === visible[at] + 1) return [];
        const [a, b] = [visible[at], n].map(
          (one) => placed.find(({ unit }) => unit.id === unitId(layer, one)) as PlacedUnit,
        );
        if (this.direction === 'down' && b.box.x - a.box.x - a.box.width < omissionRoom) return [];
        const [lower, upper] = [bottomOf(a), topOf(b)];
        const count = n - visible[at] - 1;
        return this.direction === 'right'
          ? [{ x: a.box.x + a.box.width / 2, y: (lower + upper) / 2, count }]
          : [{ x: (a.box.x + a.box.width + b.box.x) / 2, y: a.box.y + a.box.height / 2, count }];
      }),
    );
  }

  /** Moves everything into the picture and adds the edges. */
  private settle({ units, bands, omissions, along }: Laid): Placement {
    const { direction } = this;
    const { width } = this.options;
    const isRight = direction === 'right';
    const top = isRight ? Math.min(...units.map(topOf)) : 0;
    const shift = isRight ? { x: Math.max(0, (width - along - 2) / 2), y: 2 - top } : { x: width / 2, y: 0 };
    const moved = units.map((one) => moveUnit(one, shift));
    const edges = this.edges(moved);
    return {
      direction,
      width,
      height: isRight ? Math.max(...moved.map(bottomOf)) + 2 : along + 2,
      units: moved,
      edges,
      omissions: omissions.map((one) => ({ ...one, x: one.x + shift.x, y: one.y + shift.y })),
      abridged: this.columns
        .flat()
        .filter(({ layer, visible }) => visible.length < layer.size)
        .map(({ layer, visible }) => ({ layer, shown: visible.length })),
      gaps: bands.slice(1).map((band, at) => ({
        low: bands[at].high + (isRight ? shift.x : 0),
        high: band.low + (isRight ? shift.x : 0),
        edges: edges.filter(({ target, edge }) => target.unit.layer.column === at + 1 && edge.weight),
      })),
    };
  }

  private edges(units: readonly PlacedUnit[]): PlacedEdge[] {
    const byId = new Map(units.map((one) => [one.unit.id, one]));
    const shown: Shown = new Map(this.columns.flat().map(({ layer, visible }) => [layer.id, visible]));
    const hasBus = ({ unit }: PlacedUnit) => this.hasBus(unit.layer.column);
    return units.flatMap((target) =>
      this.drawing.edgesInto(target.unit.layer, target.unit.n, shown).flatMap((edge) => {
        const source = byId.get(edge.from);
        return source === undefined
          ? []
          : [{ edge, source, target, ...edgeEnds(source, target, this.direction, hasBus(source)) }];
      }),
    );
  }
}
