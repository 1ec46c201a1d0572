/** A pointer that has moved less than this, in CSS pixels, is a press. */
const slack = 6;

/**
 * Has a sheet follow the pointer that has grasped its grip (the event's current target); once it is let go, `settle` is called with
 * the height it has then, in CSS pixels. A press without a move is left to be a click.
 */
export function drag(sheet: HTMLElement, event: PointerEvent, settle: (height: number) => void): void {
  const grip = event.currentTarget as HTMLElement;
  if (event.button !== 0) return;
  grip.setPointerCapture(event.pointerId);
  const before = sheet.getBoundingClientRect().height;
  let moved = 0;
  const follow = ({ clientY }: PointerEvent): void => {
    moved = event.clientY - clientY;
    if (Math.abs(moved) >= slack) sheet.style.blockSize = `${before + moved}px`;
  };
  const release = (): void => {
    grip.removeEventListener('pointermove', follow);
    if (Math.abs(moved) < slack) return;
    // A click follows, which is none.
    grip.addEventListener('click', (click) => click.stopImmediatePropagation(), {
      capture: true,
      once: true,
    });
    sheet.style.blockSize = '';
    settle(before + moved);
  };
  grip.addEventListener('pointermove', follow);
  grip.addEventListener('lostpointercapture', release, { once: true });
}
