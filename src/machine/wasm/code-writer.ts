import {
  append,
  type Code,
  type FunctionCode,
  memarg,
  type NumberType,
  op,
  signedLeb,
  unsignedLeb,
} from './encoding.ts';

/** A number in a local of its own, which is written once for every time that the scope is entered. */
export interface Register {
  readonly local: number;
  readonly type: NumberType;
}

/** An affine of loop counters, which all begin at 0. */
export interface Linear {
  readonly constant: number;
  readonly terms: readonly (readonly [counter: number, factor: number])[];
}

/** Code that is being written: a function, a loop in it, or what is done under a condition. */
export interface CodeScope {
  readonly parent: CodeScope | undefined;
  readonly code: Code;
  /** The local that counts; −1 where it is no loop. */
  readonly counter: number;
  readonly first: number | undefined;
  readonly step: number;
  /** Whether what is the same every time may be done before: it is sure to be done at all. */
  readonly isSure: boolean;
  readonly known: Map<string, Register>;
  /** What numbers of memory are, by address: read or written here, so known as long as this scope is open. */
  readonly cells: Map<number, Register>;
  /** Addresses that move on with the counter. */
  readonly pointers: Map<string, readonly [local: number, step: number]>;
}

/**
 * Writes one function. What does not change in a loop is written into the scope around it: that code comes before the
 * loop's, which is added to it only when the loop is finished.
 */
export class CodeWriter {
  private readonly locals: NumberType[] = [];
  readonly function: CodeScope;
  scope: CodeScope;

  constructor(readonly parameters = 0) {
    this.function = this.scope = scopeIn(undefined, -1, true);
  }

  local(type: NumberType): number {
    return this.parameters + this.locals.push(type) - 1;
  }

  emit(...codes: readonly (readonly number[])[]): void {
    for (const code of codes) append(this.scope.code, code);
  }

  /** What the code leaves on the stack, in a local of its own. */
  keep(type: NumberType, ...codes: readonly (readonly number[])[]): Register {
    const local = this.local(type);
    this.emit(...codes, set(local));
    return { local, type };
  }

  /** A loop that counts from 0 (or the local `first`) to below `count` (or up to the local). */
  loop(count: number, step: number, body: (counter: number) => void): void {
    const counter = this.local('i32');
    this.emit(integer(0), set(counter));
    const scope = this.open(counter, undefined, step, count > 0);
    body(counter);
    this.advance(scope);
    this.emit(get(counter), integer(count), op.i32.lt, op.branchIf, [0]);
    this.close(scope, op.loop);
  }

  /** A loop within bounds that are known when it begins; there may be nothing in between. */
  within(first: number, last: number, body: (counter: number) => void): void {
    this.when([...get(first), ...get(last), ...op.i32.le], () => {
      const counter = this.local('i32');
      this.emit(get(first), set(counter));
      const scope = this.open(counter, first, 1, true);
      body(counter);
      this.advance(scope);
      this.emit(get(counter), get(last), op.i32.le, op.branchIf, [0]);
      this.close(scope, op.loop);
    });
  }

  when(condition: Code, body: () => void): void {
    this.emit(condition);
    const scope = this.open(-1, undefined, 0, false);
    body();
    this.close(scope, op.if);
  }

  private open(counter: number, first: number | undefined, step: number, isSure: boolean): CodeScope {
    this.scope = scopeIn(this.scope, counter, isSure, first, step);
    return this.scope;
  }

  private advance(scope: CodeScope): void {
    for (const [local, step] of [[scope.counter, scope.step] as const, ...scope.pointers.values()])
      this.emit(get(local), integer(step), op.i32.add, set(local));
  }

  /** The condition of an `if` is on the stack already, and what was moved out in the meantime leaves it there. */
  private close(scope: CodeScope, opening: readonly number[]): void {
    this.scope = scope.parent as CodeScope;
    this.emit(opening, scope.code, op.end);
  }

