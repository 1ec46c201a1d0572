import { type LitElement, noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';
import { toolWords as words } from '../../src/words/shell/tools.ts';
import { LostFile } from '../base/loading.ts';

/**
 * Views that are loaded when they are first to be seen. Each file defines its element, which brings its own sheet. Until then the
 * tag stands in the page and keeps what it is given; the element finds it there.
 */
const files = {
  'bs-code': () => import('../reading/code.ts'),
  'bs-changes': () => import('../notices/changes-bar.ts'),
  'bs-cells': () => import('../arrays/cell-table.ts'),
  'bs-export': () => import('../export/export-dialog.ts'),
  'bs-help': () => import('./help.ts'),
  'bs-inputs': () => import('../arrays/input-fields.ts'),
  'bs-tensors': () => import('../arrays/tensor-grid.ts'),
  'bs-ways': () => import('../run/more-commands.ts'),
  'bs-written': () => import('../reading/shorthand-listing.ts'),
} satisfies Readonly<Record<string, () => Promise<unknown>>>;

const loadView = (view: Element): Promise<unknown> => files[view.localName as keyof typeof files]();

/** Loads a view for whoever shows its tag. That it is not to be had is told in its place. */
export function bringView(view: HTMLElement): void {
  loadView(view).catch((error) => {
    const note = document.createElement('p');
    note.className = 'problem';
    note.setAttribute('role', 'alert');
    note.append(
      troubleNote(error, () => {
        note.remove();
        bringView(view);
      }),
    );
    view.replaceChildren(note);
  });
}

class LateDirective extends Directive {
  private isBrought = false;

  render(): unknown {
    return noChange;
  }

  override update({ element }: ElementPart): unknown {
    if (!this.isBrought) bringView(element as HTMLElement);
    this.isBrought = true;
    return noChange;
  }
}

/** `<bs-tensors ${late()}>`: a view that is loaded as soon as its tag is there. */
export const late = directive(LateDirective);

/** Loads a view that stands in the page, and gives it when it is drawn. */
export async function drawnView<View extends LitElement>(view: View): Promise<View> {
  await loadView(view);
  await view.updateComplete;
  return view;
}

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

/** The event that tells that something asked for was not done, since a part could not be loaded or is wrong inside. */
export const troubled = 'back-step-trouble';

export interface Trouble {
  readonly text: string;
  readonly again: () => void;
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
    const detail: Trouble = { text: troubleText(error, lost), again };
    host.dispatchEvent(new CustomEvent(troubled, { detail, bubbles: true, composed: true }));
  }
}

/** Opens the field that asks what if a number were another. */
export const bringWhatIf = (
  host: EventTarget,
  ask: (file: typeof import('../notices/what-if.ts')) => void,
): Promise<void> => withPart(host, () => import('../notices/what-if.ts'), ask);
