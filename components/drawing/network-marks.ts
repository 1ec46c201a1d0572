import type { UnversionedCell } from '../../src/explain/adjoints.ts';
import type { CellReads } from '../../src/explain/cell-reads.ts';
import type { Drawing, Edge, UnitPlace } from '../../src/explain/drawing.ts';
import { references } from '../../src/formula/expression.ts';
import { cellName } from '../../src/formula/model.ts';
import type { Session } from '../../src/session/session.ts';
import { CellMarks, type Mark, strongest } from './cell-marks.ts';
import type { PlacedEdge } from './network-placement.ts';

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
export class Marks extends CellMarks {
  /** Whether the target is a derivative computed from no other: the backward pass starts with it. */
  private readonly isFirst: boolean;

  constructor(
    session: Session,
    private readonly drawing: Drawing,
    reads?: CellReads,
  ) {
    super(session, reads);
    const { location } = session.moment;
    const read = location ? [...references(location.formula.expression)] : [];
    this.isFirst = this.phase === 'backward' && !read.some(({ name }) => drawing.isDerivative(name));
  }

  /**
   * The units that the operation uses, the one that it computes first: these are drawn however large their layer is. The ends of
   * weights come last: one that units share tells nothing about which is at work.
   */
  places(): UnitPlace[] {
    const { drawing, target } = this;
    // The cells that the latest operations read, the present one's first.
    const cells = [...(target ? [target] : []), ...(this.session.explanation?.recent ?? [])];
    return [true, false].flatMap((isOfUnit) =>
      cells.filter((cell) => drawing.isOfUnit(cell) === isOfUnit).flatMap((cell) => drawing.placesOf(cell)),
    );
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
    return strongest([weight, ...weight.gradients].map((cell) => this.of(cell)));
  }

  /** An edge without a weight is marked while its end is computed from its start, or the derivative the other way. */
  private joinMark({ source, target }: PlacedEdge): Mark | undefined {
    const aim = this.target && this.drawing.placeOf(this.target);
    const read = (cells: readonly UnversionedCell[]) =>
      strongest(cells.map((cell) => this.of(cell)).filter((mark) => mark !== 'target'));
    if (aim?.layer === target.unit.layer && aim.n === target.unit.n) return read(source.unit.cells);
    if (source.unit.sensitivities.some((one) => this.atWork(one) === 'target')) {
      const mark = read(target.unit.sensitivities);
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
