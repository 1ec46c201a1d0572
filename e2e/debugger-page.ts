import { expect, type Locator, type Page } from 'playwright/test';

export const lesson = 'backpropagation-by-hand.html';

/** The panels, and what each shows. */
export const panelViews = { code: 'bs-code', cells: 'bs-cell-table', inputs: 'bs-input-fields' } as const;

/** The lesson's page with its debugger, in the words of somebody who uses it. */
export class DebuggerPage {
  readonly element: Locator;

  constructor(readonly page: Page) {
    this.element = page.locator('back-step');
  }

  async open(hash = ''): Promise<void> {
    await this.page.goto(`${lesson}${hash}`);
    await expect(this.element.getByRole('button', { name: /^Next operation/ })).toBeVisible();
    await this.openPanels();
  }

  /** Opens the panels, where there is room for them beside each other. */
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

  /** Presses a key in the debugger, so many times. */
  async press(key: string, times = 1): Promise<void> {
    await this.element.locator('.frame').focus();
    for (let n = 0; n < times; n++) await this.page.keyboard.press(key);
  }

  /** The step within the iteration that the debugger says it is at. */
  async step(): Promise<number> {
    return Number(await this.element.locator('#go-to-step').inputValue());
  }

  /** The text of a cell in the table of all numbers; `column` 1 is the lecture's run, 2 full precision. */
  value(cell: string, version: 'old' | 'new', column: 1 | 2): Locator {
    const data = cell.replaceAll(',', ';');
    return this.element.locator(
      `bs-cell-table tr td:nth-of-type(${column}) [data-cell="${data}"][data-version="${version}"]`,
    );
  }

  field(cell: string): Locator {
    return this.element.locator(`bs-input-fields input[data-cell="${cell.replaceAll(',', ';')}"]`);
  }

  /** What a screen reader was told last. */
  get liveRegion(): Locator {
    return this.page.locator('[aria-live="polite"]').first();
  }
}

/** Collects everything a browser complains of, and every address that is asked for. */
export function watch(page: Page): { complaints: string[]; addresses: string[] } {
  const found = { complaints: [] as string[], addresses: [] as string[] };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') found.complaints.push(message.text());
  });
  page.on('pageerror', (error) => found.complaints.push(String(error)));
  page.on('request', (request) => found.addresses.push(request.url()));
  return found;
}
