import type { ReactiveController } from 'lit';
import type { Session } from '../../src/session/session.ts';
import { proseWords as words } from '../../src/words/prose/prose.ts';
import type { ProseHost } from './prose-marks.ts';

/** On the sign of a phase, in the list of the lesson's sections, that has been stepped through. */
const attribute = 'data-done';

/** Ticks the phases in the list of the lesson's sections that the reader has stepped through to their end, in any iteration. */
export class RailTicks implements ReactiveController {
  private readonly signs: readonly HTMLElement[];
  private readonly done = new Set<string>();

  constructor(private readonly host: ProseHost) {
    const own = `[data-phases][data-model="${CSS.escape(host.model)}"] [data-phase]`;
    this.signs = [...document.querySelectorAll<HTMLElement>(own)];
    host.addController(this);
  }

  hostUpdated(): void {
    const { session } = this.host;
    if (session === undefined || this.signs.length === 0) return;
    const before = this.done.size;
    for (const phase of doneIn(session)) this.done.add(phase);
    if (this.done.size > before) this.tick();
  }

  private tick(): void {
    for (const sign of this.signs) {
      if (!this.done.has(sign.dataset.phase ?? '') || sign.hasAttribute(attribute)) continue;
      sign.setAttribute(attribute, '');
      sign.title = words.done(sign.title);
    }
  }
}

/** The phases whose last step the reader has reached. */
function doneIn({ program, moment, state }: Session): readonly string[] {
  if (state.cursor.step === 0) return [];
  const phases = [...new Set(program.passes.map(({ phase }) => phase))];
  if (moment.frame > 1) return phases;
  return phases.filter((phase) =>
    program.passes.every((part) => part.phase !== phase || part.last <= moment.inFrame),
  );
}
