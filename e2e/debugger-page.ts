import { expect, type Locator, type Page } from 'playwright/test';

/** The lecture's example, relative to the site. */
export const lesson = 'backpropagation-by-hand.html';

/** The panels by id, with the tag of the view in each. */
export const panelViews = { code: 'bs-code', cells: 'bs-cell-table', inputs: 'bs-input-fields' } as const;

/** Page object of the lesson's page and its debugger, in a user's terms. */
export class DebuggerPage {
  /** The `<back-step>` element. */
  readonly element: Locator;

  constructor(readonly page: Page) {
    this.element = page.locator('back-step');
  }

  /** Opens the lesson at a hash (with `#`), waits for the debugger and opens its panels. */
  async open(hash = ''): Promise<void> {
    await this.page.goto(`${lesson}${hash}`);
    await expect(this.element.getByRole('button', { name: /^Next operation/ })).toBeVisible();
    await this.openPanels();
  }

  /** Opens the panels and waits for their views; does nothing in a narrow debugger. */
  async openPanels(): Promise<void> {
    const isNarrow = this.element.locator('bs-panels').evaluate((panels) => Reflect.get(panels, 'isNarrow'));
    if (await isNarrow) return;
    for (const [id, view] of Object.entries(panelViews)) {
      const panel = this.element.locator(`.${id}-panel`);
      // Not by a click: the focus stays where it is.
      await panel.evaluate((details: HTMLDetailsElement) => {
        details.open = true;
      });
      await expect(panel.locator(`${view} > *`).first()).toBeAttached();
    }
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

  /** The input field of a given number. */
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
