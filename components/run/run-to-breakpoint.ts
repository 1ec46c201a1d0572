import { BackgroundSearch, type SearchOutcome } from '../../src/session/breakpoints/background-search.ts';
import { nextCellOfFormula } from '../../src/session/breakpoints/next-cell-of-formula.ts';
import type { Session } from '../../src/session/session.ts';
import type { StatusMessage } from '../../src/session/status-message.ts';
import { cellOfElement } from '../base/cell-reference.ts';
import { openSearchThread } from '../threads/search-thread.ts';
import type { Player } from './player.ts';

/** More marks than this on the timeline would run together. */
const mostMarks = 200;

/**
 * Runs a session to breakpoints. It registers with the session's search status, so that the timeline shows where breakpoints
 * stop. A later call replaces a search in progress, which then reports nothing.
 */
export class BreakpointRunner {
  private readonly search: BackgroundSearch;

  constructor(private readonly session: Session) {
    this.search = new BackgroundSearch(session, openSearchThread);
    session.searchStatus.setStopFinder((frame) => this.search.breakpointSet.marks(frame, mostMarks));
  }

  /** The next stop up to the step `end`, inclusive; `none` where there is none. */
  private async stopBefore(direction: 1 | -1, end: number): Promise<SearchOutcome> {
    const { session, search } = this;
    const { size } = session.program;
    const enabled = session.state.breakpoints.filter((one) => one.enabled);
    if (enabled.length === 0) return { kind: 'none' };
    // A condition may need many iterations, which the fast backend runs and stores.
    if (enabled.some(({ kind }) => kind === 'condition')) await import('../../src/machine/fast-machine.ts');
    const outcome = await search.find(direction, Math.max(1, Math.ceil(end / size)));
    const isWithin = outcome.kind === 'stop' && direction * (end - outcome.hit.step) >= 0;
    return outcome.kind === 'stop' && !isWithin ? { kind: 'none' } : outcome;
  }

  /** Goes to the next breakpoint in this iteration, else to its end; back (−1), else to its start. */
  async run(direction: 1 | -1): Promise<void> {
    const outcome = await this.stopBefore(direction, this.limit(direction));
    if (outcome.kind === 'none') this.session.dispatch(direction > 0 ? 'last' : 'first');
    else this.report(outcome);
  }

  /** Goes to the next breakpoint through all iterations; a status message reports that there is none. */
  async runThrough(direction: 1 | -1): Promise<void> {
    const { session } = this;
    const hasAny = session.state.breakpoints.some(({ enabled }) => enabled);
    const frame = session.end / session.program.size;
    const outcome = await this.stopBefore(direction, direction > 0 ? session.end : 0);
    if (outcome.kind === 'none') session.showMessages({ kind: 'none', isBack: direction < 0, frame, hasAny });
    else this.report(outcome);
  }

  /**
   * Goes to the step that next computes the line (`data-line`) or cell (`data-cell`) of an element, or to a breakpoint before it;
   * a status message reports an element that has no such step.
   */
  async runTo(element: HTMLElement | undefined): Promise<void> {
    const { session } = this;
    const target = element && targetOf(session, element);
    if (target === undefined) {
      session.showMessages({ kind: 'nowhere' });
      return;
    }
    const outcome = await this.stopBefore(1, target);
    if (outcome.kind === 'none') session.goTo(target);
    else this.report(outcome);
  }

  /** Plays to the end of the iteration, or to a breakpoint before it. */
  async play(direction: 1 | -1, player: Player): Promise<void> {
    const outcome = await this.stopBefore(direction, this.limit(direction));
    if (outcome.kind === 'none') player.play(direction);
    else if (outcome.kind === 'stop')
      player.play(direction, { step: outcome.hit.step, stop: () => this.report(outcome) });
  }

  /**
   * The last step, across frames, of this iteration, or of the next one where it is over; backwards its first one, where a stop
   * at the boundary belongs to the iteration before.
   */
  private limit(direction: 1 | -1): number {
    const { program, state } = this.session;
    const { step } = state.cursor;
    if (direction > 0) return (Math.floor(step / program.size) + 1) * program.size;
    return Math.max(0, Math.ceil(step / program.size) - 1) * program.size + 1;
  }

  /** Goes to a stop and reports it, or reports that the search was cancelled; a replaced search reports nothing. */
  private report(outcome: Exclude<SearchOutcome, { kind: 'none' }>): void {
    const { session } = this;
    // A message about it would be a change of the session, which the new search would take for the reader's going elsewhere.
    if (outcome.kind === 'replaced') return;
    if (outcome.kind === 'cancelled') {
      session.showMessages({ kind: 'cancelled', frame: outcome.frame });
      return;
    }
    const { step, breakpoint, hitCount, place, readings } = outcome.hit;
    const frame = Math.ceil(step / session.program.size);
    const message: StatusMessage =
      frame > session.furthestReachable
        ? { kind: 'far', frame }
        : { kind: 'stop', frame, breakpoint, hitCount, place, readings };
    if (message.kind === 'far') session.showMessages(message);
    else session.stopAt(step, message);
  }
}

/**
 * The step, across frames, that next computes a line or a cell, in the next iteration where this one has passed it; undefined
 * where no step does.
 */
function targetOf(session: Session, element: HTMLElement): number | undefined {
  const { program, machine, moment } = session;
  const { line } = element.dataset;
  const formula =
    line === undefined ? undefined : (program.writer(line, 'new') ?? program.writer(line, 'old'));
  if (formula !== undefined) return nextCellOfFormula(moment, formula);
  const cell = cellOfElement(element);
  const steps = cell && program.writing(cell.name, cell.version, cell.cell);
  if (steps === undefined) return undefined;
  return machine.stepAt(moment.frame + (steps.last > moment.inFrame ? 0 : 1), steps.last);
}
