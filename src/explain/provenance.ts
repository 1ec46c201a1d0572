import { texName } from '../formula/notation.ts';
import { texGroup } from '../formula/operation.ts';
import { texFormula } from '../formula/print/tex.ts';
import type { Machine } from '../machine/machine.ts';
import type { CellNode, Operand } from '../machine/step/cell-operations.ts';
import { Adjoints } from './adjoints.ts';
import { type Chain, type ChainPath, Chains, type Crossing, crossings, largestPaths } from './chain.ts';
import type { CellReference } from './explanation.ts';
import type { Figures } from './figures.ts';
import { FrameValues } from './frame-values.ts';
import { type FrameCell, type Origin, originOf } from './origin.ts';
import { type OwnAdjoint, ownAdjoints, primalOf } from './own-adjoints.ts';
import { Partials } from './partials.ts';
import { type Readers, Reads } from './reads.ts';
import { texCell, texUnrolled } from './unrolled-tex.ts';

/** The cells of one quantity that a cell reads, each once, in the order in which it does. */
export interface OperandGroup {
  readonly name: string;
  readonly version: CellReference['version'];
  readonly cells: readonly (readonly number[])[];
  /** Whether there may be more: only the first 8192 operations are searched. */
  readonly isOpen: boolean;
}

/** The computation that wrote a cell. All strings are TeX, except the rule. */
export interface Writing {
  /** The formula for any index. */
  readonly general: string;
  /** The formula at this cell, its sums unrolled. */
  readonly symbols: string;
  /** Its right side in numbers. */
  readonly numbers: string;
  /** The result of the last operation. */
  readonly computed: string;
  /** The result as stored, rounded by the storing rule or overridden. */
  readonly stored: string;
  /** The storing rule as plain text, "2 decimal places"; absent where there is none. */
  readonly rule?: string;
  /** Whether the reader's number is stored instead of the computed one. */
  readonly isOverridden: boolean;
}

/** The local derivative of one cell by another: a factor of a path's product. */
export interface Factor {
  /** The cell nearer to the loss, which reads the other. */
  readonly of: CellReference;
  /** The cell that is read. */
  readonly by: CellReference;
  /** ∂ `of` / ∂ `by` at the frame's numbers. */
  readonly value: number;
}

/** How a loss depends on a cell. */
export interface LossChain {
  /** The cell that the derivative is by: the one asked about; for a derivative, the one that it is the derivative by. */
  readonly by: CellReference;
  readonly chain: Chain;
  /** All paths if there are at most 6, else the 3 largest. */
  readonly paths: readonly ChainPath[];
  /** Where there are more than 6 paths: the quantities that they cross; else empty. */
  readonly crossings: readonly Crossing[];
  /** Where the model itself computes the derivative, and the value that it has stored there (times the factor). */
  readonly own: readonly { readonly adjoint: OwnAdjoint; readonly value: number }[];
}

/** Up to how many paths all are shown; of more, how many of the largest, and how many cells of each quantity that they cross. */
const mostPaths = 6;
const fewPaths = 3;
const mostCrossing = 3;
/** How many operations of a cell are searched for the cells that it reads. */
const mostOperations = 8192;

/** Finds where the numbers of a run come from and what they influence. Frames count from 1; a frame is run if it has not been. */
export class Provenance {
  /** Names of the losses that are differentiated, in the order of the formulas. */
  readonly losses: readonly string[];
  /** Which cells read which. */
  readonly reads: Reads;
  private readonly partials: Partials;
  private readonly chains: Chains;

  constructor(readonly machine: Machine) {
    const { program, layout } = machine;
    this.losses = new Adjoints(program.model).losses;
    this.reads = new Reads(program, layout);
    this.partials = new Partials(program, layout);
    this.chains = new Chains(machine, this.reads, this.partials);
  }

  /** Where the number of a cell comes from. */
  origin(cell: FrameCell): Origin {
    return originOf(this.machine, cell);
  }

  /** The value of a cell at the end of its frame. */
  value({ frame, name, version, cell }: FrameCell): number {
    return this.machine.value(frame, name, version, cell);
  }

  /** The computation that wrote a cell; undefined for a cell that no formula of the frame writes. */
  writing({ frame, cell, ...ref }: FrameCell, figures: Figures): Writing | undefined {
    const formula = this.reads.writer({ ...ref, cell });
    if (formula === undefined) return undefined;
    const { model } = figures;
    const { root, length, value, stored } = this.machine.cellOperations(frame, formula, cell);
    const read = this.rolled(figures, length + 1);
    const sign = formula.version === 'new' ? '\\leftarrow' : '=';
    const rule = figures.storingRule(formula.target, cell);
    return {
      general: texFormula(model, formula),
      symbols: `${texCell(model, formula.target, cell)} ${sign} ${read(root, 'symbols')}`,
      numbers: read(root, 'numbers'),
      computed: figures.tex(value),
      stored: figures.tex(stored, formula.target, cell),
      ...(rule !== undefined && { rule }),
      isOverridden: this.machine.overridden(frame, formula.target, formula.version, cell) !== undefined,
    };
  }

  private rolled(figures: Figures, done: number) {
    return (root: CellNode, reading: 'symbols' | 'numbers') => texUnrolled(root, { figures, reading, done });
  }

