import type { Expression, Reference } from '../../formula/expression.ts';
import type { Formula, Model } from '../../formula/model.ts';
import type { Change } from '../machine.ts';
import { affine, arithmetic, type ReferenceEnvironment } from './arithmetic.testing.ts';
import { arrayCells, cellKey, entering, keptCell, keptDigits, overwrite, start } from './entering.testing.ts';
import { Memory, namesIn } from './memory.testing.ts';

export { arrayCells, cellKey } from './entering.testing.ts';

/*
 * The reference: a recorder that really executes a frame, scalar by scalar, and keeps a list. It is slow and simple on
 * purpose and shares nothing with the program and the machine but the parsed formulas and the elementary functions:
 * its own walker, its own order of cells, its own rounding. The debugger must report what it records.
 */

/** What a step reads. */
export type RecordedOperand =
  | { readonly kind: 'cell'; readonly cell: string; readonly value: number }
  | { readonly kind: 'literal'; readonly value: number }
  | { readonly kind: 'step'; readonly operation: number; readonly value: number };

/** One scalar operation. */
export interface RecordedStep {
  readonly formula: Formula;
  readonly at: readonly number[];
  /** Counted from 1 within the cell. */
  readonly operation: number;
  readonly name: string;
  readonly operands: readonly RecordedOperand[];
  readonly value: number;
  /** The stored number, for the last operation of a cell only. */
  readonly stored: number | null;
  /** The whole memory after the step, by `old W1[1,2]`; the same object after steps that store nothing. */
  readonly memory: Memory;
}

/** Cells by key. */
export type Cells = Pick<ReadonlyMap<string, number>, 'get'>;

/** One recorded frame. */
export interface Recording {
  readonly steps: readonly RecordedStep[];
  /** Data and parameters as the frame found them. */
  readonly before: Cells;
  readonly after: Cells;
}

/** What to record. */
export interface RecorderOptions {
  readonly rounded: boolean;
  /** Numbers in place of the model's, by `W1[1,2]`. */
  readonly edits?: ReadonlyMap<string, number>;
  /** Edits, applied as a frame begins, and overrides. */
  readonly changes?: readonly Change[];
  /** The index of recurrent formulas: outermost, ascending or else descending. */
  readonly recurrent?: string;
  /** `gradient` leaves updates out. */
  readonly only?: 'forward' | 'gradient';
  /** How a batch runs through the passes; together by default. */
  readonly schedule?: 'by sample' | 'together';
  readonly mode?: 'train' | 'evaluate';
  /** What is known from the start, by `new W1[1,2]`: with `only`, what a skipped update would have computed. */
  readonly known?: ReadonlyMap<string, number>;
}

/** Records frames 1 to n, each starting with the state after the one before. */
export function record(model: Model, frames: number, options: RecorderOptions): Recording[] {
  const recordings: Recording[] = [];
  const keep = (key: string, value: number): number =>
    options.rounded ? keptCell(model, key, value) : value;
  const given = [...start(model, options.edits ?? new Map())].map(
    ([key, value]) => [key, keep(key, value)] as const,
  );
  let memory = new Map([...given, ...(options.known ?? [])]);
  const changes = options.changes ?? [];
  const edits = new Map(options.edits);
  for (let n = 0; n < frames; n++) {
    const overrides = overwrite(
      memory,
      edits,
      changes.filter(({ frame }) => frame === n + 1),
      keep,
    );
    for (const [key, value] of entering(model, n + 1, { ...options, edits })) {
      if (!options.known?.has(key)) memory.set(key, overrides.get(key) ?? keep(key, value));
    }
    const recorder = new Recorder(model, Memory.of(memory), options, overrides);
    recorder.run();
    recordings.push({ steps: recorder.steps, before: memory, after: recorder.memory });
    const next = new Map<string, number>();
    for (const [key, value] of memory)
      next.set(key, recorder.memory.get(key.replace(/^old/, 'new')) ?? value);
    memory = next;
  }
  return recordings;
}

