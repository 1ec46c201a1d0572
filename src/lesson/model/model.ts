import { verifyClaims } from '../../check/claim-check.ts';
import { verifySlopes } from '../../check/function-slopes.ts';
import type { Tables } from '../../formula/compile/tables.ts';
import type { Diagnostic } from '../../formula/diagnostic.ts';
import { parseCellName, type Quantity } from '../../formula/model.ts';
import { Machine, type RunPrecision } from '../../machine/machine.ts';
import { Moment } from '../../machine/moment.ts';
import '../../machine/fast-machine.ts';
import { asWritten, type Expansion, expandShorthand } from '../../network/expansion.ts';
import type { Program } from '../../program/program.ts';
import type { FindingPlace } from '../markdown/finding.ts';
import { markdownLimits } from '../markdown/limits.ts';
import { compileExpansion } from './rewriting.ts';

/** A model that a lesson defines: compiled, its claims and slopes verified, and run on demand as far as quoted numbers need. */
export class LessonModel {
  /** Undefined where the text has an error. */
  readonly program: Program | undefined;
  /** Places are those of the written text, lines and columns from 1 at the model's own first line. */
  readonly diagnostics: readonly Diagnostic[];
  /** The written text with all shorthand expanded; the same where there is none. */
  readonly expansion: Expansion;
  private readonly machines = new Map<RunPrecision, Machine>();

  constructor(
    /** The model's name. */
    readonly id: string,
    /** The text as it stands in the lesson. */
    readonly written: string,
    /** Where that text begins in the lesson. */
    readonly start: FindingPlace,
    /** The data files beside the lesson. */
    tables?: Tables,
  ) {
    this.expansion = expandShorthand(written);
    const options = tables === undefined ? {} : { tables };
    const { program, diagnostics } = compileExpansion(this.expansion, options);
    this.program = program;
    const { text } = this.expansion;
    const verified = program ? [...verifyClaims(text, options), ...verifySlopes(program.model)] : [];
    this.diagnostics = [...diagnostics, ...verified.map((one) => asWritten(this.expansion, one))];
  }

  /** The formulas, without shorthand. */
  get text(): string {
    return this.expansion.text;
  }

  /** The machine of the model, one for each precision; only for a model that has a program. */
  machine(precision: RunPrecision): Machine {
    let found = this.machines.get(precision);
    if (found === undefined) {
      found = new Machine(this.program as Program, precision);
      this.machines.set(precision, found);
    }
    return found;
  }

  /**
   * The newest value of a cell such as `W1[1,2]` at the end of a frame (from 1; 0: before the first step). A message for the
   * author where there is no such cell, it is not computed yet, or the frame is too far to run. Only for a model that has a
   * program.
   */
  value(precision: RunPrecision, frame: number, cell: string): { value: number } | { message: string } {
    const { model, size } = this.program as Program;
    const { quantities } = model;
    const read = parseCellName(cell);
    const quantity = read && quantities.get(read.name);
    if (read === undefined || quantity === undefined)
      return { message: `${this.id} has no ${read?.name ?? cell}` };
    const { shape } = quantity;
    if (read.cell.length !== shape.length || read.cell.some((n, d) => n < 1 || n > shape[d])) {
      return { message: `${read.name} ${shapeText(quantity)}; there is no cell ${cell}` };
    }
    const furthest = Math.max(
      1,
      Math.min(markdownLimits.frames, Math.floor(markdownLimits.operations / size)),
    );
    if (frame > furthest)
      return { message: `frame ${frame} is too far to run for a number; quote one up to frame ${furthest}` };
    const machine = this.machine(precision);
    const value = new Moment(machine, frame * machine.program.size).newest(read.name, read.cell).value;
    return value === undefined ? { message: `${cell} is not computed before frame 1` } : { value };
  }
}

const shapeText = ({ shape }: Quantity): string =>
  shape.length === 0 ? 'is a single number' : `has the shape ${shape.join(' × ')}`;
