import { type Outcome, Search } from '../../src/session/breakpoints/background-search.ts';
import { nextRun } from '../../src/session/breakpoints/next-cell-of-formula.ts';
import type { Session } from '../../src/session/session.ts';
import type { Remark } from '../../src/session/status-message.ts';
import { cellOfElement } from '../base/cell-reference.ts';
import { openSearchThread } from '../threads/search-thread.ts';
import type { Player } from './player.ts';

/** More marks than this on the timeline are no marks any more. */
const mostMarks = 200;

/** Runs of one session, to breakpoints and from them. */
export class BreakpointRuns {
  private readonly search: Search;

  constructor(private readonly session: Session) {
    this.search = new Search(session, openSearchThread);
    session.lookout.follow((frame) => this.search.watched.marks(frame, mostMarks));
  }

  /** The next stop on the way to a step, both included; undefined where none lies before it. */
  private async stopBefore(direction: 1 | -1, end: number): Promise<Outcome> {
    const { session, search } = this;
    const { size } = session.program;
    const enabled = session.state.breakpoints.filter((one) => one.enabled);
    if (enabled.length === 0) return { kind: 'none' };
    // A condition may have to be counted through many iterations, which are remembered then.
    if (enabled.some(({ kind }) => kind === 'condition')) await import('../../src/machine/fast-machine.ts');
    const outcome = await search.find(direction, Math.max(1, Math.ceil(end / size)));
    const isWithin = outcome.kind === 'stop' && direction * (end - outcome.stop.step) >= 0;
    return outcome.kind === 'stop' && !isWithin ? { kind: 'none' } : outcome;
  }

  /** To the next breakpoint in this iteration, or to its end; or back to its start. */
  async run(direction: 1 | -1): Promise<void> {
    const outcome = await this.stopBefore(direction, this.limit(direction));
    if (outcome.kind === 'none') this.session.dispatch(direction > 0 ? 'last' : 'first');
    else this.settle(outcome);
  }

  /** To the next breakpoint, through all iterations. */
  async through(direction: 1 | -1): Promise<void> {
    const { session } = this;
    const hasAny = session.state.breakpoints.some(({ enabled }) => enabled);
    const frame = session.end / session.program.size;
    const outcome = await this.stopBefore(direction, direction > 0 ? session.end : 0);
    if (outcome.kind === 'none') session.remark({ kind: 'none', isBack: direction < 0, frame, hasAny });
    else this.settle(outcome);
  }

  /** To where a line or a number is computed next, or to a breakpoint before. */
  async runTo(element: HTMLElement | undefined): Promise<void> {
    const { session } = this;
    const target = element && targetOf(session, element);
    if (target === undefined) {
      session.remark({ kind: 'nowhere' });
      return;
    }
    const outcome = await this.stopBefore(1, target);
    if (outcome.kind === 'none') session.goTo(target);
    else this.settle(outcome);
  }

  /** Plays to the end of the iteration, or to a breakpoint before. */
  async play(direction: 1 | -1, player: Player): Promise<void> {
    const outcome = await this.stopBefore(direction, this.limit(direction));
    if (outcome.kind === 'none') player.play(direction);
    else if (outcome.kind === 'stop')
      player.play(direction, { step: outcome.stop.step, stop: () => this.settle(outcome) });
  }

  /** How far this iteration goes, or the next one where it is over; back to its start, where a stop belongs to the one before. */
  private limit(direction: 1 | -1): number {
    const { program, state } = this.session;
    const { step } = state.cursor;
    if (direction > 0) return (Math.floor(step / program.size) + 1) * program.size;
    return Math.max(0, Math.ceil(step / program.size) - 1) * program.size + 1;
  }

  /** Goes to a stop and says so; or says that the search was cancelled. Of one that another has replaced nothing is said. */
  private settle(outcome: Exclude<Outcome, { kind: 'none' }>): void {
    const { session } = this;
    // A word about it would be a change of the session, which the new search would take for the reader's going elsewhere.
    if (outcome.kind === 'replaced') return;
    if (outcome.kind === 'cancelled') {
      session.remark({ kind: 'cancelled', frame: outcome.frame });
      return;
    }
    const { step, breakpoint, hit, place, readings } = outcome.stop;
    const frame = Math.ceil(step / session.program.size);
    const remark: Remark =
      frame > session.reach ? { kind: 'far', frame } : { kind: 'stop', breakpoint, hit, place, readings };
    if (remark.kind === 'far') session.remark(remark);
    else session.stopAt(step, remark);
  }
}

/** The step that computes next what a code line or a number is about; in the next iteration where this one has passed it. */
function targetOf(session: Session, element: HTMLElement): number | undefined {
  const { program, machine, moment } = session;
  const { line } = element.dataset;
  const formula =
    line === undefined ? undefined : (program.writer(line, 'new') ?? program.writer(line, 'old'));
  if (formula !== undefined) return nextRun(moment, formula);
  const cell = cellOfElement(element);
  const steps = cell && program.writing(cell.name, cell.version, cell.cell);
  if (steps === undefined) return undefined;
  return machine.stepAt(moment.frame + (steps.last > moment.inFrame ? 0 : 1), steps.last);
}
