import type { ReactiveController } from 'lit';
import { parseCellName } from '../../src/formula/model.ts';
import { send } from '../base/events.ts';
import type { ProseHost } from './prose-marks.ts';

/** Asks the debugger why a number in the page's text has its value: by Shift and a click, or by `w` while the number has focus. */
export class ProseQuestions implements ReactiveController {
  constructor(private readonly host: ProseHost) {
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('click', this.clicked, { capture: true });
    document.addEventListener('keydown', this.pressed);
  }

  hostDisconnected(): void {
    document.removeEventListener('click', this.clicked, { capture: true });
    document.removeEventListener('keydown', this.pressed);
  }

  private readonly clicked = (event: MouseEvent): void => {
    if (event.shiftKey && this.ask(event)) event.preventDefault();
  };

  private readonly pressed = (event: KeyboardEvent): void => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === 'w' && isPlain && !event.defaultPrevented && this.ask(event)) event.preventDefault();
  };

  /** False where the event is not about a number of this debugger's model. */
  private ask({ target }: Event): boolean {
    const { host } = this;
    const { model, session } = host;
    const fact = target instanceof Element ? target.closest<HTMLElement>('a.fact[data-cell]') : null;
    const found = parseCellName(fact?.dataset.cell ?? '');
    if (session === undefined || fact?.dataset.model !== model || found === undefined) return false;
    const frame = Number(fact.dataset.frame ?? 1);
    // Prose states the number after an iteration.
    const version = frame > 0 && session.machine.layout.has(found.name, 'new') ? 'new' : 'old';
    session.setPrecision(fact.dataset.run === 'full' ? 'full' : 'lesson');
    send(host, 'backstep-why', { ...found, version, frame: Math.max(1, frame) });
    return true;
  }
}