/** Thrown where a cell is read before it is written: its formula has to run first. */
class Need {
  constructor(readonly writer: Formula) {}
}

interface Evaluated {
  readonly value: number;
  readonly operand: RecordedOperand;
}
type Parameters = Readonly<Record<string, Evaluated>>;

class Recorder {
  readonly steps: RecordedStep[] = [];
  private readonly done = new Set<string>();
  /** The current sample, where they run one after the other. */
  private sample: number | undefined;
  /** What each formula reads. */
  private readonly names = new Map<Formula, ReadonlySet<string>>();
  /** Formulas that each formula depends on mutually. */
  private readonly groups = new Map<Formula, Formula[]>();
  private current: { formula: Formula; at: readonly number[]; operation: number } | undefined;

  constructor(
    private readonly model: Model,
    public memory: Memory,
    private readonly options: RecorderOptions,
    /** Overrides, by `new W1[1,2]`. */
    private readonly overrides: ReadonlyMap<string, number>,
  ) {}

  run(): void {
    const left = { forward: ['backward', 'update'], gradient: ['update'], all: [] }[
      this.options.only ?? 'all'
    ];
    const passes = [...this.model.passes.entries()].filter(
      ([, { phase }]) => !left.some((one) => one === phase),
    );
    while (passes.length > 0) {
      // Up to the next update the samples can run one by one.
      const until = passes.findIndex(([, { phase }]) => phase === 'update');
      const stretch = passes.splice(0, until < 0 ? passes.length : Math.max(1, until));
      const formulas = stretch.flatMap(([pass]) => this.model.formulas.filter((one) => one.pass === pass));
      if (this.options.schedule === 'by sample') this.bySample(formulas);
      else for (const formula of formulas) this.require(formula);
    }
  }

  /** First formulas without samples, then those per sample, sample by sample, then those about all samples. */
  private bySample(formulas: readonly Formula[]): void {
    const each = formulas.filter((formula) => this.isAboutOne(formula));
    const needsSamples = (formula: Formula, seen: readonly Formula[] = []): boolean =>
      each.includes(formula) ||
      formulas.some(
        (other) =>
          !seen.includes(other) && this.reads(formula, other) && needsSamples(other, [...seen, formula]),
      );
    for (const formula of formulas) if (!needsSamples(formula)) this.require(formula);
    for (let n = 1; n <= (each.length === 0 ? 0 : (this.model.batch?.size ?? 1)); n++) {
      this.sample = n;
      for (const formula of each) this.require(formula);
    }
    this.sample = undefined;
    for (const formula of formulas) if (!each.includes(formula)) this.require(formula);
  }

  private isAboutOne(formula: Formula): boolean {
    return formula.indices.length > 0 && formula.indices[0].name === this.model.batch?.index;
  }

  /** Runs a formula, after any formula that turns out to be missing. */
  private require(formula: Formula): void {
    const key = (one: Formula) => `${one.id} ${this.sample}`;
    if (this.done.has(key(formula))) return;
    const group = this.entangled(formula);
    this.untilNothingIsMissing(group, () => {
      if (group.length === 1 && !this.reads(formula, formula)) this.cells(formula, {});
      else this.recurrence(group);
    });
    for (const one of group) this.done.add(key(one));
  }

  private untilNothingIsMissing(group: readonly Formula[], attempt: () => void): void {
    for (;;) {
      const [steps, memory] = [this.steps.length, this.memory];
      try {
        attempt();
        return;
      } catch (need) {
        if (!(need instanceof Need) || group.includes(need.writer)) throw need;
        this.takeBack(steps, memory);
        this.require(need.writer);
      }
    }
  }

  /** Restores the state before an attempt. */
  private takeBack(steps: number, memory: Memory): void {
    this.steps.length = steps;
    this.memory = memory;
  }

