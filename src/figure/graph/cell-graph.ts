import { influencesOn } from '../../explain/chain.ts';
import type { CellReference } from '../../explain/explanation.ts';
import { OneSample } from '../../explain/one-sample.ts';
import { ownAdjoints } from '../../explain/own-adjoints.ts';
import { Partials } from '../../explain/partials.ts';
import { Reads } from '../../explain/reads.ts';
import { cellAt, cellName } from '../../formula/model.ts';
import { layoutOf } from '../../machine/memory/layout.ts';
import type { Moment } from '../../machine/moment.ts';
import { type CellEvaluation, Evaluator, type SlotReader } from '../../machine/step/evaluator.ts';
import type { Program } from '../../program/program.ts';

/** A cell that leads to the end, or the end itself. */
export interface GraphCell extends CellReference {
  /** What readers call it: a sample's index is left out, and a number that an update has made is marked. */
  readonly label: string;
  /** Whether no forward formula computes it. */
  readonly isGiven: boolean;
  /** Where the model itself computes the derivative of the end by it: `factor` times that cell. */
  readonly own: { readonly cell: CellReference; readonly factor: number } | undefined;
}

/** An arrow from a cell to one that reads it; both are positions in `CellGraph.cells`. */
export interface GraphLink {
  readonly from: number;
  readonly to: number;
  /** Whether a change can pass: not where the cell only decides, as in a comparison. */
  readonly carries: boolean;
  readonly slope: CellEvaluation;
}

/** Numbers of a graph at one moment; undefined while they are not computed. */
export interface GraphNumbers {
  readonly values: readonly (number | undefined)[];
  /** The local derivative along each link. */
  readonly slopes: readonly (number | undefined)[];
  /** The derivative of the end by each cell. */
  readonly derivatives: readonly (number | undefined)[];
}

/** A way from a cell to the end: positions in `CellGraph.links`. */
export type Road = readonly number[];

/** The forward cells that lead to one cell, and what reads what. */
export class CellGraph {
  /** Every cell after those that it reads; the end last. */
  readonly cells: readonly GraphCell[];
  readonly links: readonly GraphLink[];
  /** Whether there are more cells than `most`; then it has none. */
  readonly isCrowded: boolean;
  private moment: Moment | undefined;
  private isMissing = false;

  constructor(
    private readonly program: Program,
    end: CellReference,
    most: number,
  ) {
    const reads = new Reads(program, layoutOf(program.model));
    const isGiven = (ref: CellReference) => reads.writer(ref)?.phase !== 'forward';
    const found = leading(end, (ref) => (isGiven(ref) ? [] : reads.operands(ref)), most);
    this.isCrowded = found === undefined;
    // What nothing computes comes first, in the order in which the model declares it.
    const place = (ref: CellReference) => (isGiven(ref) ? reads.addressOf(ref) : Number.POSITIVE_INFINITY);
    const all = (found ?? []).sort((a, b) =>
      place(a.ref) < place(b.ref) ? -1 : place(a.ref) > place(b.ref) ? 1 : 0,
    );
    const influences = influencesOn(end.name, program.model.formulas);
    this.cells = all.map(({ ref }) => ({
      ...ref,
      label: this.labelOf(ref),
      isGiven: isGiven(ref),
      own: this.ownOf(ref, end, influences),
    }));
    const slopeOf = this.slopes(reads);
    const places = new Map(all.map(({ ref }, n) => [keyOf(ref), n]));
    this.links = all.flatMap(({ ref, operands }, to) =>
      operands.map((by) => ({ from: places.get(keyOf(by)) as number, to, ...slopeOf(ref, by) })),
    );
  }

