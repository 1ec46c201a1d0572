import type { Session } from '../../src/session/session.ts';
import { withPart } from '../base/trouble.ts';
import type { Player } from './player.ts';
import type { BreakpointRunner } from './run-to-breakpoint.ts';

/** The debugger, as far as run control needs it. */
interface RunControlHost extends HTMLElement {
  readonly session: Session | undefined;
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/**
 * Playing and running to breakpoints. `BreakpointRunner` is loaded once there is a breakpoint or a run is requested; a failure is
 * reported by `backstep-trouble`.
 */
export class RunControl {
  private followed: Session | undefined;
  private loaded: { readonly session: Session; readonly of: BreakpointRunner } | undefined;

  constructor(
    private readonly host: RunControlHost,
    private readonly player: () => Player | undefined,
  ) {}

  /** The commands of the table that run here, by id. */
  readonly commandHandlers: { readonly [id: string]: () => void } = {
    play: () => this.withRunner((runner) => this.play(runner, 1)),
    playBack: () => this.withRunner((runs) => this.play(runs, -1)),
    playTraining: () => this.playTraining(1),
    playTrainingBack: () => this.playTraining(-1),
    runOn: () => this.withRunner((runs) => runs.run(1)),
    runBack: () => this.withRunner((runs) => runs.run(-1)),
    continue: () => this.withRunner((runs) => runs.runThrough(1)),
    reverse: () => this.withRunner((runs) => runs.runThrough(-1)),
    runTo: () => {
      const focused = this.focused('[data-line], [data-cell]');
      this.withRunner((runs) => runs.runTo(focused));
    },
    toggleBreakpoint: () => this.toggle(),
  };

  /** Pauses the player; returns whether it was playing. */
  pause(): boolean {
    const player = this.player();
    const isPlaying = player?.playing === true;
    if (isPlaying) player.pause();
    return isPlaying;
  }

  /**
   * Follows a session: as soon as it has a breakpoint, the timeline shows where they stop. The search of the session followed
   * before is cancelled.
   */
  follow(session: Session): void {
    this.followed?.searchStatus.progress?.cancel();
    this.followed = session;
    let { breakpoints } = session.state;
    session.subscribe(() => {
      if (session.state.breakpoints === breakpoints) return;
      breakpoints = session.state.breakpoints;
      if (breakpoints.length > 0) this.withRunner(() => undefined);
    });
  }

  private withRunner(use: (runs: BreakpointRunner) => unknown): void {
    const { session } = this.host;
    if (session === undefined) return;
    void withPart(this.host, () => this.of(session), use);
  }

  private async of(session: Session): Promise<BreakpointRunner> {
    const { BreakpointRunner } = await import('./run-to-breakpoint.ts');
    if (this.loaded?.session !== session) this.loaded = { session, of: new BreakpointRunner(session) };
    return this.loaded.of;
  }

  private playTraining(direction: 1 | -1): void {
    if (!this.pause()) this.player()?.play(direction, undefined, true);
  }

  private async play(runs: BreakpointRunner, direction: 1 | -1): Promise<void> {
    const player = this.player();
    if (player !== undefined) await runs.play(direction, player);
  }

  /** Toggles the breakpoint of the line that has the focus, else of the present one. */
  private toggle(): void {
    const { session } = this.host;
    if (session === undefined) return;
    const { moment, model } = session;
    const line = this.focused('[data-line]')?.dataset.line;
    session.toggleBreakpoint(line ?? (moment.location?.formula ?? model.formulas[0]).target);
  }

  /** The element that has the focus, or its closest ancestor, that matches a selector. */
  private focused(selector: string): HTMLElement | undefined {
    const { renderRoot } = this.host;
    const active = renderRoot instanceof ShadowRoot ? renderRoot.activeElement : null;
    return active?.closest<HTMLElement>(selector) ?? undefined;
  }
}
