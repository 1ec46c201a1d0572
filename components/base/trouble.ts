import { toolWords as words } from '../../src/words/shell/tools.ts';
import { send } from './events.ts';
import { FileLoadError } from './loading.ts';

/**
 * A sentence for the reader about an error: `lost` (by default a general one) for a file that could not be loaded. Any other
 * error is a fault of the debugger, so it is also logged to the console.
 */
export function troubleText(error: unknown, lost = words.failed): string {
  if (error instanceof FileLoadError) return lost;
  console.error(error);
  return words.broken;
}

/**
 * A new `<span>` with the text of `troubleText` (`lost` as there) and a button that calls `retry`; the caller puts it into the
 * page, and removes it.
 */
export function troubleElement(error: unknown, retry: () => void, lost?: string): HTMLElement {
  const element = document.createElement('span');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'text-button';
  button.textContent = words.retry;
  button.addEventListener('click', () => {
    // The button is removed, so the focus moves to the debugger's frame.
    element.closest<HTMLElement>('.frame')?.focus({ preventScroll: true });
    retry();
  });
  element.append(`${troubleText(error, lost)} `, button);
  return element;
}

/**
 * Loads a part of the page and calls `use` with it, whose promise, if any, is awaited. Never rejects: if either fails, it sends
 * `backstep-trouble` from `host`, with `troubleText` (`lost` as there) and a retry that does both again.
 */
export async function withPart<Part>(
  host: EventTarget,
  part: () => Promise<Part>,
  use: (part: Part) => unknown,
  lost?: string,
): Promise<void> {
  try {
    await use(await part());
  } catch (error) {
    const retry = () => void withPart(host, part, use, lost);
    send(host, 'backstep-trouble', { text: troubleText(error, lost), retry });
  }
}