  /** The formulas of the same pass with which a formula depends on each other. */
  private entangled(formula: Formula): Formula[] {
    const known = this.groups.get(formula);
    if (known !== undefined) return known;
    const pass = this.model.formulas.filter((one) => one.pass === formula.pass);
    const reachable = (from: Formula): Set<Formula> => {
      const found = new Set<Formula>();
      const readers = [from];
      for (const reader of readers)
        for (const to of pass)
          if (!found.has(to) && this.reads(reader, to)) {
            found.add(to);
            readers.push(to);
          }
      return found;
    };
    const mine = reachable(formula);
    const others = pass.filter(
      (other) => other !== formula && mine.has(other) && reachable(other).has(formula),
    );
    const group = pass.filter((one) => one === formula || others.includes(one));
    this.groups.set(formula, group);
    return group;
  }

  private reads(reader: Formula, writer: Formula): boolean {
    const names = this.names.get(reader) ?? namesIn(reader.expression);
    this.names.set(reader, names);
    return names.has(`${writer.version} ${writer.target}`);
  }

  /** Mutually dependent formulas: the shared index outermost, ascending, and if that fails, descending. */
  private recurrence(group: readonly Formula[]): void {
    const shared = this.options.recurrent;
    const range = group[0].indices.find(({ name }) => name === shared)?.range;
    if (shared === undefined || range === undefined)
      throw new Error(`no shared index for ${group[0].target}`);
    const values = Array.from({ length: range.high - range.low + 1 }, (_, n) => range.low + n);
    const [steps, memory] = [this.steps.length, this.memory];
    try {
      for (const value of values) this.slice(group, { [shared]: value });
    } catch (need) {
      if (!(need instanceof Need) || !group.includes(need.writer)) throw need;
      this.takeBack(steps, memory);
      for (const value of values.reverse()) this.slice(group, { [shared]: value });
    }
  }

  /** One value of the shared index: every formula of the group once, after what it reads of this slice. */
  private slice(group: readonly Formula[], fixed: ReferenceEnvironment): void {
    const finished = new Set<Formula>();
    const started = new Set<Formula>();
    const finish = (formula: Formula): void => {
      if (finished.has(formula)) return;
      if (started.has(formula)) throw new Need(formula);
      started.add(formula);
      for (;;) {
        const [steps, memory] = [this.steps.length, this.memory];
        try {
          this.cells(formula, fixed);
          break;
        } catch (need) {
          if (!(need instanceof Need) || !group.includes(need.writer)) throw need;
          this.takeBack(steps, memory);
          finish(need.writer);
        }
      }
      finished.add(formula);
    };
    group.forEach(finish);
  }

  private cells(formula: Formula, others: ReferenceEnvironment): void {
    const sample = this.sample === undefined ? {} : { [this.model.batch?.index ?? '']: this.sample };
    const fixed = { ...others, ...sample };
    for (const cell of arrayCells(formula.indices.map(({ range }) => range.high))) {
      const environment = Object.fromEntries(formula.indices.map(({ name }, d) => [name, cell[d]]));
      if (Object.entries(fixed).every(([name, value]) => environment[name] === value)) {
        this.cell(formula, cell, environment);
      }
    }
  }

  private cell(formula: Formula, at: readonly number[], environment: ReferenceEnvironment): void {
    this.current = { formula, at, operation: 0 };
    const result = this.evaluate(formula.expression, environment, {});
    if (this.current.operation === 0) this.step('copy', [result.operand], result.value);
    const last = this.steps[this.steps.length - 1];
    const key = cellKey(formula.version, formula.target, at);
    const ruled = this.options.rounded
      ? keptDigits(this.model, formula.target, at, result.value)
      : result.value;
    const stored = this.overrides.get(key) ?? ruled;
    this.memory = this.memory.with(key, stored);
    this.steps[this.steps.length - 1] = { ...last, stored, memory: this.memory };
  }

  private step(name: string, operands: RecordedOperand[], value: number): Evaluated {
    const { current } = this;
    if (current === undefined) throw new Error('no cell is being computed');
    current.operation += 1;
    this.steps.push({ ...current, name, operands, value, stored: null, memory: this.memory });
    return { value, operand: { kind: 'step', operation: current.operation, value } };
  }

