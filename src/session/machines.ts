import { type Change, type Limits, Machine, type Mode, type RunPrecision } from '../machine/machine.ts';
import type { Program } from '../program/program.ts';

/** The machines of a program with some changes: one for each run and mode, made when it is first asked for. */
export class Machines {
  private readonly machines = new Map<string, Machine>();
  /** Those of others that were there first, with whose frames they begin. */
  private readonly predecessors: ReadonlyMap<string, Machine>;

  constructor(
    private readonly program: Program,
    readonly changes: readonly Change[] = [],
    private readonly limits: Limits = {},
    /** The machines of the program without changes. */
    private readonly untouched?: Machines,
    /** Some with other changes, of which frames may be taken over. */
    others?: Machines,
  ) {
    this.predecessors = new Map(others?.machines);
  }

  of(precision: RunPrecision, mode: Mode = 'train'): Machine {
    // Without storing rules both runs are one.
    const own = this.program.model.store.length === 0 ? 'full' : precision;
    const key = `${own} ${mode}`;
    let machine = this.machines.get(key);
    if (machine === undefined) {
      const limits = mode === 'evaluate' ? { ...this.limits, trainedBy: this.of(precision) } : this.limits;
      const siblings = [this.untouched?.of(precision, mode), this.predecessors.get(key)].filter(
        (one) => one !== undefined,
      );
      machine = new Machine(this.program, own, this.changes, mode, limits, siblings);
      this.machines.set(key, machine);
    }
    return machine;
  }
}

/** So many lists of changes back, machines are kept with what they remember. */
const mostRecent = 2;

/** The machines of a reader's present changes, those of the lesson's own numbers, and for a while those of the changes before. */
export class ChangedMachines {
  /** Without changes. */
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

  /** Runs with these changes from now on. Who goes back to a list finds its machines as they were. */
  use(changes: readonly Change[]): void {
    const { present: before, untouched, recent } = this;
    if (changes === before.changes) return;
    const known = changes.length === 0 ? untouched : recent.find((one) => one.changes === changes);
    this.present = known ?? new Machines(this.program, changes, this.limits, untouched, before);
    const others = recent.filter((one) => one !== before && one !== this.present);
    this.recent = [...(before === untouched ? [] : [before]), ...others].slice(0, mostRecent);
  }

  of(precision: RunPrecision, mode?: Mode): Machine {
    return this.present.of(precision, mode);
  }
}
