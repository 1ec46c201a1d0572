import type { Edits } from '../machine/inputs.ts';
import { type Limits, Machine, type Mode, type Run } from '../machine/machine.ts';
import type { Program } from '../program/program.ts';

/** The machines of a program with some numbers changed: one for each run and mode, made when it is first asked for. */
export class Machines {
  private readonly made = new Map<string, Machine>();

  constructor(
    private readonly program: Program,
    readonly edits: Edits = new Map(),
    private readonly limits: Limits = {},
  ) {}

  of(run: Run, mode: Mode = 'train'): Machine {
    // Without storing rules both runs are one.
    const own = this.program.model.store.length === 0 ? 'full' : run;
    const key = `${own} ${mode}`;
    let machine = this.made.get(key);
    if (machine === undefined) {
      const limits = mode === 'evaluate' ? { ...this.limits, trainedBy: this.of(run) } : this.limits;
      machine = new Machine(this.program, own, this.edits, mode, limits);
      this.made.set(key, machine);
    }
    return machine;
  }
}
