import { type Change, type Limits, Machine, type Mode, type RunPrecision } from '../machine/machine.ts';
import type { Program } from '../program/program.ts';

/** The machines of a program with some changes: one for each precision and mode, made on demand and kept. */
export class Machines {
  private readonly machines = new Map<string, Machine>();
  /** The key of the machine that evaluates a single row. */
  private ofRow = '';
  /** Machines with other changes, by precision and mode: frames before the first difference are taken from them. */
  private readonly predecessors: ReadonlyMap<string, Machine>;

  constructor(
    private readonly program: Program,
    readonly changes: readonly Change[] = [],
    private readonly limits: Limits = {},
    /** The machines of the program without changes. */
    private readonly untouched?: Machines,
    /** Machines with other changes, of which frames may be taken over. */
    others?: Machines,
  ) {
    this.predecessors = new Map(others?.machines);
  }

  /** The same object each time; where the model has no storing rules, the same for both precisions. */
  of(precision: RunPrecision, mode: Mode = 'train'): Machine {
    // Without storing rules both precisions give the same run.
    const own = this.program.model.store.length === 0 ? 'full' : precision;
    const key = `${own} ${mode}`;
    let machine = this.machines.get(key);
    if (machine === undefined) {
      const limits = mode !== 'train' ? { ...this.limits, trainedBy: this.of(precision) } : this.limits;
      const siblings = [this.untouched?.of(precision, mode), this.predecessors.get(key)].filter(
        (one) => one !== undefined,
      );
      machine = new Machine(this.program, own, this.changes, mode, limits, siblings);
      // A reader looks at one sample after the other; each would keep its frames.
      if (typeof mode === 'number') this.machines.delete(this.ofRow);
      if (typeof mode === 'number') this.ofRow = key;
      this.machines.set(key, machine);
    }
    return machine;
  }
}

/** For how many earlier lists of changes machines are kept, with their frames. */
const mostRecent = 2;

/**
 * The machines of a reader's present changes and of the lesson's own numbers, and those of the last two lists of changes before.
 */
export class ChangedMachines {
  /** Those without changes. */
  readonly untouched: Machines;
  private present: Machines;
  private recent: readonly Machines[] = [];

  constructor(
    private readonly program: Program,
    private readonly limits: Limits,
  ) {
    this.untouched = new Machines(program, [], limits);
    this.present = this.untouched;
  }

  /** Makes a list of changes the present one. For a recent list (the same array), its machines are used again. */
  use(changes: readonly Change[]): void {
    const { present: before, untouched, recent } = this;
    if (changes === before.changes) return;
    const known = changes.length === 0 ? untouched : recent.find((one) => one.changes === changes);
    this.present = known ?? new Machines(this.program, changes, this.limits, untouched, before);
    const others = recent.filter((one) => one !== before && one !== this.present);
    this.recent = [...(before === untouched ? [] : [before]), ...others].slice(0, mostRecent);
  }

  /** The machine with the present changes. */
  of(precision: RunPrecision, mode?: Mode): Machine {
    return this.present.of(precision, mode);
  }
}
