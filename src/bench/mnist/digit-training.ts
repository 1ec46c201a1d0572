import { type Judgement, judge } from '../../explain/examined/judgement.ts';
import type { Tables } from '../../formula/compile/tables.ts';
import type { Model } from '../../formula/model.ts';
import '../../machine/fast-machine.ts';
import { Examiner } from '../../machine/inspect/examiner.ts';
import { Machine } from '../../machine/machine.ts';
import { expandShorthand } from '../../network/expansion.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { type DigitNetwork, digitText } from './networks.ts';
import type { PlainLayer } from './plain-reader.ts';

/** A network after an epoch. */
export interface DigitEpoch {
  /** From 1. */
  readonly epoch: number;
  /** The mean over the epoch's iterations, each before its update, with whatever dropout leaves out. */
  readonly loss: number;
  /** Of the training alone. */
  readonly seconds: number;
  /** Rows of the test digits that are misread, from 1, ascending, and how many were read. */
  readonly misread: readonly number[];
  readonly count: number;
}

/** A network in training on the engine, an epoch at a time. */
export class DigitTraining {
  private readonly program: Program;
  private readonly machine: Machine;
  private readonly examiner: Examiner;
  private epoch = 0;

  /** Throws an Error with the first finding where the network does not compile with these files. */
  constructor(
    private readonly network: DigitNetwork,
    tables: Tables,
  ) {
    const { text, diagnostics } = expandShorthand(digitText(network));
    const compiled = compileProgram(text, { tables });
    const [finding] = [...diagnostics, ...compiled.diagnostics];
    if (finding !== undefined || compiled.program === undefined)
      throw new Error(`${network.name} does not compile: ${finding?.message}`);
    this.program = compiled.program;
    this.machine = new Machine(this.program, 'full');
    this.examiner = new Examiner(this.machine, undefined);
  }

  /** Iterations so far. */
  get iterations(): number {
    return this.machine.furthest;
  }

  /**
   * Trains until every training digit has been taken once more; an iteration that takes the last ones and the first of the next
   * epoch counts here. Throws an Error where numbers stop being finite.
   */
  train(): DigitEpoch {
    const { machine, network } = this;
    const { count } = samplesOf(this.program.model);
    const end = Math.ceil((++this.epoch * count) / network.batch);
    const first = machine.furthest;
    const started = performance.now();
    let total = 0;
    while (machine.furthest < end) {
      if (!machine.extend()) throw new Error(`${network.name} has numbers that are not finite`);
      total += machine.mean('L');
    }
    const seconds = (performance.now() - started) / 1000;
    const { classes, count: read } = this.examined();
    return {
      epoch: this.epoch,
      loss: total / (end - first),
      seconds,
      misread: classes.misread.map(({ row }) => row - count).sort((a, b) => a - b),
      count: read,
    };
  }

  private examined(): Judgement & Required<Pick<Judgement, 'classes'>> {
    const { machine, examiner, program } = this;
    const { count, held } = samplesOf(program.model);
    const rows = Array.from({ length: held }, (_, n) => count + 1 + n);
    const work = examiner.examine(machine.furthest, rows);
    let part = work.next();
    while (part.done !== true) part = work.next();
    const [judgement] = judge(program.model, part.value);
    const { classes } = judgement;
    if (classes === undefined) throw new Error('the targets are not classes');
    return { ...judgement, classes };
  }

  /** The weights and biases that the last iteration left, layer by layer: copies. */
  get layers(): PlainLayer[] {
    const { machine, program } = this;
    const numbers = [...program.model.quantities.keys()].flatMap((name) => /^W(\d+)$/.exec(name)?.[1] ?? []);
    const copy = (name: string) => Float64Array.from(machine.array(machine.furthest, name, 'new'));
    return numbers
      .sort((a, b) => Number(a) - Number(b))
      .map((number) => ({ weights: copy(`W${number}`), biases: copy(`b${number}`) }));
  }
}

const samplesOf = ({ samples }: Model): { readonly count: number; readonly held: number } => {
  if (samples === undefined) throw new Error('the model has no samples');
  return samples;
};
