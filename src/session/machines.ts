import { type Change, type Limits, Machine, type Mode, type Run } from '../machine/machine.ts';
import type { Program } from '../program/program.ts';

/** The machines of a program with some changes: one for each run and mode, made when it is first asked for. */
export class Machines {
  private readonly made = new Map<string, Machine>();
  /** Those of others that were there first, with whose frames they begin. */
  private readonly near: ReadonlyMap<string, Machine>;

  constructor(
    private readonly program: Program,
    readonly changes: readonly Change[] = [],
    private readonly limits: Limits = {},
    /** The machines of the program without changes. */
    private readonly untouched?: Machines,
    /** Some with other changes, of which frames may be taken over. */
    others?: Machines,
  ) {
    this.near = new Map(others?.made);
  }

  of(run: Run, mode: Mode = 'train'): Machine {
    // Without storing rules both runs are one.
    const own = this.program.model.store.length === 0 ? 'full' : run;
    const key = `${own} ${mode}`;
    let machine = this.made.get(key);
    if (machine === undefined) {
      const limits = mode === 'evaluate' ? { ...this.limits, trainedBy: this.of(run) } : this.limits;
      const kin = [this.untouched?.of(run, mode), this.near.get(key)].filter((one) => one !== undefined);
      machine = new Machine(this.program, own, this.changes, mode, limits, kin);
      this.made.set(key, machine);
    }
    return machine;
  }
}
