import type { Session } from '../../src/session/session.ts';
import type { SessionState } from '../../src/session/state.ts';
import type { CellLinks } from '../base/cell-links.ts';
import { withPart } from '../base/trouble.ts';
import type { ProseHost } from '../prose/prose-marks.ts';
import type { Announcer } from '../speech/announcer.ts';
import type { LiveRegion } from '../speech/live-region.ts';
import { defineView } from './lazy-views.ts';

let inspector: typeof import('./cell-inspector.ts') | undefined;

/** Loads what explains a number; once it is there, at once: whoever clicks a number types before the next task. */
export const loadInspector = async () => (inspector ??= await import('./cell-inspector.ts'));

/**
 * What goes along with the steps: their announcements, and the page's text. Nobody waits for it, so it is loaded once the debugger is
 * there; of what happened before, nothing is lost.
 */
export class Companions {
  private announcer: Announcer | undefined;
  private session: Session | undefined;
  /** The state in which the session began. */
  private begun: SessionState | undefined;

  constructor(
    private readonly host: ProseHost,
    private readonly cells: CellLinks,
    private readonly liveRegion: LiveRegion,
  ) {
    host.addEventListener('backstep-paused', () => {
      if (this.session !== undefined) this.announcer?.paused(this.session);
    });
  }

  /** Goes along with this session from now on, and no other. */
  begin(session: Session): void {
    this.session = session;
    this.begun = session.state;
    this.announcer?.follow(session);
  }

  /** Loads what goes along; what cannot be loaded is reported as trouble of the host. */
  load(): void {
    void withPart(
      this.host,
      () => import('../speech/announcer.ts'),
      ({ Announcer }) => {
        this.announcer = new Announcer(
          (text) => this.liveRegion.announce(text),
          () => this.host.isPlaying,
        );
        if (this.session !== undefined) this.announcer.follow(this.session, this.begun);
      },
    );
    // Whoever clicks a number types at once, into a field that has to be there. If it cannot be loaded, the click says so.
    // The field last: once it is there, nothing is waited for any more.
    void loadInspector()
      .then(() => defineView('bs-what-if'))
      .catch(() => undefined);
    if (document.querySelector(`[data-model="${CSS.escape(this.host.model)}"]`) !== null)
      void withPart(
        this.host,
        () => import('../prose/prose.ts'),
        ({ accompany }) => accompany(this.host, this.cells),
      );
  }
}
