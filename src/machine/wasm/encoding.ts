/*
 * WebAssembly's binary format, as far as kernels need it: a module of functions over one imported memory.
 * The codes are those of the specification (webassembly.github.io/spec/core/binary).
 */

/** Codes of number types; `v128` holds a pair of doubles. */
export const type = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
/** A number type of a local. */
export type NumberType = keyof typeof type;

/** Codes of instructions, with their prefix if they have one. */
export const op = {
  block: [0x02, 0x40],
  loop: [0x03, 0x40],
  if: [0x04, 0x40],
  end: [0x0b],
  branchIf: [0x0d],
  call: [0x10],
  select: [0x1b],
  selectPair: [0x1c, 1, 0x7b],
  get: [0x20],
  set: [0x21],
  load: [0x2b],
  store: [0x39],
  integer: [0x41],
  number: [0x44],
  copyMemory: [0xfc, 10, 0, 0],
  i32: {
    eqz: [0x45],
    lt: [0x48],
    le: [0x4c],
    ge: [0x4e],
    add: [0x6a],
    sub: [0x6b],
    mul: [0x6c],
    div: [0x6d],
    and: [0x71],
    or: [0x72],
  },
  fromI32: [0xb7],
  fromFlag: [0xb8],
  gt: [0x64],
  v128: {
    load: [0xfd, 0],
    loadSplat: [0xfd, 10],
    store: [0xfd, 11],
    constant: [0xfd, 12],
    splat: [0xfd, 20],
    lane: [0xfd, 33],
    replace: [0xfd, 34],
    and: [0xfd, 78],
    select: [0xfd, 82],
    loadLane: [0xfd, 87],
    storeLane: [0xfd, 91],
  },
} as const;

/** Bytes of code, 0 to 255; mutable. */
export type Code = number[];

/** A nonnegative whole number, also above 32 bits, in unsigned LEB128. */
export function unsignedLeb(value: number): Code {
  const bytes: Code = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return bytes;
}

/** A 32-bit integer in signed LEB128; higher bits of the value are dropped. */
export function signedLeb(value: number): Code {
  const bytes: Code = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 127;
    rest >>= 7;
    if ((rest === 0 && low < 64) || (rest === -1 && low >= 64)) {
      bytes.push(low);
      return bytes;
    }
    bytes.push(low + 128);
  }
}

const room = new DataView(new ArrayBuffer(8));

/** The eight little-endian bytes of a double. */
export function double(value: number): Code {
  room.setFloat64(0, value, true);
  const bytes: Code = [];
  for (let n = 0; n < 8; n++) bytes.push(room.getUint8(n));
  return bytes;
}

/** The immediate of a load or store: 8-byte alignment, and `distance`, an offset in bytes added to the address on the stack. */
export const memarg = (distance: number): Code => [3, ...unsignedLeb(distance)];

/** A function with i32 parameters and no result, or with one or two f64 parameters and an f64 result. */
export interface FunctionCode {
  /** Its result; absent if it has none. */
  readonly gives?: 'f64';
  /** How many parameters it has. */
  readonly parameters: number;
  /** The types of the locals after the parameters. */
  readonly locals: readonly NumberType[];
  /** Its instructions without the final `end`. */
  readonly code: Code;
}

/** The parts of a module. */
export interface ModuleParts {
  /** Pages of 64 KiB of the imported memory `m.memory`, as its initial size and as its `maximum`. */
  readonly pages: number;
  /** Names of functions of one double imported from `m`; their indices come before those of `functions`. */
  readonly imports: readonly string[];
  readonly functions: readonly FunctionCode[];
  /** Positions in `functions`, from 0, by exported name. */
  readonly exports: ReadonlyMap<string, number>;
}

const name = (text: string): Code => [...unsignedLeb(text.length), ...[...text].map((c) => c.charCodeAt(0))];

function list(items: readonly Code[]): Code {
  const code = unsignedLeb(items.length);
  for (const item of items) append(code, item);
  return code;
}

/** Appends bytes to `code` in place; spreading long code into `push` would overflow the stack. */
export function append(code: Code, more: readonly number[]): void {
  for (let n = 0; n < more.length; n++) code.push(more[n]);
}

function section(id: number, items: readonly Code[]): Code {
  const body = list(items);
  const code = [id, ...unsignedLeb(body.length)];
  append(code, body);
  return code;
}

/** Encoded bodies: some functions are in every module. */
const bodies = new WeakMap<FunctionCode, Uint8Array>();

function body(one: FunctionCode): Uint8Array {
  let found = bodies.get(one);
  if (found === undefined) {
    found = encodedBody(one);
    bodies.set(one, found);
  }
  return found;
}

function encodedBody({ locals, code }: FunctionCode): Uint8Array {
  const groups: [count: number, type: NumberType][] = [];
  for (const each of locals) {
    const last = groups[groups.length - 1];
    if (last !== undefined && last[1] === each) last[0] += 1;
    else groups.push([1, each]);
  }
  const head = list(groups.map(([count, each]) => [...unsignedLeb(count), type[each]]));
  return joined([unsignedLeb(head.length + code.length + op.end.length), head, code, op.end]);
}

function joined(parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The index of a function's type: types with a result come first. */
const typeOf = ({ parameters, gives }: FunctionCode): Code =>
  unsignedLeb(gives === undefined ? 2 + parameters : parameters - 1);

/**
 * The bytes of a module, ready to be compiled; it imports the memory and functions from `m`. The memory has to have `pages` both
 * as `initial` and as `maximum`: with any other, making an instance throws a `LinkError`.
 */
export function moduleBytes({ pages, imports, functions, exports }: ModuleParts): Uint8Array<ArrayBuffer> {
  const most = functions.reduce((count, { parameters }) => Math.max(count, parameters), 0);
  const types = [
    [0x60, 1, type.f64, 1, type.f64],
    [0x60, 2, type.f64, type.f64, 1, type.f64],
    ...Array.from({ length: most + 1 }, (_, n) => [
      0x60,
      ...unsignedLeb(n),
      ...new Array<number>(n).fill(type.i32),
      0,
    ]),
  ];
  const memory = [...name('m'), ...name('memory'), 2, 1, ...unsignedLeb(pages), ...unsignedLeb(pages)];
  const code: Code = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  append(code, section(1, types));
  append(code, section(2, [memory, ...imports.map((each) => [...name('m'), ...name(each), 0, 0])]));
  append(
    code,
    section(
      3,
      functions.map((each) => typeOf(each)),
    ),
  );
  append(
    code,
    section(
      7,
      [...exports].map(([each, n]) => [...name(each), 0, ...unsignedLeb(imports.length + n)]),
    ),
  );
  const bodiesInOrder = functions.map(body);
  const count = unsignedLeb(functions.length);
  const length = bodiesInOrder.reduce((sum, one) => sum + one.length, count.length);
  return joined([code, [10, ...unsignedLeb(length)], count, ...bodiesInOrder]);
}
