import type { Model } from '../formula/model.ts';
import { CallFinder } from '../machine/step/call-finder.ts';
import { TermFinder } from '../machine/step/term-finder.ts';
import type { Program, Steps } from '../program/program.ts';
import { epochOf, firstFrameOfEpoch } from './epoch.ts';

/**
 * How far one press goes. The names are the grain tree's, from fine to coarse: each lies within the next, but for samples,
 * which may lie within a formula or a phase, or have phases of their own.
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

/** A function that the reader is inside of: its first and last step, counted across frames. */
export type OpenCall = Steps;

/**
 * Where the reader is: so many steps are done, and so many functions are entered. The second matters only where two
 * functions end in the same step: *back over* then passes back what *over* has passed.
 */
export interface Cursor {
  readonly step: number;
  readonly open: readonly OpenCall[];
}

/** A run can be followed as far as this, or as it has been trained; beyond it a number is a slip of the hand. */
export const furthestFrame = 10_000;

/** Moves on the grain tree of one program. All of them are pure: a cursor in, a cursor out. */
export class Navigation {
  private readonly calls: CallFinder;
  private readonly terms: TermFinder;

  constructor(
    private readonly program: Program,
    /** The furthest frame that was trained. */
    private readonly trained: () => number = () => 0,
  ) {
    this.calls = new CallFinder(program);
    this.terms = new TermFinder(program);
  }

  /** Whether the model's run has this grain: terms only where something is summed, samples only in a batch, and so on. */
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

  /** The last step that can be gone to. */
  get end(): number {
    return this.program.size * Math.max(furthestFrame, this.trained());
  }

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

  /** To the end of the function that the reader is in, else of the cell. */
  out(cursor: Cursor): Cursor {
    const inside = cursor.open.filter(({ last }) => last > cursor.step);
    const innermost = inside[inside.length - 1];
    if (innermost === undefined) return this.next(cursor, 'cell');
    return { step: innermost.last, open: inside.slice(0, -1) };
  }

  /** To the start of the function that the reader is in, else of the cell. */
  backOut(cursor: Cursor): Cursor {
    const inside = cursor.open.filter(({ first }) => first <= cursor.step);
    const innermost = inside[inside.length - 1];
    if (innermost === undefined) return this.previous(cursor, 'cell');
    return { step: innermost.first - 1, open: inside.slice(0, -1) };
  }

  /** To the next place where something of this grain is finished. */
  next({ step }: Cursor, grain: StepGrain): Cursor {
    return step >= this.end ? this.to(step) : this.to(this.around(step + 1, grain).last);
  }

  /** To the last place before this one where something of this grain was finished, or to the start. */
  previous({ step }: Cursor, grain: StepGrain): Cursor {
    return step === 0 ? this.to(0) : this.to(this.around(step, grain).first - 1);
  }

  /** To the same step of a frame so many later; where there is none, it stays. */
  shift(cursor: Cursor, frames: number): Cursor {
    const step = Math.max(1, cursor.step) + frames * this.program.size;
    return step < 1 || step > this.end ? cursor : this.to(step);
  }

  /** The steps of the cell, formula, … around a step, counted across frames. */
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
   * What one sample of the batch does: in all passes without a break where the samples go one after the other, else in a
   * formula. A formula that is about no sample alone is gone through as a whole.
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

/** How many of the calls count as entered: those the cursor came through, and those it is truly in the midst of. */
function entered(calls: readonly OpenCall[], { open }: Cursor, amid: (call: OpenCall) => boolean): number {
  let level = 0;
  while (level < calls.length) {
    const [call, known] = [calls[level], open[level]];
    if (!amid(call) && !(known?.first === call.first && known.last === call.last)) break;
    level += 1;
  }
  return level;
}
