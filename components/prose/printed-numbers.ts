import type { ReactiveController } from 'lit';
import type { ProseHost } from './prose-marks.ts';

/**
 * Has the numbers of an iteration, which the page carries for readers without scripts, printed beneath the debugger. On the screen they
 * are in no tree: the debugger has tables of its own there.
 */
export class PrintedNumbers implements ReactiveController {
  private readonly slot = document.createElement('slot');

  constructor(private readonly host: ProseHost) {
    this.slot.name = 'numbers';
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('beforeprint', this.show);
    window.addEventListener('afterprint', this.hide);
  }

  hostDisconnected(): void {
    window.removeEventListener('beforeprint', this.show);
    window.removeEventListener('afterprint', this.hide);
    this.hide();
  }

  private readonly show = (): void => this.host.shadowRoot?.append(this.slot);

  private readonly hide = (): void => this.slot.remove();
}
