import { ownShape, type Quantity } from '../../formula/model.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Inputs } from '../../machine/memory/inputs.ts';
import type { Library } from './array-code.ts';
import type { Identifiers } from './identifiers.ts';
import type { PythonLine } from './lines.ts';
import { arrayLiteral, integers, mostWritten } from './literals.ts';

/** The samples and random numbers of an exported run. */
export interface Entering {
  /** Python text that defines the numbers; empty where there are none. */
  readonly data: string;
  /** The lines at the beginning of each frame that select its part of them. */
  readonly lines: readonly PythonLine[];
}

interface Table {
  /** Row-major. */
  readonly values: Float64Array;
  readonly count: number;
}

/**
 * The samples and random numbers of frames 1 to `frames`, with the machine's changes; no frame is run. All samples are in the
 * file where they are few, else those that the frames take; random numbers are written out, so that they are the same to the
 * last bit. `helper` records a helper that the file needs and returns its name.
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
  const taken = new Map([...samples, ...drawn].map(({ name }) => [name, [] as Float64Array[]]));
  const memory = machine.inputs.start.slice();
  for (let frame = 1; frame <= frames; frame++) {
    machine.inputsOf(frame).write(memory, frame);
    for (const [name, parts] of taken) {
      const { offset, size } = machine.layout.slot(name, 'old');
      parts.push(memory.slice(offset, offset + size));
    }
  }
  const lines: PythonLine[] = [{ depth: 2, code: '# what enters this iteration' }];
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
      const { values, count } = choice.table(quantity, taken.get(quantity.name) ?? []);
      add(quantity, [count, ...ownShape(quantity)], values, choice.place);
    }
  }
  if (drawn.length > 0) data += '# random numbers, anew in every iteration\n';
  for (const quantity of drawn) {
    const { shape, draws } = quantity;
    const values = joined(taken.get(quantity.name) ?? []);
    add(quantity, [frames, ...shape], values, 'frame', `${draws?.distribution}(${draws?.seed})`);
  }
  return { data, lines };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const values = new Float64Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return values;
}

/** Which samples are in the file, and how a frame finds its own among them. */
class SampleChoice {
  readonly place: string;
  /** For each frame, the positions (from 0) of its samples among all. */
  private readonly taken: readonly (readonly number[])[];
  /** The positions (from 0) of the samples that are in the file. */
  private readonly kept: readonly number[];
  private readonly count: number;
  private readonly isInTurn: boolean;
  private readonly isBatch: boolean;
  private readonly inputs: Inputs;

  constructor(machine: Machine, samples: readonly Quantity[], frames: number) {
    const { batch, samples: all } = machine.program.model;
    this.isBatch = batch !== undefined;
    this.inputs = machine.inputs;
    this.count = all?.count ?? 0;
    this.isInTurn = all?.order.kind !== 'shuffled';
    this.taken = Array.from({ length: frames }, (_, at) => machine.inputs.rows(at + 1).map((row) => row - 1));
    const used = [...new Set(this.taken.flat())].sort((a, b) => a - b);
    const isSmall = samples.every(({ rows }) => rows === undefined || rows.count * rows.size <= mostWritten);
    this.kept = isSmall ? Array.from({ length: this.count }, (_, row) => row) : used;
    this.place = this.isBatch || !this.isInTurn ? 'batch' : `frame % ${this.count}`;
  }

  /** A note for the comment where not all samples are in the file. */
  get remark(): string {
    return this.kept.length === this.count
      ? ''
      : `: ${this.kept.length} of ${this.count}, those of these iterations`;
  }

  data(library: Library): string {
    if (this.isInTurn) return '';
    const position = new Map(this.kept.map((row, at) => [row, at]));
    const order = this.taken.map((rows) => rows.map((row) => position.get(row) as number));
    return `order = ${integers(this.isBatch ? order : order.flat(), library)}\n`;
  }

  lines(library: Library): PythonLine[] {
    if (!this.isInTurn) return [{ depth: 2, code: 'batch = order[frame]' }];
    if (!this.isBatch) return [];
    const size = this.taken[0]?.length ?? 0;
    return [{ depth: 2, code: `batch = (${size} * frame + ${library}.arange(${size})) % ${this.count}` }];
  }

  /** The samples of a quantity that are in the file, with the reader's edits in the frames that use them. */
  table(quantity: Quantity, ofFrames: readonly Float64Array[]): Table {
    const size = quantity.rows?.size ?? 0;
    const values = new Float64Array(this.kept.length * size);
    const position = new Map(this.kept.map((row, at) => [row, at * size]));
    for (const [row, at] of position) values.set(this.inputs.sample(quantity, row + 1), at);
    ofFrames.forEach((own, frame) => {
      this.taken[frame].forEach((row, n) => {
        values.set(own.subarray(n * size, (n + 1) * size), position.get(row));
      });
    });
    return { values, count: this.kept.length };
  }
}
