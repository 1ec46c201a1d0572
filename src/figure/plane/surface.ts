import type { Model } from '../../formula/model.ts';
import { ForwardResponse } from '../../machine/inspect/forward-response.ts';
import { type Probe, placesOf } from '../../machine/inspect/probe.ts';
import type { Machine } from '../../machine/machine.ts';
import type { CellEvaluation } from '../../machine/step/evaluator.ts';
import type { Program } from '../../program/program.ts';
import { mostWork } from '../base/kinds.ts';
import type { Varied } from './given.ts';

/** What is read of a response, over its indices besides that of the samples. */
interface Answer {
  readonly evaluation: CellEvaluation;
  readonly places: readonly (readonly number[])[];
}

/** Expressions as a function of given numbers that vary, all others as an iteration begins with them. */
export class Surface {
  private program: Program | undefined;
  private response: ForwardResponse | undefined;
  private answers: readonly Answer[] = [];

  constructor(
    private readonly model: Model,
    private readonly probes: readonly Probe[],
    private readonly varied: Varied,
    /** Whether numbers are rounded as the lesson says. */
    private readonly isRounded = false,
  ) {}

  /** Takes over the numbers of a frame (from 1); whether the answers may be others than before. Call it before `at`. */
  open(machine: Machine, frame: number): boolean {
    return this.responseOf(machine.program).open(machine, frame);
  }

  /** What each expression is with these numbers, over its indices besides that of the samples. */
  at(numbers: readonly number[]): number[][] {
    this.response?.at(numbers);
    return this.answers.map(({ evaluation, places }) => places.map((place) => evaluation.at(place)));
  }

  /** As many places as can be afforded, between `fewest` and `most`. */
  affordable(fewest: number, most: number): number {
    return Math.max(fewest, Math.min(most, Math.floor(mostWork / Math.max(1, this.response?.cost ?? 1))));
  }

  private responseOf(program: Program): ForwardResponse {
    if (this.response !== undefined && this.program === program) return this.response;
    const { probes, varied, model, isRounded } = this;
    const isOfOneSample = varied.sample !== undefined;
    const response = new ForwardResponse(program, {
      names: [...new Set(probes.flatMap(({ names }) => names))],
      varied: varied.numbers.map((one) => ({ name: one.quantity.name, cell: one.cells(1)[0] })),
      isOfOneSample: isOfOneSample && varied.sample === model.batch?.index,
      isRounded,
    });
    this.answers = probes.map(({ expression, free }) => ({
      evaluation: response.reader(
        expression,
        free.map(({ name }) => name),
      ),
      places: [...placesOf(free.map((one) => (one.name === varied.sample ? { ...one, range: first } : one)))],
    }));
    this.program = program;
    this.response = response;
    return response;
  }
}

const first = { low: 1, high: 1 };

/** Something made of a surface, anew only where a number that counts is another than before. */
export class Sampled<Made> {
  private last: { readonly machine: Machine; readonly frame: number } | undefined;
  private made: Made | undefined;

  constructor(
    private readonly surface: Surface,
    private readonly make: () => Made,
  ) {}

  /** With the numbers that a frame (from 1) begins with; the surface is open there then. */
  at(machine: Machine, frame: number): Made {
    if (this.last?.machine !== machine || this.last.frame !== frame) {
      this.last = { machine, frame };
      if (this.surface.open(machine, frame)) this.made = undefined;
    }
    this.made ??= this.make();
    return this.made;
  }
}
