import { drawerWords as words } from '../../src/words/shell/drawers.ts';
import { send } from './events.ts';
import { FileLoadError } from './loading.ts';

/** What has gone wrong, in words; what is wrong inside of us is for the console as well. */
export function troubleText(error: unknown, lost = words.failed): string {
  if (error instanceof FileLoadError) return lost;
  console.error(error);
  return words.broken;
}

/** Says what has gone wrong, and has it tried again. */
export function troubleElement(error: unknown, retry: () => void, lost?: string): HTMLElement {
  const element = document.createElement('span');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'text-button';
  button.textContent = words.retry;
  button.addEventListener('click', () => {
    // The button goes, the keyboard stays.
    element.closest<HTMLElement>('.frame')?.focus({ preventScroll: true });
    retry();
  });
  element.append(`${troubleText(error, lost)} `, button);
  return element;
}

/**
 * Loads a part for somebody who asked for something that it does, which then follows. That it could not be done is told to the
 * debugger around.
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
