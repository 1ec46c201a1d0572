import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The width that pictures have in a view, in whole CSS pixels; the view is drawn again when it is another. */
export class PictureWidth implements ReactiveController {
  /** 0 until it is known. */
  value = 0;
  private place: Element | undefined;
  private readonly size = new ResizeObserver(([{ contentRect }]) => {
    const width = Math.floor(contentRect.width);
    // A view that is out of sight has none.
    if (width === 0 || width === this.value) return;
    this.value = width;
    this.host.requestUpdate();
  });

  /** `places` is a selector for what the pictures stand in. */
  constructor(
    private readonly host: ReactiveControllerHost & Element,
    private readonly places: string,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    const place = this.host.querySelector(this.places) ?? undefined;
    if (place === this.place) return;
    this.size.disconnect();
    this.place = place;
    if (place !== undefined) this.size.observe(place);
  }

  hostDisconnected(): void {
    this.size.disconnect();
    this.place = undefined;
  }
}
