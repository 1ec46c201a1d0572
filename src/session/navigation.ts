import type { Model } from '../formula/model.ts';
import { CallFinder } from '../machine/step/call-finder.ts';
import { TermFinder } from '../machine/step/term-finder.ts';
import type { Program, Steps } from '../program/program.ts';
import { epochOf, firstFrameOfEpoch } from './epoch.ts';

/**
 * How far one command moves: the grains of a run, from fine to coarse. Each lies within the next, except for samples, which may
 * lie within a formula or a phase, or have phases of their own. An update reaches from the end of one update pass to the end of
 * the next.
 */
export type StepGrain =
  | 'operation'
  | 'term'
  | 'cell'
  | 'formula'
  | 'phase'
  | 'sample'
  | 'update'
  | 'frame'
  | 'epoch';

/** A function call that is being stepped through: its first and last step, counted across frames, both inclusive. */
export type OpenCall = Steps;

/**
 * Where the reader is: how many steps are done, and which functions are entered. The latter matters only where two
 * functions end in the same step: *back over* then goes back over exactly what *over* has passed.
 */
export interface Cursor {
  /** The last step done, counted across frames from 1; 0 before the first. */
  readonly step: number;
  /** Outermost first. */
  readonly open: readonly OpenCall[];
}

/** The last frame of a run that can be gone to without being trained; a larger number is likely a typing error. */
export const furthestFrame = 10_000;

/** Moves through the run of one program. All are pure: a cursor in, a cursor out. Steps count across frames, from 1. */
export class Navigation {
  private readonly calls: CallFinder;
  private readonly terms: TermFinder;

  constructor(
    private readonly program: Program,
    /** Gives the furthest frame that has been trained: read whenever `end` is. */
    private readonly trained: () => number = () => 0,
  ) {
    this.calls = new CallFinder(program);
    this.terms = new TermFinder(program);
  }

  /** Whether the model's run has this grain: terms only where something is reduced, samples only in a batch, and so on. */
  has(grain: StepGrain): boolean {
    const { batch, samples, passes } = this.program.model;
    if (grain === 'term') return this.terms.hasTerms;
    if (grain === 'sample') return (batch?.size ?? 1) > 1;
    if (grain === 'update') return passes.some(({ phase }) => phase === 'update');
    if (grain === 'epoch') return samples !== undefined && samples.count > samples.size;
    return true;
  }

  get model(): Model {
    return this.program.model;
  }

  /** Steps of one frame. */
  get size(): number {
    return this.program.size;
  }

  /** The last step that can be gone to: the end of frame 10,000, or of the last trained one. */
  get end(): number {
    return this.program.size * Math.max(furthestFrame, this.trained());
  }

  /** A jump to a step, rounded and clamped to 0 … `end`; the functions in the midst of which it lies are entered. */
  to(step: number): Cursor {
    const at = Math.min(this.end, Math.max(0, Math.round(step)));
    return { step: at, open: this.callsOf(at).filter(({ last }) => last > at) };
  }

  /** One operation on; enters a function that begins here. */
  into({ step }: Cursor): Cursor {
    if (step >= this.end) return { step, open: [] };
    return { step: step + 1, open: this.callsOf(step + 1) };
  }

  /** One operation back. */
  back({ step }: Cursor): Cursor {
    return step === 0 ? { step, open: [] } : { step: step - 1, open: this.callsOf(step) };
  }

  /** One operation on, or a whole function where one begins. */
  over(cursor: Cursor): Cursor {
    const { step } = cursor;
    if (step >= this.end) return cursor;
    const calls = this.callsOf(step + 1);
    const level = entered(calls, cursor, ({ first }) => first <= step);
    return { step: calls[level]?.last ?? step + 1, open: calls.slice(0, level) };
  }

  /** The inverse of `over`. */
  backOver(cursor: Cursor): Cursor {
    const { step } = cursor;
    if (step === 0) return cursor;
    const calls = this.callsOf(step);
    const level = entered(calls, cursor, ({ last }) => last > step);
    return { step: (calls[level]?.first ?? step) - 1, open: calls.slice(0, level) };
  }

  /** To the end of the innermost function that is entered, else of the cell. */
  out(cursor: Cursor): Cursor {
    const inside = cursor.open.filter(({ last }) => last > cursor.step);
    const innermost = inside[inside.length - 1];
    if (innermost === undefined) return this.next(cursor, 'cell');
    return { step: innermost.last, open: inside.slice(0, -1) };
  }

