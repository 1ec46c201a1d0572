import { expect, type Locator, type Page } from 'playwright/test';
import { DebuggerPage } from './debugger-page.ts';

/** Page object of the formula editor, used by keyboard alone. */
export class FormulasPage extends DebuggerPage {
  /** For one of several debuggers of a page. */
  static on(page: Page, element: Locator): FormulasPage {
    return Object.assign(new FormulasPage(page), { element });
  }

  /** The editable text. */
  get editor(): Locator {
    return this.element.locator('bs-formula-editor .cm-content');
  }

  /** The findings and verdicts, each beside its line. */
  get remarks(): Locator {
    return this.element.locator('bs-formula-editor .cm-line .remark');
  }

  /** A line of the editor in which a text stands, with its remarks. */
  line(text: string): Locator {
    return this.element.locator('bs-formula-editor .cm-line', { hasText: text });
  }

  /** The button that stands for folded lines. */
  get folded(): Locator {
    return this.element.locator('bs-formula-editor .folded');
  }

  get own(): Locator {
    return this.element.locator('.notice.own');
  }

  /** Opens the editor by its key and waits for the focus. */
  async write(): Promise<void> {
    await this.press('e');
    await expect(this.editor).toBeFocused();
  }

  /** Replaces the text of a line, from 1, by keys. */
  async rewriteLine(number: number, text: string): Promise<void> {
    const { keyboard } = this.page;
    await keyboard.press('Control+Home');
    // A long line wraps, so its number in the gutter identifies it.
    const present = this.element.locator('bs-formula-editor .cm-lineNumbers .cm-activeLineGutter');
    while ((await present.innerText()) !== String(number)) await keyboard.press('ArrowDown');
    await keyboard.press('Control+Shift+K');
    await keyboard.press('Home');
    await keyboard.press('Home');
    await keyboard.insertText(`${text}\n`);
    await keyboard.press('ArrowLeft');
  }

  /** Applies the draft by its key. */
  async apply(): Promise<void> {
    await this.page.keyboard.press('Control+Enter');
  }

  /** The text in the editor, without what stands beside its lines; folded lines are left out. */
  text(): Promise<string> {
    return this.editor.evaluate((content) =>
      [...content.querySelectorAll('.cm-line')]
        .map((line) => {
          const own = line.cloneNode(true) as Element;
          for (const beside of own.querySelectorAll('.remark, .folded')) beside.remove();
          return own.textContent;
        })
        .join('\n'),
    );
  }
}
