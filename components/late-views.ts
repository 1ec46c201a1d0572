import type { LitElement } from 'lit';

/**
 * Views that are loaded when they are first to be seen. Each file defines its element, which brings its own sheet. Until then the
 * tag stands in the page and keeps what it is given; the element finds it there.
 */
const files = {
  'bs-code': () => import('./code.ts'),
  'bs-changes': () => import('./changes-bar.ts'),
  'bs-cells': () => import('./cells.ts'),
  'bs-export': () => import('./export.ts'),
  'bs-help': () => import('./help.ts'),
  'bs-inputs': () => import('./inputs.ts'),
  'bs-tensors': () => import('./tensors.ts'),
  'bs-ways': () => import('./more-ways.ts'),
  'bs-written': () => import('./written-model.ts'),
} satisfies Readonly<Record<string, () => Promise<unknown>>>;

export type LateView = keyof typeof files;

/** Loads a view's file; fails where that is not to be had. */
export const loadView = async (tag: LateView): Promise<void> => void (await files[tag]());

/** Loads a view for who shows its tag. That it is not to be had is told to the debugger around. */
export function bringView(host: HTMLElement, tag: LateView): void {
  loadView(tag).catch(() => host.dispatchEvent(new Event(unavailable, { bubbles: true })));
}

/** Loads the field that asks what if a number were another, for whoever opens it; what `ask` does follows. */
export function bringWhatIf(host: HTMLElement, ask: (file: typeof import('./what-if.ts')) => void): void {
  import('./what-if.ts').then(ask, () => host.dispatchEvent(new Event(unavailable, { bubbles: true })));
}

/** The event that tells that a view could not be loaded. */
export const unavailable = 'unavailable';

/** Loads a view that stands in the page, and gives it when it is drawn. */
export async function drawnView<View extends LitElement>(view: View): Promise<View> {
  await loadView(view.localName as LateView);
  await view.updateComplete;
  return view;
}