  /** To before the first step of the innermost function that is entered, else of the cell. */
  backOut(cursor: Cursor): Cursor {
    const inside = cursor.open.filter(({ first }) => first <= cursor.step);
    const innermost = inside[inside.length - 1];
    if (innermost === undefined) return this.previous(cursor, 'cell');
    return { step: innermost.first - 1, open: inside.slice(0, -1) };
  }

  /** To the next step that finishes something of this grain; stays at the end of the run. */
  next({ step }: Cursor, grain: StepGrain): Cursor {
    return step >= this.end ? this.to(step) : this.to(this.around(step + 1, grain).last);
  }

  /** To the last step before this one that finished something of this grain, or to 0. */
  previous({ step }: Cursor, grain: StepGrain): Cursor {
    return step === 0 ? this.to(0) : this.to(this.around(step, grain).first - 1);
  }

  /** To the same step of the frame `frames` later (negative: earlier); stays where there is no such step. */
  shift(cursor: Cursor, frames: number): Cursor {
    const step = Math.max(1, cursor.step) + frames * this.program.size;
    return step < 1 || step > this.end ? cursor : this.to(step);
  }

  /** The first and last step, both inclusive, of the cell, formula, … around a step; all counted across frames from 1. */
  around(step: number, grain: StepGrain): Steps {
    const { size } = this.program;
    const frame = Math.ceil(step / size);
    if (grain === 'epoch') return this.epochAround(frame);
    const before = (frame - 1) * size;
    const { first, last } = this.inFrame(step - before, grain);
    return { first: before + first, last: before + last };
  }

  private epochAround(frame: number): Steps {
    const { model, size } = this.program;
    const epoch = epochOf(model, frame);
    const end = model.samples === undefined ? frame : firstFrameOfEpoch(model, epoch + 1) - 1;
    return {
      first: (firstFrameOfEpoch(model, epoch) - 1) * size + 1,
      last: Math.min(this.end, Math.max(frame, end) * size),
    };
  }

  private inFrame(step: number, grain: Exclude<StepGrain, 'epoch'>): Steps {
    switch (grain) {
      case 'operation':
        return { first: step, last: step };
      case 'term':
        return this.terms.around(step);
      case 'cell': {
        const { first, operations } = this.program.locate(step);
        return { first, last: first + operations - 1 };
      }
      case 'formula':
        return this.program.stepsOfFormula(step);
      case 'phase':
        return this.program.passOf(step);
      case 'sample':
        return this.sampleAround(step);
      case 'update':
        return this.updateAround(step);
      case 'frame':
        return { first: 1, last: this.program.size };
    }
  }

  /**
   * The steps of one sample of the batch: through all passes where samples run one after the other, else within a
   * formula. A formula that is not computed per sample counts as a whole.
   */
  private sampleAround(step: number): Steps {
    const { program } = this;
    const pass = program.passOf(step);
    if (pass.sample === undefined) return program.stepsOfFormula(step, program.model.batch?.index);
    let { first, last } = pass;
    for (; first > 1; ) {
      const before = program.passOf(first - 1);
      if (before.sample !== pass.sample) break;
      first = before.first;
    }
    for (; last < program.size; ) {
      const after = program.passOf(last + 1);
      if (after.sample !== pass.sample) break;
      last = after.last;
    }
    return { first, last };
  }

  /** From the end of one update to the end of the next. */
  private updateAround(step: number): Steps {
    const updates = this.program.passes.filter(({ phase }) => phase === 'update');
    const before = updates.filter(({ last }) => last < step);
    const own = updates.find(({ last }) => last >= step);
    return { first: (before[before.length - 1]?.last ?? 0) + 1, last: own?.last ?? this.program.size };
  }

  /** The functions that a step lies in, outermost first, with their steps across frames. */
  private callsOf(step: number): OpenCall[] {
    if (step < 1) return [];
    const { size } = this.program;
    const before = Math.floor((step - 1) / size) * size;
    return this.calls
      .around(step - before)
      .map(({ first, last }) => ({ first: before + first, last: before + last }));
  }
}

/** How many of the calls count as entered: those the cursor came through, and those it is in the midst of. */
function entered(calls: readonly OpenCall[], { open }: Cursor, amid: (call: OpenCall) => boolean): number {
  let level = 0;
  while (level < calls.length) {
    const [call, known] = [calls[level], open[level]];
    if (!amid(call) && !(known?.first === call.first && known.last === call.last)) break;
    level += 1;
  }
  return level;
}
