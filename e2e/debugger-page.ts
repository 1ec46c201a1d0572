import { expect, type Locator, type Page } from 'playwright/test';

/** The lecture's example, relative to the site. */
export const lesson = 'backpropagation-by-hand.html';

/** Page object of the lesson's page and its debugger, in a user's terms. */
export class DebuggerPage {
  /** The `<back-step>` element. */
  readonly element: Locator;

  constructor(readonly page: Page) {
    this.element = page.locator('back-step');
  }

  /**
   * Opens the lesson at a hash (with `#`), waits for the debugger, and opens a tool, by default the table of all numbers; none in a
   * narrow window, where the debugger is a sheet.
   */
  async open(hash = '', tool = 'cells'): Promise<void> {
    await this.page.goto(`${lesson}${hash}`);
    await expect(this.element.getByRole('button', { name: /^Next operation/ })).toBeVisible();
    const { width } = this.page.viewportSize() ?? { width: 0 };
    if (width >= 560) await this.show(tool);
  }

  /** Opens a tool by its id and waits for its view; the focus stays where it is. */
  async show(tool: string): Promise<Locator> {
    await this.element.locator('bs-tool-tabs').evaluate(async (tabs, id) => {
      await (tabs as unknown as { show(id: string, how: object): Promise<unknown> }).show(id, {
        keepsFocus: true,
      });
    }, tool);
    const content = this.element.locator(`.tool-content[data-tool=${tool}]`);
    await expect(content.locator(':scope > * > *').first()).toBeAttached();
    return content;
  }

  /** The ids of the tools that the model has a use for. */
  tools(): Promise<string[]> {
    return this.element
      .locator('.tool-tab')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.tool ?? ''));
  }

  /** Opens the toolbar's menu by a click, where it is closed. */
  async openMenu(): Promise<Locator> {
    const menu = this.element.locator('.menu');
    if (!(await menu.isVisible())) await this.element.locator('.unfold').click();
    await expect(menu).toBeVisible();
    return menu;
  }

  /** Closes the toolbar's menu, where it is open. */
  async closeMenu(): Promise<void> {
    const menu = this.element.locator('.menu');
    if (await menu.isVisible()) await this.element.locator('.unfold').click();
    await expect(menu).toBeHidden();
  }

  /** Draws the sheet that a narrow page has all the way up. */
  async raise(): Promise<void> {
    const grip = this.element.locator('.grip');
    for (let n = 0; n < 2 && (await grip.count()) > 0; n++) await grip.press('ArrowUp');
  }

  /** Presses the link button in the menu. */
  async copyLink(): Promise<void> {
    await (await this.openMenu()).locator('bs-link-button button').click();
  }

  /** Chooses how many significant digits are shown. */
  async chooseDigits(count: number): Promise<void> {
    const menu = await this.openMenu();
    await menu.getByLabel('Significant digits').selectOption(String(count));
    await this.closeMenu();
  }

  /** Changes a given number in the tool for that, and opens another afterwards, by default the table of all numbers. */
  async change(cell: string, text: string, after = 'cells'): Promise<void> {
    await this.show('inputs');
    await this.field(cell).fill(text);
    await this.field(cell).press('Enter');
    if (after !== 'inputs') await this.show(after);
  }

  /** Moves the focus to the debugger and presses a key `times` times. */
  async press(key: string, times = 1): Promise<void> {
    await this.element.locator('.frame').focus();
    for (let n = 0; n < times; n++) await this.page.keyboard.press(key);
  }

  /** The step within the iteration that the debugger shows. */
  async step(): Promise<number> {
    return Number(await this.element.locator('#go-to-step').inputValue());
  }

  /**
   * The number of a cell, such as `W1[1,2]`, in the table of all numbers; `column` 1 is the lecture's rounding, 2 full precision.
   */
  value(cell: string, version: 'old' | 'new', column: 1 | 2): Locator {
    const data = cell.replaceAll(',', ';');
    return this.element.locator(
      `bs-cell-table tr td:nth-of-type(${column}) [data-cell="${data}"][data-version="${version}"]`,
    );
  }

  /** The input field of a given number, in the tool `inputs`. */
  field(cell: string): Locator {
    return this.element.locator(`bs-input-fields input[data-cell="${cell.replaceAll(',', ';')}"]`);
  }

  /** The live region, whose text was announced last. */
  get liveRegion(): Locator {
    return this.page.locator('[aria-live="polite"]').first();
  }
}

/**
 * Collects errors and warnings of the page's console and uncaught errors as `complaints`, and the address of every request; the
 * arrays grow as they occur.
 */
export function watch(page: Page): { complaints: string[]; addresses: string[] } {
  const found = { complaints: [] as string[], addresses: [] as string[] };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') found.complaints.push(message.text());
  });
  page.on('pageerror', (error) => found.complaints.push(String(error)));
  page.on('request', (request) => found.addresses.push(request.url()));
  return found;
}
