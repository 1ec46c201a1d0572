import { type LitElement, noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';
import type { Session } from '../../src/session/session.ts';
import { send, type ViewRequest } from './events.ts';
import { troubleElement } from './trouble.ts';

/*
 * Views that are loaded when they are first to be seen. Until then the tag stands in the page and keeps what it is given; the element
 * finds it there, and brings its own sheet.
 */

/** A view that is a dialog. */
export interface DialogView extends LitElement {
  session: Session;
  /** Opens it, over all else. */
  show(): void;
}

/** Has the debugger around a view load and define its element; fails where it is not to be had, or where there is no debugger. */
async function requestView(view: Element): Promise<void> {
  const request: ViewRequest = { tag: view.localName };
  send(view, 'backstep-view', request);
  if (request.defined === undefined) throw new Error(`<${request.tag}> stands in no debugger`);
  await request.defined;
}

/** Loads a view for whoever shows its tag. That it is not to be had is told in its place. */
export function loadView(view: HTMLElement): void {
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
    // A template is rendered before it stands in the page, where it can be heard.
    if (!this.isAsked) queueMicrotask(() => loadView(element as HTMLElement));
    this.isAsked = true;
    return noChange;
  }
}

/** `<bs-tensor-grid ${lazy()}>`: a view that is loaded as soon as its tag is there. */
export const lazy = directive(LazyDirective);

/** Loads a view that stands in the page, and gives it when it is drawn. */
export async function drawnView<View extends LitElement>(view: View): Promise<View> {
  await requestView(view);
  await view.updateComplete;
  return view;
}
