/*
 * Just enough of an assembler for WebAssembly: functions over one memory that is given to the module, in the binary
 * format of the core specification (version 2, with the fixed-width vector instructions).
 */

export const type = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
export type Type = (typeof type)[keyof typeof type];

/** Instructions without operands of their own. */
const plain = {
  'i32.add': [0x6a],
  'i32.sub': [0x6b],
  'i32.mul': [0x6c],
  'i32.shl': [0x74],
  'i32.eq': [0x46],
  'i32.ne': [0x47],
  'i32.lt': [0x48],
  'i32.ge': [0x4e],
  'f64.add': [0xa0],
  'f64.sub': [0xa1],
  'f64.mul': [0xa2],
  'f64.div': [0xa3],
  'f64.neg': [0x9a],
  'f64.abs': [0x99],
  'f64.sqrt': [0x9f],
  'f64.eq': [0x61],
  'f64.ne': [0x62],
  'f64.lt': [0x63],
  'f64.gt': [0x64],
  'f64.le': [0x65],
  'f64.ge': [0x66],
  'f64.convert_i32': [0xb7],
  'f64x2.splat': [0xfd, 20],
  'f64x2.eq': [0xfd, 71],
  'f64x2.ne': [0xfd, 72],
  'f64x2.lt': [0xfd, 73],
  'f64x2.gt': [0xfd, 74],
  'f64x2.le': [0xfd, 75],
  'f64x2.ge': [0xfd, 76],
  'v128.and': [0xfd, 78],
  'f64x2.abs': [0xfd, 0xec, 1],
  'f64x2.neg': [0xfd, 0xed, 1],
  'f64x2.sqrt': [0xfd, 0xef, 1],
  'f64x2.add': [0xfd, 0xf0, 1],
  'f64x2.sub': [0xfd, 0xf1, 1],
  'f64x2.mul': [0xfd, 0xf2, 1],
  'f64x2.div': [0xfd, 0xf3, 1],
  'f64x2.pmin': [0xfd, 0xf6, 1],
  'f64x2.pmax': [0xfd, 0xf7, 1],
  select: [0x1b],
  return: [0x0f],
} as const;

/** Instructions with an offset into memory. */
const memory = {
  'i32.load': [0x28],
  'f64.load': [0x2b],
  'f64.store': [0x39],
  'v128.load': [0xfd, 0],
  'v128.load64_splat': [0xfd, 10],
  'v128.store': [0xfd, 11],
  'v128.load64_zero': [0xfd, 93],
} as const;

export type Instruction = keyof typeof plain;
export type MemoryInstruction = keyof typeof memory;

/** One function while it is being written; parameters are the first locals. */
export class Routine {
  private readonly body: number[] = [];
  private readonly locals: Type[] = [];

  constructor(
    readonly name: string,
    readonly parameters: readonly Type[],
    readonly results: readonly Type[] = [],
  ) {}

  /** A local of its own. */
  local(kind: Type): number {
    return this.parameters.length + this.locals.push(kind) - 1;
  }

  do(...instructions: readonly Instruction[]): this {
    for (const each of instructions) this.body.push(...plain[each]);
    return this;
  }

  /** Reads or writes memory, `offset` bytes from the address. */
  at(instruction: MemoryInstruction, offset = 0): this {
    this.body.push(...memory[instruction], 0, ...unsigned(offset));
    return this;
  }

  /** Reads (true) or writes one half of a vector. */
  half(isRead: boolean, lane: 0 | 1): this {
    this.body.push(0xfd, isRead ? 87 : 91, 0, 0, lane);
    return this;
  }

  /** One number of a vector. */
  lane(lane: 0 | 1): this {
    this.body.push(0xfd, 33, lane);
    return this;
  }

  get(local: number): this {
    this.body.push(0x20, ...unsigned(local));
    return this;
  }

  set(local: number): this {
    this.body.push(0x21, ...unsigned(local));
    return this;
  }

  tee(local: number): this {
    this.body.push(0x22, ...unsigned(local));
    return this;
  }

  integer(value: number): this {
    this.body.push(0x41, ...signed(value));
    return this;
  }

  double(value: number): this {
    this.body.push(0x44, ...new Uint8Array(new Float64Array([value]).buffer));
    return this;
  }

  /** Calls the function of that number: those that are given first, then those of the module. */
  call(number: number): this {
    this.body.push(0x10, ...unsigned(number));
    return this;
  }

  /** Adds a number to a local. */
  advance(local: number, by: number): this {
    return this.get(local).integer(by).do('i32.add').set(local);
  }

  /** Repeats while what `condition` leaves on the stack is not 0; it is asked first. */
  while(condition: () => void, body: () => void): this {
    this.body.push(0x02, 0x40, 0x03, 0x40);
    condition();
    this.body.push(0x45, 0x0d, 1);
    body();
    this.body.push(0x0c, 0, 0x0b, 0x0b);
    return this;
  }

  /** Does something if what is on the stack is not 0. */
  if(then: () => void, otherwise?: () => void): this {
    this.body.push(0x04, 0x40);
    then();
    if (otherwise !== undefined) {
      this.body.push(0x05);
      otherwise();
    }
    this.body.push(0x0b);
    return this;
  }

  get code(): number[] {
    const groups = this.locals.flatMap((kind) => [1, kind]);
    const body = [...unsigned(this.locals.length), ...groups, ...this.body, 0x0b];
    return [...unsigned(body.length), ...body];
  }
}

/** A function that the module is given. */
export interface Given {
  readonly name: string;
  readonly parameters: readonly Type[];
  readonly results: readonly Type[];
}

/** The bytes of a module that is given `memory` (and functions) as `in`, and gives all its own functions by name. */
export function assemble(
  routines: readonly Routine[],
  given: readonly Given[] = [],
): Uint8Array<ArrayBuffer> {
  const functions = [...given, ...routines];
  const types = functions.map(({ parameters, results }) => [0x60, ...list(parameters), ...list(results)]);
  const bytes = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, [
      [...text('in'), ...text('memory'), 2, 0, 1],
      ...given.map(({ name }, at) => [...text('in'), ...text(name), 0, ...unsigned(at)]),
    ]),
    ...section(
      3,
      routines.map((_, at) => unsigned(given.length + at)),
    ),
    ...section(
      7,
      routines.map(({ name }, at) => [...text(name), 0, ...unsigned(given.length + at)]),
    ),
    ...section(
      10,
      routines.map(({ code }) => code),
    ),
  ];
  return Uint8Array.from(bytes);
}

function section(number: number, entries: readonly (readonly number[])[]): number[] {
  const content = [...unsigned(entries.length), ...entries.flat()];
  return [number, ...unsigned(content.length), ...content];
}

const list = (bytes: readonly number[]): number[] => [...unsigned(bytes.length), ...bytes];
const text = (name: string): number[] => list([...name].map((letter) => letter.charCodeAt(0)));

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return bytes;
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    const isLast = (rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0);
    bytes.push(isLast ? byte : byte | 0x80);
    if (isLast) return bytes;
  }
}
