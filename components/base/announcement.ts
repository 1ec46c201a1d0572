import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { send } from './events.ts';

/**
 * Has the outcome that stands in a view, its `[data-told]`, said each time that it reads otherwise. There is one live region for all
 * of the debugger: so nothing is said twice, and of what comes in a burst only the last.
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
