import type { Quantity } from '../formula/model.ts';
import type { Machine } from '../machine/machine.ts';
import type { Library } from './arrays.ts';
import type { Identifiers } from './identifiers.ts';
import type { Line } from './lines.ts';
import { arrayLiteral, integers, mostWritten } from './literal.ts';

/** What enters a file's frames: the numbers, and the lines that take each frame's part of them. */
export interface Entering {
  readonly data: string;
  readonly lines: readonly Line[];
}

interface Table {
  /** Row by row. */
  readonly values: Float64Array;
  readonly count: number;
}

/**
 * The samples and random numbers of the first frames. All samples are in the file where they are few, else those that
 * the frames take; what is drawn anew in every frame is written out, so that it is the same to the last bit.
 */
export function enteringFrames(
  machine: Machine,
  frames: number,
  library: Library,
  identifiers: Identifiers,
  helper: (name: string) => string,
): Entering {
  const { model } = machine.program;
  const quantities = [...model.quantities.values()];
  const samples = quantities.filter(({ role }) => role === 'sample');
  const drawn = quantities.filter(({ role }) => role === 'random');
  if (samples.length + drawn.length === 0) return { data: '', lines: [] };
  const memories = Array.from({ length: frames }, (_, at) => {
    const memory = new Float64Array(machine.layout.size);
    machine.inputs.write(memory, at + 1);
    return memory;
  });
  const own = ({ name }: Quantity, memory: Float64Array) => {
    const { offset, size } = machine.layout.slot(name, 'old');
    return memory.subarray(offset, offset + size);
  };
  const lines: Line[] = [{ depth: 2, code: '# what enters this frame' }];
  let data = '';
  const add = (
    quantity: Quantity,
    shape: readonly number[],
    values: Float64Array,
    at: string,
    comment?: string,
  ) => {
    const rows = identifiers.of('rows', quantity.name);
    data += `${rows} = ${arrayLiteral(values, shape, library, helper)}\n`;
    const name = identifiers.of('quantity', quantity.name);
    lines.push({ depth: 2, code: `${name} = ${rows}[${at}]`, ...(comment && { comment }) });
  };
  if (samples.length > 0) {
    const choice = new SampleChoice(machine, samples, frames);
    data += `# samples${choice.remark}\n${choice.data(library)}`;
    lines.push(...choice.lines(library));
    for (const quantity of samples) {
      const { values, count } = choice.table(quantity, (frame) => own(quantity, memories[frame]));
      const shape = quantity.perSample ? quantity.shape.slice(1) : quantity.shape;
      add(quantity, [count, ...shape], values, choice.place);
    }
  }
  if (drawn.length > 0) data += '# random numbers, anew in every frame\n';
  for (const quantity of drawn) {
    const { shape, draws } = quantity;
    const size = own(quantity, memories[0]).length;
    const values = new Float64Array(frames * size);
    memories.forEach((memory, frame) => {
      values.set(own(quantity, memory), frame * size);
    });
    add(quantity, [frames, ...shape], values, 'frame', `${draws?.distribution}(${draws?.seed})`);
  }
  return { data, lines };
}

/** Which samples are in the file, and how a frame finds its own among them. */
class SampleChoice {
  readonly place: string;
  /** Positions (from 0) of the frames' samples among all there are. */
  private readonly taken: readonly (readonly number[])[];
  /** The samples that are in the file. */
  private readonly kept: readonly number[];
  private readonly count: number;
  private readonly isInTurn: boolean;
  private readonly isBatch: boolean;

  constructor(machine: Machine, samples: readonly Quantity[], frames: number) {
    const { batch, samples: all } = machine.program.model;
    this.isBatch = batch !== undefined;
    this.count = all?.count ?? 0;
    this.isInTurn = all?.order.kind !== 'shuffled';
    this.taken = Array.from({ length: frames }, (_, at) => machine.inputs.rows(at + 1).map((row) => row - 1));
    const used = [...new Set(this.taken.flat())].sort((a, b) => a - b);
    const isSmall = samples.every(({ rows }) => (rows?.values.length ?? 0) <= mostWritten);
    this.kept = isSmall ? Array.from({ length: this.count }, (_, row) => row) : used;
    this.place = this.isBatch || !this.isInTurn ? 'batch' : `frame % ${this.count}`;
  }

  /** Said where not all samples are there. */
  get remark(): string {
    return this.kept.length === this.count
      ? ''
      : `: ${this.kept.length} of ${this.count}, those of these frames`;
  }

  data(library: Library): string {
    if (this.isInTurn) return '';
    const position = new Map(this.kept.map((row, at) => [row, at]));
    const order = this.taken.map((rows) => rows.map((row) => position.get(row) as number));
    return `order = ${integers(this.isBatch ? order : order.flat(), library)}\n`;
  }

  lines(library: Library): Line[] {
    if (!this.isInTurn) return [{ depth: 2, code: 'batch = order[frame]' }];
    if (!this.isBatch) return [];
    const size = this.taken[0]?.length ?? 0;
    return [{ depth: 2, code: `batch = (${size} * frame + ${library}.arange(${size})) % ${this.count}` }];
  }

  /** The samples of a quantity that are in the file; the frames' own numbers, which the reader may have edited, win. */
  table({ rows }: Quantity, ofFrame: (frame: number) => Float64Array): Table {
    const all = rows?.values ?? new Float64Array(0);
    const size = all.length / this.count;
    const values = new Float64Array(this.kept.length * size);
    const position = new Map(this.kept.map((row, at) => [row, at]));
    for (const [row, at] of position) values.set(all.subarray(row * size, (row + 1) * size), at * size);
    this.taken.forEach((taken, frame) => {
      const own = ofFrame(frame);
      taken.forEach((row, n) => {
        values.set(own.subarray(n * size, (n + 1) * size), (position.get(row) as number) * size);
      });
    });
    return { values, count: this.kept.length };
  }
}
