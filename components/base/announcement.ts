import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { send } from './events.ts';

/**
 * Announces the text of the host's first `[data-told]` element whenever it changes, white space collapsed; an empty text
 * announces nothing. It sends `backstep-announce`, so the debugger's single live region gets each text once, and of a burst only
 * the last.
 */
export class Announcement implements ReactiveController {
  private announced = '';

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostUpdated(): void {
    const text = this.host.querySelector('[data-told]')?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
    if (text === this.announced) return;
    this.announced = text;
    if (text !== '') send(this.host, 'backstep-announce', text);
  }
}