  /** Writes into the outermost scope in which counters have the same values. */
  outside<T>(counters: ReadonlySet<number>, write: () => T): T {
    const before = this.scope;
    while (this.scope.parent !== undefined && this.scope.isSure && !counters.has(this.scope.counter))
      this.scope = this.scope.parent;
    const result = write();
    this.scope = before;
    return result;
  }

  /** A value that is known here: it was computed in this scope or in one around it, which were entered before. */
  find(key: string): Register | undefined {
    return this.first(({ known }) => known.get(key));
  }

  /** The number at an address, where it is known what it is. */
  cell(address: number): Register | undefined {
    return this.first(({ cells }) => cells.get(address));
  }

  /** What was read from or written to an address is known as long as this scope is open, and of nothing older. */
  remember(address: number, register: Register): void {
    for (let scope = this.scope.parent; scope !== undefined; scope = scope.parent)
      scope.cells.delete(address);
    this.scope.cells.set(address, register);
  }

  private first<T>(look: (scope: CodeScope) => T | undefined): T | undefined {
    for (let scope: CodeScope | undefined = this.scope; scope !== undefined; scope = scope.parent) {
      const found = look(scope);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The value of a linear form on the stack. */
  linear({ constant, terms }: Linear): Code {
    const code = integer(constant);
    for (const [counter, factor] of terms)
      append(code, [...get(counter), ...integer(factor), ...op.i32.mul, ...op.i32.add]);
    return code;
  }

  /** Puts the address of a number on the stack; gives the distance that is still to be added. */
  address({ constant, terms }: Linear): Code {
    const direct = constant >= 0 && terms.every(([, factor]) => factor > 0);
    const pointer = terms.length === 0 ? integer(0) : get(this.pointer(terms));
    if (direct) this.emit(pointer);
    else this.emit(pointer, integer(8 * constant), op.i32.add);
    return memarg(direct ? 8 * constant : 0);
  }

  private pointer(terms: Linear['terms']): number {
    const counters = new Set(terms.map(([counter]) => counter));
    const key = terms.map((term) => term.join('*')).join('+');
    const before = this.scope;
    // Numbers may be computed that are not needed: unlike loads they cannot fail.
    while (this.scope.parent !== undefined && !counters.has(this.scope.counter))
      this.scope = this.scope.parent;
    const { scope } = this;
    let local = scope.pointers.get(key)?.[0];
    if (local === undefined) {
      local = this.local('i32');
      const own = terms.find(([counter]) => counter === scope.counter);
      if (own === undefined || scope.parent === undefined)
        this.emit(this.linear({ constant: 0, terms: terms.map(([c, f]) => [c, 8 * f]) }), set(local));
      else {
        this.scope = scope.parent;
        const others = terms.filter((term) => term !== own);
        this.emit(others.length === 0 ? integer(0) : get(this.pointer(others)));
        if (scope.first !== undefined)
          this.emit(get(scope.first), integer(8 * own[1]), op.i32.mul, op.i32.add);
        this.emit(set(local));
      }
      scope.pointers.set(key, [local, own === undefined ? 0 : 8 * own[1] * scope.step]);
    }
    this.scope = before;
    return local;
  }

  finish(): FunctionCode {
    return { parameters: this.parameters, locals: this.locals, code: this.function.code };
  }
}

const scopeIn = (
  parent: CodeScope | undefined,
  counter: number,
  isSure: boolean,
  first?: number,
  step = 0,
): CodeScope => ({
  parent,
  code: [],
  counter,
  first,
  step,
  isSure,
  known: new Map(),
  cells: new Map(),
  pointers: new Map(),
});

export const get = (local: number): Code => [...op.get, ...unsignedLeb(local)];
export const set = (local: number): Code => [...op.set, ...unsignedLeb(local)];
export const integer = (value: number): Code => [...op.integer, ...signedLeb(value)];
