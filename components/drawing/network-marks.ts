import type { UnversionedCell } from '../../src/explain/adjoints.ts';
import type { CellReads } from '../../src/explain/cell-reads.ts';
import type { Drawing, Edge, UnitPlace } from '../../src/explain/drawing.ts';
import { references } from '../../src/formula/expression.ts';
import { cellName } from '../../src/formula/model.ts';
import type { Phase } from '../../src/formula/statement.ts';
import type { Session } from '../../src/session/session.ts';
import type { PlacedEdge } from './network-placement.ts';

/**
 * How the present operation uses a cell: it writes the `target`, reads `now`, and earlier operations of the same cell have
 * `read`.
 */
export type Mark = 'target' | 'now' | 'read';

/** An edge along which the present operation reads or writes. */
export interface Flow {
  /** The edge. */
  readonly edge: PlacedEdge;
  /** How the operation uses what the edge carries. */
  readonly mark: Mark;
  /** Whether the arrow points to the edge's end, back to its start, or there is none. */
  readonly arrow: 'to' | 'from' | undefined;
}

/** The cells and edges that the present operation of a session reads and writes, for one drawing; made anew for each step. */
export class Marks {
  /** The pass of the present operation; undefined before the first step. */
  readonly phase: Phase | undefined;
  /** The cell being computed; undefined before the first step. */
  readonly target: UnversionedCell | undefined;
  /** Whether the target's cell is unfinished. */
  private readonly isUnfinished: boolean;
  /** Whether the target is a derivative computed from no other: the backward pass starts with it. */
  private readonly isFirst: boolean;
  private readonly now: ReadonlySet<string>;
  /** The cells that the latest operations read, the present one's first. */
  private readonly recent: readonly UnversionedCell[];

  constructor(
    private readonly session: Session,
    private readonly drawing: Drawing,
    /** Which cells each cell reads, and when; without it only what is read now is marked. */
    private readonly reads?: CellReads,
  ) {
    const { explanation, moment } = session;
    this.phase = explanation?.phase;
    this.target = explanation?.target;
    this.isUnfinished = explanation !== undefined && !moment.finishesCell;
    const read = moment.location ? [...references(moment.location.formula.expression)] : [];
    this.isFirst = this.phase === 'backward' && !read.some(({ name }) => drawing.isDerivative(name));
    this.now = new Set(explanation?.operands.map(nameOf));
    this.recent = explanation?.recent ?? [];
  }

  /** Whether the cell at work has read a cell by now. */
  private hasRead({ name, cell }: UnversionedCell): boolean {
    const { location, machine } = this.session.moment;
    const { reads } = this;
    if (location === undefined || reads === undefined) return false;
    const { formula, operation } = location;
    return (['old', 'new'] as const).some((version) => {
      if (!machine.layout.has(name, version)) return false;
      const first = reads.first(formula, location.cell, { name, version, cell });
      return first !== undefined && first <= operation;
    });
  }

  /** How the operation uses a cell; undefined where it does not. */
  of(cell: UnversionedCell): Mark | undefined {
    return this.atWork(cell) ?? (this.hasRead(cell) ? 'read' : undefined);
  }

  /** Whether the present operation itself writes or reads a cell, whatever earlier ones have read. */
  atWork(cell: UnversionedCell): 'target' | 'now' | undefined {
    const name = nameOf(cell);
    if (this.target !== undefined && nameOf(this.target) === name) return 'target';
    return this.now.has(name) ? 'now' : undefined;
  }

  /** Whether a cell is being computed but not finished. */
  isPending({ name, cell }: UnversionedCell): boolean {
    return this.isUnfinished && this.target?.name === name && this.target.cell.join() === cell.join();
  }

  /** The units that the operation uses, the one that it computes first: these are drawn however large their layer is. */
  places(): UnitPlace[] {
    const cells = [...(this.target ? [this.target] : []), ...this.recent];
    return cells.flatMap((cell) => this.drawing.placesOf(cell));
  }

  /**
   * The ids of the edges whose labels have priority: into the unit being computed, backwards out of it. Empty before the first
   * step.
   */
  focus(edges: readonly PlacedEdge[]): ReadonlySet<string> {
    const { target, phase } = this;
    if (target === undefined) return new Set();
    const held = edges.find(({ edge }) => carries(edge, target));
    const unit = held?.edge.to ?? this.unitOf(target, edges);
    const isBackwards = phase === 'backward' && held === undefined;
    return new Set(
      edges.filter(({ edge }) => (isBackwards ? edge.from : edge.to) === unit).map(({ edge }) => edge.id),
    );
  }

