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

/** A WebAssembly local that is written once each time its scope is entered. */
export interface Register {
  /** The local's index. */
  readonly local: number;
  readonly type: NumberType;
}

/** A linear form of loop counters, which all begin at 0. */
export interface Linear {
  readonly constant: number;
  readonly terms: readonly (readonly [counter: number, factor: number])[];
}

/** Code being written: a function, a loop in it, or the body of a condition. */
export interface CodeScope {
  readonly parent: CodeScope | undefined;
  readonly code: Code;
  /** The local that counts; −1 if it is no loop. */
  readonly counter: number;
  /** For a loop that does not begin at 0: the local with its first value. */
  readonly first: number | undefined;
  /** What is added to the counter after each pass. */
  readonly step: number;
  /** Whether the body runs at least once, so that loop-invariant code may be moved out. */
  readonly isSure: boolean;
  /** Values computed in this scope, by key. */
  readonly known: Map<string, Register>;
  /** What numbers of memory are known to be, by address: valid while this scope is open. */
  readonly cells: Map<number, Register>;
  /** Addresses that advance with the counter, by the form of their terms. */
  readonly pointers: Map<string, readonly [local: number, step: number]>;
}

/**
 * Writes one function. Loop-invariant code goes into the scope around a loop: it comes first, since a loop's code is appended to
 * its parent only when the loop is closed.
 */
export class CodeWriter {
  private readonly locals: NumberType[] = [];
  /** The outermost scope. */
  readonly function: CodeScope;
  /** The scope in which code is currently written. */
  scope: CodeScope;

  /** `parameters` is the number of i32 parameters, which are the first locals. */
  constructor(readonly parameters = 0) {
    this.function = this.scope = scopeIn(undefined, -1, true);
  }

  /** Allocates a local and returns its index. */
  local(type: NumberType): number {
    return this.parameters + this.locals.push(type) - 1;
  }

  /** Appends code to the current scope. */
  emit(...codes: readonly (readonly number[])[]): void {
    for (const code of codes) append(this.scope.code, code);
  }

  /** Appends code and stores what it leaves on the stack in a new local. */
  keep(type: NumberType, ...codes: readonly (readonly number[])[]): Register {
    const local = this.local(type);
    this.emit(...codes, set(local));
    return { local, type };
  }

  /** A loop whose counter runs from 0 in steps of `step` while it is below `count`; it runs at least once, whatever `count` is. */
  loop(count: number, step: number, body: (counter: number) => void): void {
    const counter = this.local('i32');
    this.emit(integer(0), set(counter));
    const scope = this.open(counter, undefined, step, count > 0);
    body(counter);
    this.advance(scope);
    this.emit(get(counter), integer(count), op.i32.lt, op.branchIf, [0]);
    this.close(scope, op.loop);
  }

  /** A loop whose counter runs from local `first` to local `last` (inclusive), possibly over nothing. */
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

  /** Runs a body if `condition`, which leaves an i32 on the stack, is not 0. */
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

  /** The condition of an `if` is on the stack already; code moved out in the meantime leaves it there. */
  private close(scope: CodeScope, opening: readonly number[]): void {
    this.scope = scope.parent as CodeScope;
    this.emit(opening, scope.code, op.end);
  }

  /**
   * Writes into the outermost scope in which the given counters (locals) have the same values as here, but never out of a
   * condition or a loop that may not run.
   */
  outside<T>(counters: ReadonlySet<number>, write: () => T): T {
    const before = this.scope;
    while (this.scope.parent !== undefined && this.scope.isSure && !counters.has(this.scope.counter))
      this.scope = this.scope.parent;
    const result = write();
    this.scope = before;
    return result;
  }

  /** A value already computed in this scope or one around it; undefined if there is none. */
  find(key: string): Register | undefined {
    return this.first(({ known }) => known.get(key));
  }

  /** The register that holds the number at an address; undefined if that is not known. */
  cell(address: number): Register | undefined {
    return this.first(({ cells }) => cells.get(address));
  }

  /** Records that a register holds the number at an address while the current scope is open; older records are dropped. */
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

  /** Code that leaves the value of a linear form on the stack. */
  linear({ constant, terms }: Linear): Code {
    const code = integer(constant);
    for (const [counter, factor] of terms)
      append(code, [...get(counter), ...integer(factor), ...op.i32.mul, ...op.i32.add]);
    return code;
  }

  /**
   * Emits code that pushes a byte address near the number at a linear position in memory; returns the alignment and the byte
   * offset still to be added, as the immediate of the load or store that follows.
   */
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
    // Unneeded address arithmetic is harmless: unlike a load it cannot fail.
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

  /** The finished function. */
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

/** Code that pushes a local, given by its index. */
export const get = (local: number): Code => [...op.get, ...unsignedLeb(local)];
/** Code that pops the stack into a local, given by its index. */
export const set = (local: number): Code => [...op.set, ...unsignedLeb(local)];
/** Code that pushes an i32 constant. */
export const integer = (value: number): Code => [...op.integer, ...signedLeb(value)];