  private scalar(name: string, ...operands: Evaluated[]): Evaluated {
    const [a, b] = operands.map(({ value }) => value);
    return this.step(
      name,
      operands.map(({ operand }) => operand),
      arithmetic(name, a, b),
    );
  }

  private evaluate(e: Expression, environment: ReferenceEnvironment, parameters: Parameters): Evaluated {
    const inner = (part: Expression) => this.evaluate(part, environment, parameters);
    switch (e.kind) {
      case 'number':
        return literal(e.value);
      case 'index':
        return literal(affine(e.index, environment));
      case 'reference':
        return this.read(e, environment);
      case 'parameter':
        return parameters[e.name];
      case 'operation':
        return this.scalar(e.operation, ...e.operands.map(inner));
      case 'power': {
        const base = inner(e.base);
        let product = base;
        for (let n = 2; n <= e.exponent; n++) product = this.scalar('mul', product, base);
        return product;
      }
      case 'call': {
        const given = e.operands.map(inner);
        const definition = this.model.functions.get(e.name);
        if (definition === undefined) throw new Error(`no function ${e.name}`);
        const names = definition.parameters.map((name, n) => [name, given[n]] as const);
        return this.evaluate(definition.body, {}, Object.fromEntries(names));
      }
      case 'stop':
        return inner(e.body);
      case 'when':
        return e.where.every((condition) => affine(condition, environment) >= 0) ? inner(e.body) : literal(0);
      case 'reduction': {
        const terms: { term: Evaluated; ordinal: number }[] = [];
        let ordinal = 0;
        const visit = (depth: number, here: ReferenceEnvironment): void => {
          if (depth < e.indices.length) {
            const { name, range } = e.indices[depth];
            if (range === undefined) throw new Error(`no range for ${name}`);
            for (let n = range.low; n <= range.high; n++) visit(depth + 1, { ...here, [name]: n });
            return;
          }
          ordinal += 1;
          if (!e.where.every((condition) => affine(condition, here) >= 0)) return;
          const term = this.evaluate(e.body, here, parameters);
          if (terms.length === 0) terms.push({ term, ordinal });
          else if (e.reducer === 'argmax') {
            const [best] = terms;
            const now = term.value > best.term.value ? { term, ordinal } : best;
            this.step('argmax', [best.term.operand, term.operand], now.ordinal);
            terms[0] = { ...now };
            argmaxStep = this.current?.operation ?? 0;
          } else {
            terms[0] = {
              term: this.scalar(e.reducer === 'max' ? 'max' : 'add', terms[0].term, term),
              ordinal,
            };
          }
        };
        let argmaxStep = 0;
        visit(0, environment);
        if (terms.length === 0) return literal(0);
        if (e.reducer !== 'argmax') return terms[0].term;
        const value = terms[0].ordinal;
        return argmaxStep === 0
          ? literal(value)
          : { value, operand: { kind: 'step', operation: argmaxStep, value } };
      }
    }
  }

  private read(e: Reference, environment: ReferenceEnvironment): Evaluated {
    const at = e.indices.map((index) => affine(index, environment));
    const shape = this.model.quantities.get(e.name)?.shape ?? [];
    if (at.length !== shape.length || at.some((n, d) => n < 1 || n > shape[d])) {
      if (e.guarded) return literal(0);
      throw new Error(`${e.name}[${at}] is out of range`);
    }
    const key = cellKey(e.version, e.name, at);
    const value = this.memory.get(key);
    if (value !== undefined) return { value, operand: { kind: 'cell', cell: key, value } };
    const writer = this.model.formulas.find(
      ({ target, version }) => target === e.name && version === e.version,
    );
    throw writer === undefined ? new Error(`nothing writes ${key}`) : new Need(writer);
  }
}

const literal = (value: number): Evaluated => ({ value, operand: { kind: 'literal', value } });
