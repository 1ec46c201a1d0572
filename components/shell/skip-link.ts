import { html, type TemplateResult } from 'lit';
import { frameWords as words } from '../../src/words/shell/frame.ts';

/** The debugger's first tab stop: it leads to `skipEnd` in `root`, from where the next Tab comes to what follows in the page. */
export const skipLink = (root: ParentNode): TemplateResult =>
  html`<button type="button" class="skip-link" @click=${() => skip(root)}>${words.skip}</button>`;

/** The end of the debugger, to which `skipLink` leads; it is neither seen nor a tab stop. */
export const skipEnd = (): TemplateResult =>
  html`<p class="end visually-hidden" tabindex="-1">${words.end}</p>`;

function skip(root: ParentNode): void {
  const end = root.querySelector<HTMLElement>('.end.visually-hidden');
  if (end === null) return;
  // From what is no tab stop, Chromium's Tab goes round within the debugger; it is one only while it has the focus.
  end.tabIndex = 0;
  end.addEventListener('blur', () => end.setAttribute('tabindex', '-1'), { once: true });
  end.focus({ preventScroll: true });
}
