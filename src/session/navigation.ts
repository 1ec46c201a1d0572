import { CallFinder } from '../machine/call-finder.ts';
import type { Program, Steps } from '../program/program.ts';

/** How far one press goes. The names are the grain tree's, from fine to coarse. */
export type Grain = 'operation' | 'cell' | 'formula' | 'phase' | 'frame';

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

  constructor(
    private readonly program: Program,
    /** The furthest frame that was trained. */
    private readonly trained: () => number = () => 0,
  ) {
    this.calls = new CallFinder(program);
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
  next({ step }: Cursor, grain: Grain): Cursor {
    return step >= this.end ? this.to(step) : this.to(this.around(step + 1, grain).last);
  }

  /** To the last place before this one where something of this grain was finished, or to the start. */
  previous({ step }: Cursor, grain: Grain): Cursor {
    return step === 0 ? this.to(0) : this.to(this.around(step, grain).first - 1);
  }

  /** The steps of the cell, formula, … around a step, counted across frames. */
  around(step: number, grain: Grain): Steps {
    const { size } = this.program;
    const before = Math.floor((step - 1) / size) * size;
    const inFrame = step - before;
    const { first, last } = this.inFrame(inFrame, grain);
    return { first: before + first, last: before + last };
  }

  private inFrame(step: number, grain: Grain): Steps {
    switch (grain) {
      case 'operation':
        return { first: step, last: step };
      case 'cell': {
        const { first, operations } = this.program.locate(step);
        return { first, last: first + operations - 1 };
      }
      case 'formula':
        return this.program.stepsOfFormula(step);
      case 'phase':
        return this.program.passOf(step);
      case 'frame':
        return { first: 1, last: this.program.size };
    }
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
