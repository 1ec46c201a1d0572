import { toolWords as words } from '../../src/words/shell/tools.ts';
import { send } from './events.ts';
import { LostFile } from './loading.ts';

/** What has gone wrong, in words; what is wrong inside of us is for the console as well. */
export function troubleText(error: unknown, lost = words.failed): string {
  if (error instanceof LostFile) return lost;
  console.error(error);
  return words.broken;
}

/** Says what has gone wrong, and has it tried again. */
export function troubleNote(error: unknown, again: () => void, lost?: string): HTMLElement {
  const note = document.createElement('span');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'text-button';
  button.textContent = words.again;
  button.addEventListener('click', () => {
    // The button goes, the keyboard stays.
    note.closest<HTMLElement>('.frame')?.focus({ preventScroll: true });
    again();
  });
  note.append(`${troubleText(error, lost)} `, button);
  return note;
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
    const again = () => void withPart(host, part, use, lost);
    send(host, 'backstep-trouble', { text: troubleText(error, lost), again });
  }
}
