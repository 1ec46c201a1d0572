import { nextRun } from '../src/session/next-run.ts';
import type { Remark } from '../src/session/remark.ts';
import type { Outcome, Search } from '../src/session/search.ts';
import type { Session } from '../src/session/session.ts';
import { cellOfElement } from './cell-reference.ts';
import type { Player } from './player.ts';

/** What runs are told and asked of: the debugger. */
interface RunningHost {
  readonly session: Session | undefined;
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/** More marks than this on the timeline are no marks any more. */
const mostMarks = 200;

/** Runs to breakpoints and from them. What finds them is loaded when there is one. */
export class Running {
  private search: { readonly session: Session; readonly of: Promise<Search> } | undefined;

  constructor(
    private readonly host: RunningHost,
    private readonly player: () => Player | undefined,
  ) {}

  /** The commands of the table that are carried out here. */
  readonly asked: { readonly [id: string]: () => void } = {
    play: () => void this.play(1),
    playBack: () => void this.play(-1),
    runOn: () => void this.run(1),
    runBack: () => void this.run(-1),
    continue: () => void this.through(1),
    reverse: () => void this.through(-1),
    runTo: () => void this.runTo(),
    toggleBreakpoint: () => this.toggle(),
  };

  /** Ends the playing; whether there was any. */
  pause(): boolean {
    const player = this.player();
    const isPlaying = player?.playing === true;
    if (isPlaying) player.pause();
    return isPlaying;
  }

  /** Looks after a session's breakpoints: as soon as there is one, the timeline is told where they stop. */
  follow(session: Session): void {
    let breakpoints = session.state.breakpoints;
    session.subscribe(() => {
      if (session.state.breakpoints === breakpoints) return;
      breakpoints = session.state.breakpoints;
      if (breakpoints.length > 0) void this.searchOf(session);
    });
  }

  private searchOf(session: Session): Promise<Search> {
    if (this.search?.session !== session) this.search = { session, of: opened(session) };
    return this.search.of;
  }

  /** The next stop on the way to a step, both included; undefined where none lies before it. */
  private async stopBefore(session: Session, direction: 1 | -1, end: number): Promise<Outcome> {
    const { size } = session.program;
    if (!session.state.breakpoints.some(({ enabled }) => enabled)) return { kind: 'none' };
    const search = await this.searchOf(session);
    // A condition may have to be counted through many iterations, which are remembered then.
    if (session.state.breakpoints.some(({ kind }) => kind === 'condition'))
      await import('../src/machine/fast-ways.ts');
    const outcome = await search.find(direction, Math.max(1, Math.ceil(end / size)));
    const isWithin = outcome.kind === 'stop' && direction * (end - outcome.stop.step) >= 0;
    return outcome.kind === 'stop' && !isWithin ? { kind: 'none' } : outcome;
  }

  /** To the next breakpoint in this iteration, or to its end; or back to its start. */
  private async run(direction: 1 | -1): Promise<void> {
    const { session } = this.host;
    if (session === undefined) return;
    const last = endOfIteration(session, direction);
    // A stop at the very end of the iteration before belongs to that.
    const end = direction > 0 ? last : last + 1;
    const outcome = await this.stopBefore(session, direction, end);
    if (outcome.kind === 'none') session.dispatch(direction > 0 ? 'last' : 'first');
    else settle(session, outcome);
  }

  /** To the next breakpoint, through all iterations. */
  private async through(direction: 1 | -1): Promise<void> {
    const { session } = this.host;
    if (session === undefined) return;
    const hasAny = session.state.breakpoints.some(({ enabled }) => enabled);
    const frame = session.end / session.program.size;
    const outcome = await this.stopBefore(session, direction, direction > 0 ? session.end : 0);
    if (outcome.kind === 'none') session.remark({ kind: 'none', isBack: direction < 0, frame, hasAny });
    else settle(session, outcome);
  }

  /** To where the line or the number that has the focus is computed next, or to a breakpoint before. */
  private async runTo(): Promise<void> {
    const { session } = this.host;
    if (session === undefined) return;
    const { step } = session.state.cursor;
    const target = this.focused((element) => targetOf(session, element), '[data-line], [data-cell]');
    if (target === undefined) {
      session.remark({ kind: 'nowhere' });
      return;
    }
    const outcome = await this.stopBefore(session, 1, target);
    if (outcome.kind === 'none' || (outcome.kind === 'stop' && outcome.stop.step === step))
      session.goTo(target);
    else settle(session, outcome);
  }

  /** Plays to the end of the iteration, or to a breakpoint before. */
  private async play(direction: 1 | -1): Promise<void> {
    const { session } = this.host;
    const player = this.player();
    if (session === undefined || player === undefined) return;
    const last = endOfIteration(session, direction);
    const outcome = await this.stopBefore(session, direction, direction > 0 ? last : last + 1);
    if (outcome.kind === 'cancelled' || this.host.session !== session) return;
    player.play(
      direction,
      outcome.kind === 'stop' ? { step: outcome.stop.step, stop: () => settle(session, outcome) } : undefined,
    );
  }

  /** A breakpoint at the line that has the focus, else at the one at work. */
  private toggle(): void {
    const { session } = this.host;
    if (session === undefined) return;
    const { moment, model } = session;
    const line = this.focused(({ dataset }) => dataset.line, '[data-line]');
    session.toggleBreakpoint(line ?? (moment.location?.formula ?? model.formulas[0]).target);
  }

  /** What is to be known of the element that has the focus, or of what it lies in. */
  private focused<Found>(
    read: (element: HTMLElement) => Found | undefined,
    selector: string,
  ): Found | undefined {
    const { renderRoot } = this.host;
    const active = renderRoot instanceof ShadowRoot ? renderRoot.activeElement : null;
    const element = active?.closest<HTMLElement>(selector);
    return element ? read(element) : undefined;
  }
}

async function opened(session: Session): Promise<Search> {
  const { Search } = await import('../src/session/search.ts');
  const { openSearchThread } = await import('./search-thread.ts');
  const search = new Search(session, openSearchThread);
  session.lookout.follow((frame) => search.watched.marks(frame, mostMarks));
  return search;
}

/** The end of this iteration, or of the next one where it is over; or the start that lies before. */
function endOfIteration(session: Session, direction: 1 | -1): number {
  const { size } = session.program;
  const { step } = session.state.cursor;
  return direction > 0
    ? (Math.floor(step / size) + 1) * size
    : Math.max(0, Math.ceil(step / size) - 1) * size;
}

/** Goes to a stop and says so; or says that the search was cancelled. */
function settle(session: Session, outcome: Exclude<Outcome, { kind: 'none' }>): void {
  if (outcome.kind === 'cancelled') {
    session.remark({ kind: 'cancelled', frame: outcome.frame });
    return;
  }
  const { step, breakpoint, hit, place } = outcome.stop;
  const frame = Math.ceil(step / session.program.size);
  const remark: Remark =
    frame > session.reach ? { kind: 'far', frame } : { kind: 'stop', breakpoint, hit, place };
  if (remark.kind === 'far') session.remark(remark);
  else session.stopAt(step, remark);
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
