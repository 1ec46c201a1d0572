import { expect, type Locator, type Page } from 'playwright/test';
import { DebuggerPage } from './debugger-page.ts';

/** The formulas of a debugger, in the words of somebody who writes them by keyboard alone. */
export class FormulasPage extends DebuggerPage {
  /** On one of a page's debuggers. */
  static on(page: Page, element: Locator): FormulasPage {
    return Object.assign(new FormulasPage(page), { element });
  }

  get editor(): Locator {
    return this.element.locator('bs-formula-editor .cm-content');
  }

  get findings(): Locator {
    return this.element.locator('bs-formula-editor .findings li');
  }

  get own(): Locator {
    return this.element.locator('.notice.own');
  }

  /** Opens the editor by its key; the cursor is in it then. */
  async write(): Promise<void> {
    await this.press('e');
    await expect(this.editor).toBeFocused();
  }

  /** Replaces what stands in a line, by keys. */
  async rewriteLine(number: number, text: string): Promise<void> {
    const { keyboard } = this.page;
    await keyboard.press('Control+Home');
    // A long line is broken into several rows, so the number beside it tells which one it is.
    const present = this.element.locator('bs-formula-editor .cm-activeLineGutter');
    while ((await present.innerText()) !== String(number)) await keyboard.press('ArrowDown');
    await keyboard.press('Control+Shift+K');
    await keyboard.press('Home');
    await keyboard.press('Home');
    await keyboard.insertText(`${text}\n`);
    await keyboard.press('ArrowLeft');
  }

  async apply(): Promise<void> {
    await this.page.keyboard.press('Control+Enter');
  }

  /** The text that stands in the editor. */
  text(): Promise<string> {
    return this.editor.evaluate((content) =>
      [...content.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n'),
    );
  }
}