  /** The ids of the edges where the derivative by the weight is at work, or the weight is updated with it. */
  derivativesAtWork(edges: readonly PlacedEdge[]): ReadonlySet<string> {
    const isAtWork = ({ weight }: Edge) =>
      weight !== undefined &&
      (this.atWork(weight) === 'target' || weight.gradients.some((one) => this.atWork(one) !== undefined));
    return new Set(edges.flatMap(({ edge }) => (isAtWork(edge) ? [edge.id] : [])));
  }

  private unitOf(target: UnversionedCell, edges: readonly PlacedEdge[]): string | undefined {
    const [place] = this.drawing.placesOf(target);
    return edges
      .flatMap((edge) => [edge.source.unit, edge.target.unit])
      .find(({ layer, n }) => layer === place?.layer && n === place.n)?.id;
  }

  /** The flows along the given edges; edges without one are left out. */
  flows(edges: readonly PlacedEdge[]): Flow[] {
    const flows = edges.flatMap((edge): Flow[] => {
      const mark = edge.edge.weight ? this.weightMark(edge.edge) : this.joinMark(edge);
      return mark === undefined ? [] : [{ edge, mark, arrow: this.arrow(edge) }];
    });
    // A weight that many edges share is marked only at the unit being computed.
    const isAtWork = ({ edge, mark }: Flow) => mark !== 'target' && this.isAtAim(edge);
    const busy = new Set(flows.filter(isAtWork).flatMap(({ edge }) => weightOf(edge.edge) ?? []));
    return flows.filter((flow) => {
      const weight = weightOf(flow.edge.edge);
      return flow.mark === 'target' || weight === undefined || !busy.has(weight) || this.isAtAim(flow.edge);
    });
  }

  /** Whether the unit being computed is at the edge's end, or in the backward pass at its start. */
  private isAtAim({ source, target }: PlacedEdge): boolean {
    const aim = this.target && this.drawing.placeOf(this.target);
    const { layer, n } = (this.phase === 'backward' ? source : target).unit;
    return aim !== undefined && aim.layer === layer && aim.n === n;
  }

  private weightMark({ weight }: Edge): Mark | undefined {
    if (weight === undefined) return undefined;
    const marks = [weight, ...weight.gradients].map((cell) => this.of(cell));
    return (['target', 'now', 'read'] as const).find((mark) => marks.includes(mark));
  }

  /** An edge without a weight is marked while its end is computed from its start, or the derivative the other way. */
  private joinMark({ source, target }: PlacedEdge): Mark | undefined {
    const aim = this.target && this.drawing.placeOf(this.target);
    const marks = source.unit.cells.map((cell) => this.of(cell));
    if (aim?.layer === target.unit.layer && aim.n === target.unit.n)
      return (['now', 'read'] as const).find((mark) => marks.includes(mark));
    if (source.unit.sensitivities.some((one) => this.atWork(one) === 'target')) {
      const read = target.unit.sensitivities.map((one) => this.of(one));
      const mark = (['now', 'read'] as const).find((one) => read.includes(one));
      if (mark !== undefined) return mark;
    }
    const isLoss = target.unit.layer.kind === 'loss' && source.unit.layer.kind !== 'target';
    return isLoss && this.isFirst && source.unit.sensitivities.some((one) => this.of(one) === 'target')
      ? 'read'
      : undefined;
  }

  private arrow({ edge, source }: PlacedEdge): Flow['arrow'] {
    if (this.phase === 'forward') return 'to';
    if (this.phase !== 'backward' || this.target === undefined || carries(edge, this.target))
      return undefined;
    return source.unit.sensitivities.some((one) => this.of(one) === 'target') ? 'from' : undefined;
  }
}

const nameOf = ({ name, cell }: UnversionedCell): string => cellName(name, cell);

const weightOf = ({ weight }: Edge): string | undefined => weight && nameOf(weight);

const carries = ({ weight }: Edge, { name, cell }: UnversionedCell): boolean =>
  weight !== undefined && [weight, ...weight.gradients].some((one) => nameOf(one) === cellName(name, cell));