  /** The cells that a cell reads, by quantity, in the order in which its operations do; empty where no formula writes it. */
  operands({ frame, cell, ...ref }: FrameCell): OperandGroup[] {
    const formula = this.reads.writer({ ...ref, cell });
    if (formula === undefined) return [];
    const operations = this.machine.cellOperations(frame, formula, cell);
    const groups = new Map<string, Map<string, readonly number[]>>();
    for (let n = 1; n <= Math.min(operations.length, mostOperations); n++) {
      for (const operand of operations.operation(n).operands) {
        if (!isCell(operand)) continue;
        const { name, version } = operand.reference;
        const key = `${version} ${name}`;
        const group = groups.get(key) ?? new Map();
        groups.set(key, group.set(operand.cell.join(), operand.cell));
      }
    }
    return [...groups].map(([key, cells]) => {
      const [version, name] = key.split(' ') as [CellReference['version'], string];
      const { size } = this.machine.layout.slot(name, version);
      const isOpen = operations.length > mostOperations && cells.size < size;
      return { name, version, cells: [...cells.values()], isOpen };
    });
  }

  /** The formulas that read a cell: see `Reads.readers`. */
  readers(cell: CellReference): Readers[] {
    return this.reads.readers(cell);
  }

  /** The first operation of the first reading cell that reads `read`, counted from 1 within that cell. */
  readingOperation({ formula, first }: Readers, read: CellReference): number {
    return this.reads.ofCells.first(formula, first, read) ?? 1;
  }

  /** The names of the losses that a cell influences; for a derivative, of the loss that it is the derivative of. */
  lossesOf(cell: CellReference): readonly string[] {
    const primal = primalOf(this.machine.program.model, cell, (loss) => this.chains.influences(loss));
    const by = primal?.by ?? cell;
    const known = primal === undefined ? this.losses : [primal.of];
    return known.filter((loss) => this.chains.influences(loss).has(`${by.version} ${by.name}`));
  }

  /**
   * How a loss depends on a cell (or, for a derivative, on the cell that it is by); undefined where no path leads from the one to
   * the other, or too many do: see `isCrowded`.
   */
  chain(cell: FrameCell, loss: string): LossChain | undefined {
    const { machine, chains } = this;
    const { frame } = cell;
    const { model } = machine.program;
    const by = this.byOf(cell);
    const chain = chains.of(by, loss, frame);
    if (chain === undefined) return undefined;
    const isFew = chain.pathCount <= mostPaths;
    const adjoints = ownAdjoints(model, loss, by, chains.influences(loss));
    return {
      by,
      chain,
      paths: largestPaths(chain, isFew ? mostPaths : fewPaths),
      crossings: isFew ? [] : crossings(chain, mostCrossing),
      own: adjoints.map((adjoint) => ({
        adjoint,
        value:
          adjoint.factor *
          adjoint.cells.reduce((sum, one) => sum + machine.value(frame, one.name, one.version, one.cell), 0),
      })),
    };
  }

  /** Whether `chain` has returned undefined for this cell and loss because there are too many paths to follow. */
  isCrowded(cell: FrameCell, loss: string): boolean {
    return this.chains.isCrowded(this.byOf(cell), loss);
  }

  /** The cell that a derivative is by; any other cell itself. */
  private byOf(cell: FrameCell): CellReference {
    const { model } = this.machine.program;
    return primalOf(model, cell, (loss) => this.chains.influences(loss))?.by ?? cell;
  }

  /** The local derivatives whose product a path is (times the chain's `share`), from the loss to the cell. */
  factors({ cells }: Chain, path: ChainPath): Factor[] {
    return path.cells
      .slice(1)
      .map((at, n): Factor => {
        const by = cells[path.cells[n]];
        const link = by.onward.find(({ to }) => to === at);
        return { of: cells[at], by, value: link?.partial ?? 0 };
      })
      .reverse();
  }

  /** A local derivative as a formula in TeX, in symbols and in numbers of a frame. */
  texFactor({ of, by }: Factor, frame: number, figures: Figures): { symbols: string; numbers: string } {
    const root = this.partials.operations(of, by, new FrameValues(this.machine, frame));
    const read = this.rolled(figures, root.last + 1);
    return { symbols: read(root, 'symbols'), numbers: read(root, 'numbers') };
  }
}

const isCell = (operand: Operand): operand is Operand & { kind: 'cell' } => operand.kind === 'cell';

/**
 * `∂a/∂b` as a TeX fraction, with both cells marked by `data-cell`, a new version of `by` with a raised plus. `of` may be a
 * name without indices: a loss summed over all samples.
 */
export function texDerivative(figures: Figures, of: CellReference | string, by: CellReference): string {
  const { model } = figures;
  const above = typeof of === 'string' ? texName(model, of, []) : texCell(model, of.name, of.cell);
  return `\\frac{\\partial ${above}}{\\partial ${texVersioned(figures, by)}}`;
}

/** A cell as TeX; the new version with a plus. */
function texVersioned({ model }: Figures, { name, version, cell }: CellReference): string {
  const tex = texCell(model, name, cell);
  return version === 'new' ? `{${tex}}^{+}` : tex;
}

/**
 * A product of numbers, joined by `\cdot`, both as TeX: negative ones in parentheses, except for the first. Factors 1 stay;
 * empty for none.
 */
export function texProduct(numbers: readonly string[]): string {
  return numbers.map((one, n) => (n > 0 && /^[-−]/.test(one) ? texGroup(one) : one)).join(' \\cdot ');
}
