import type { LitElement, ReactiveController } from 'lit';
import { isCovered } from '../base/popovers.ts';
import { adoptSheets } from '../base/sheets.ts';
import { fullScreenStyles } from './full-screen.styles.ts';

/** Set on the host while it fills the screen; the stylesheet selects by it. */
const attribute = 'data-full';

/**
 * Shows its host on the whole screen; where the page may not do that, as in the frame of a learning platform, in the whole
 * window. Escape ends either. Loaded when it is first asked for; it brings its own sheet.
 */
export class FullScreen implements ReactiveController {
  constructor(private readonly host: LitElement) {
    host.addController(this);
    adoptSheets(host.renderRoot as ShadowRoot, [fullScreenStyles]);
    host.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented || !this.isOn) return;
      if (isInDialog(event) || isCovered(host)) return;
      event.preventDefault();
      void this.leave();
    });
  }

  hostConnected(): void {
    document.addEventListener('fullscreenchange', this.screenChanged);
  }

  hostDisconnected(): void {
    document.removeEventListener('fullscreenchange', this.screenChanged);
    if (this.isOn) void this.leave();
  }

  /** Whether the host fills the screen or the window. */
  get isOn(): boolean {
    return this.host.hasAttribute(attribute);
  }

  /** Enters or leaves the full screen. Where the browser refuses to enter it, the host fills the window. */
  async toggle(): Promise<void> {
    if (this.isOn) return this.leave();
    this.host.setAttribute(attribute, '');
    try {
      if (!document.fullscreenEnabled) throw new TypeError('not allowed');
      await this.host.requestFullscreen();
    } catch {
      this.fillWindow();
    }
    this.changed();
  }

  /** In the top layer of the page; where the browser has no popovers, the stylesheet does what it can. */
  private fillWindow(): void {
    if (this.host.showPopover === undefined) return;
    this.host.popover = 'manual';
    this.host.showPopover();
  }

  private async leave(): Promise<void> {
    this.host.removeAttribute(attribute);
    this.host.removeAttribute('popover');
    if (document.fullscreenElement === this.host) await document.exitFullscreen();
    this.changed();
  }

  /** The browser can end it as well. */
  private readonly screenChanged = (): void => {
    if (this.isOn && document.fullscreenElement === null && this.host.popover === null) void this.leave();
  };

  private changed(): void {
    this.host.requestUpdate();
    // Back in the page, the debugger scrolls into view again.
    if (!this.isOn) this.host.scrollIntoView({ block: 'nearest' });
  }
}

const isInDialog = (event: Event): boolean =>
  event
    .composedPath()
    .some(
      (part) =>
        part instanceof Element && part.matches('dialog, input, textarea, select, [contenteditable=true]'),
    );
