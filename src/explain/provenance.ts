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

/** The cells of one quantity that a cell reads, in the order in which it does. */
export interface OperandGroup {
  readonly name: string;
  readonly version: CellReference['version'];
  readonly cells: readonly (readonly number[])[];
  /** Whether more of them may come in operations that were not looked at. */
  readonly isOpen: boolean;
}

/** What wrote a number. All strings are TeX. */
export interface Writing {
  readonly general: string;
  readonly symbols: string;
  readonly numbers: string;
  /** What the last operation gave, and what the storing rule made of it. */
  readonly computed: string;
  readonly stored: string;
  readonly rule?: string;
  /** The reader has put another number there. */
  readonly isOverridden: boolean;
}

/** What a derivative of one cell by another is. */
export interface Factor {
  readonly of: CellReference;
  readonly by: CellReference;
  readonly value: number;
}

/** How a loss depends on a cell. */
export interface LossChain {
  /** What the derivative is by: the cell, or what it is the derivative by. */
  readonly by: CellReference;
  readonly chain: Chain;
  /** All paths where there are few, else the largest. */
  readonly paths: readonly ChainPath[];
  readonly crossings: readonly Crossing[];
  /** Where the model itself computes the derivative, and what it has stored there. */
  readonly own: readonly { readonly adjoint: OwnAdjoint; readonly value: number }[];
}

/** So many paths are shown one by one; of more, so many of the largest. */
const mostPaths = 6;
const fewPaths = 3;
const mostCrossing = 3;
/** Operations of a cell that are looked through for what it reads. */
const mostOperations = 8192;

/** Answers where the numbers of a run come from and what becomes of them. */
export class Provenance {
  /** What derivatives are of, in the order of the formulas. */
  readonly losses: readonly string[];
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

  origin(cell: FrameCell): Origin {
    return originOf(this.machine, cell);
  }

  value({ frame, name, version, cell }: FrameCell): number {
    return this.machine.value(frame, name, version, cell);
  }

  /** The operation that wrote a cell; undefined for what the frame finds. */
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

  /** The cells that a cell reads, quantity by quantity, in the order in which its operations do. */
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

  readers(cell: CellReference): Readers[] {
    return this.reads.readers(cell);
  }

  /** The operation of a reader that reads a cell first, counted from 1 in the reader. */
  readingOperation({ formula, first }: Readers, read: CellReference): number {
    return this.reads.ofCells.first(formula, first, read) ?? 1;
  }

  /** The losses that a cell has an influence on; of a derivative, the one that it is of. */
  lossesOf(cell: CellReference): readonly string[] {
    const primal = primalOf(this.machine.program.model, cell, (loss) => this.chains.influences(loss));
    const by = primal?.by ?? cell;
    const known = primal === undefined ? this.losses : [primal.of];
    return known.filter((loss) => this.chains.influences(loss).has(`${by.version} ${by.name}`));
  }

  /** How a loss depends on a cell; undefined where nothing in the frame leads from the one to the other, or too much. */
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

  /** Whether a cell leads to a loss in too many ways for a chain; to be asked once there is none. */
  isCrowded(cell: FrameCell, loss: string): boolean {
    return this.chains.isCrowded(this.byOf(cell), loss);
  }

  /** What a derivative is by; of any other cell itself. */
  private byOf(cell: FrameCell): CellReference {
    const { model } = this.machine.program;
    return primalOf(model, cell, (loss) => this.chains.influences(loss))?.by ?? cell;
  }

  /** The derivatives that a path is the product of, from the loss to the cell. */
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

  /** A derivative of one cell by another as its formula, in symbols and in numbers. */
  texFactor({ of, by }: Factor, frame: number, figures: Figures): { symbols: string; numbers: string } {
    const root = this.partials.operations(of, by, new FrameValues(this.machine, frame));
    const read = this.rolled(figures, root.last + 1);
    return { symbols: read(root, 'symbols'), numbers: read(root, 'numbers') };
  }
}

const isCell = (operand: Operand): operand is Operand & { kind: 'cell' } => operand.kind === 'cell';

/** `∂a/∂b` with both cells marked as what they are; of a loss of which there is one for each sample, without its index where all count. */
export function texDerivative(figures: Figures, of: CellReference | string, by: CellReference): string {
  const { model } = figures;
  const above = typeof of === 'string' ? texName(model, of, []) : texCell(model, of.name, of.cell);
  return `\\frac{\\partial ${above}}{\\partial ${texVersioned(figures, by)}}`;
}

/** A cell; one that the update has renewed where there is an older one, too, with a plus. */
function texVersioned({ model }: Figures, { name, version, cell }: CellReference): string {
  const tex = texCell(model, name, cell);
  return version === 'new' ? `{${tex}}^{+}` : tex;
}

/** Numbers multiplied: those with a sign in parentheses, but for the first. */
export function texProduct(numbers: readonly string[]): string {
  return numbers.map((one, n) => (n > 0 && /^[-−]/.test(one) ? texGroup(one) : one)).join(' \\cdot ');
}
