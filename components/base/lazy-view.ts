import { type LitElement, noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';
import type { Session } from '../../src/session/session.ts';
import { send, type ViewRequest } from './events.ts';
import { troubleElement } from './trouble.ts';

/*
 * Views that are loaded when they are first shown. Until then the tag is in the page and keeps the properties set on it; the
 * element, once defined, takes them over and adopts its own sheet.
 */

/** Loads the class of a view's element. */
export type LoadView = () => Promise<CustomElementConstructor>;

/** A view that is a modal dialog. */
export interface DialogView extends LitElement {
  /** The session that is shown; set before the dialog opens. */
  session: Session;
  /** Opens the dialog, over the whole page. */
  show(): void;
}

/**
 * Has the debugger around a view load and define its element. Rejects with a `FileLoadError` where a file cannot be loaded, and
 * with an `Error` where no debugger is around the view.
 */
async function requestView(view: Element): Promise<void> {
  const request: ViewRequest = { tag: view.localName };
  send(view, 'backstep-view', request);
  if (request.defined === undefined) throw new Error(`<${request.tag}> stands in no debugger`);
  await request.defined;
}

/**
 * Loads a view whose tag is in the page, within a debugger, in the background. If that fails, the tag shows the reason and a
 * button to try again.
 */
function loadView(view: HTMLElement): void {
  requestView(view).catch((error) => {
    const element = document.createElement('p');
    element.className = 'problem';
    element.setAttribute('role', 'alert');
    element.append(
      troubleElement(error, () => {
        element.remove();
        loadView(view);
      }),
    );
    view.replaceChildren(element);
  });
}

class LazyDirective extends Directive {
  private isAsked = false;

  render(): unknown {
    return noChange;
  }

  override update({ element }: ElementPart): unknown {
    // A template is rendered before it is in the page, where the event reaches no debugger.
    if (!this.isAsked) queueMicrotask(() => loadView(element as HTMLElement));
    this.isAsked = true;
    return noChange;
  }
}

/** `<bs-tensor-grid ${lazy()}>`: loads a view once its tag is first rendered, as `loadView` does. */
export const lazy = directive(LazyDirective);

/** Loads a view that is in the page and resolves with it after its first rendering. Rejects as `requestView` does. */
export async function drawnView<View extends LitElement>(view: View): Promise<View> {
  await requestView(view);
  await view.updateComplete;
  return view;
}