  /** The local derivative of one cell by another, evaluated at what is stored by the present moment. */
  private slopes({
    layout,
  }: Reads): (of: CellReference, by: CellReference) => Pick<GraphLink, 'carries' | 'slope'> {
    const { program } = this;
    const source: SlotReader =
      ({ name, version, shape, offset }, address) =>
      () => {
        const value = this.valueOf({ name, version, cell: cellAt(shape, address() - offset) });
        if (value === undefined) this.isMissing = true;
        return value ?? 0;
      };
    const partials = new Partials(program, layout);
    const evaluator = new Evaluator(program.model.functions, layout, source);
    return (of, by) => {
      const slope = partials.expression(of, by);
      return {
        carries: slope.kind !== 'number' || slope.value !== 0,
        slope: evaluator.evaluation(slope, []),
      };
    };
  }

  /** All ways on which a change passes from a cell to the end, at most one more than `most`. */
  roads(start: number, most: number): readonly Road[] {
    const found: Road[] = [];
    const follow = (at: number, way: Road): void => {
      if (found.length > most) return;
      if (at === this.cells.length - 1) found.push(way);
      else
        this.links.forEach(({ from, to, carries }, n) => {
          if (from === at && carries) follow(to, [...way, n]);
        });
    };
    follow(start, []);
    return found;
  }

  /** What is computed by a moment. A derivative that the model computes is there once it is stored. */
  at(moment: Moment): GraphNumbers {
    this.moment = moment;
    const values = this.cells.map((cell) => this.valueOf(cell));
    const slopes = this.links.map(({ slope }) => {
      this.isMissing = false;
      const value = slope.at([]);
      return this.isMissing ? undefined : value;
    });
    // From the end back: the sum over roads of the products along them.
    const sums: (number | undefined)[] = this.cells.map(() => 0);
    sums[sums.length - 1] = 1;
    for (let to = sums.length - 1; to >= 0; to--)
      this.links.forEach((link, n) => {
        if (link.to !== to || !link.carries) return;
        const [sum, slope, onward] = [sums[link.from], slopes[n], sums[to]];
        sums[link.from] =
          sum === undefined || slope === undefined || onward === undefined ? undefined : sum + slope * onward;
      });
    const derivatives = this.cells.map(({ own }, n) => {
      if (own === undefined) return sums[n];
      const value = this.valueOf(own.cell);
      return value === undefined ? undefined : own.factor * value;
    });
    return { values, slopes, derivatives };
  }

  private valueOf({ name, version, cell }: CellReference): number | undefined {
    return this.moment?.value(name, version, cell);
  }

  private labelOf({ name, version, cell }: CellReference): string {
    const label = cellName(name, new OneSample(this.program.model).own(name, cell));
    return version === 'new' ? `${label}′` : label;
  }

  /** Only a derivative of this very cell: of a batch's loss, one by what all samples share is of all of them. */
  private ownOf(ref: CellReference, end: CellReference, influences: ReadonlySet<string>): GraphCell['own'] {
    const { quantities } = this.program.model;
    const [isPerSample, isOfSample] = [ref, end].map(({ name }) => quantities.get(name)?.perSample === true);
    if (end.cell.length > (isOfSample ? 1 : 0) || isPerSample !== isOfSample) return undefined;
    const [found] = ownAdjoints(this.program.model, end.name, ref, influences);
    return found?.cells.length === 1 ? { cell: found.cells[0], factor: found.factor } : undefined;
  }
}

const keyOf = ({ name, version, cell }: CellReference): string => `${version} ${cellName(name, cell)}`;

/** A cell with those that it reads. */
interface Reading {
  readonly ref: CellReference;
  readonly operands: readonly CellReference[];
}

/** A cell and all that lead to it, each after those that it reads; undefined where they are more than `most`. */
function leading(
  end: CellReference,
  operandsOf: (ref: CellReference) => readonly CellReference[],
  most: number,
): Reading[] | undefined {
  const opened = new Set<string>();
  const found: Reading[] = [];
  const visit = (ref: CellReference): void => {
    if (opened.size > most || opened.has(keyOf(ref))) return;
    opened.add(keyOf(ref));
    const operands = operandsOf(ref);
    operands.forEach(visit);
    found.push({ ref, operands });
  };
  visit(end);
  return opened.size > most ? undefined : found;
}
