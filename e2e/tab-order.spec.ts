import { expect, type Page, test } from 'playwright/test';
import { DebuggerPage, lesson } from './debugger-page.ts';

/** What has the focus, in words, and whether its box is in the window and nothing lies over its middle; '' where nothing has it. */
const focused = (page: Page): Promise<{ readonly name: string; readonly trouble: string }> =>
  page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (active === null || active === document.body) return { name: '', trouble: '' };
    const name = `${active.localName} ${active.getAttribute('aria-label') ?? active.textContent?.trim().slice(0, 40)}`;
    // The first box of a link that goes over two lines.
    const box = active.getClientRects()[0] ?? active.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    // What is as large as the page, as its main part, has no middle to be covered.
    if (box.height > innerHeight / 2) return { name, trouble: '' };
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return { name, trouble: 'out of the window' };
    let top = document.elementFromPoint(x, y);
    while (top?.shadowRoot?.elementFromPoint(x, y)) {
      const inner: Element | null = top.shadowRoot.elementFromPoint(x, y);
      if (inner === null || inner === top) break;
      top = inner;
    }
    const isFree = top !== null && (active.contains(top) || top.contains(active));
    return { name, trouble: isFree ? '' : `under ${top?.localName}.${top?.getAttribute('class')}` };
  });

for (const [width, height] of [
  [1440, 780],
  [768, 1024],
  [390, 844],
] as const)
  test(`Tab and Shift Tab lead through the page at ${width} × ${height}, and nothing covers what has the focus`, async ({
    page,
  }) => {
    test.slow();
    await page.setViewportSize({ width, height });
    const debug = new DebuggerPage(page);
    await page.goto(lesson);
    await expect(debug.element.locator('.code')).toBeAttached();
    const troubles: string[] = [];
    for (const key of ['Tab', 'Shift+Tab']) {
      const names: string[] = [];
      for (let n = 0; n < 400; n++) {
        await page.keyboard.press(key);
        const { name, trouble } = await focused(page);
        if (name === '') break;
        names.push(name);
        if (trouble !== '') troubles.push(`${key} ${n}: ${name} ${trouble}`);
      }
      expect(names.length, `${key} comes round`).toBeLessThan(400);
      if (key === 'Tab')
        expect(
          names.findIndex((name) => name.startsWith('button Next operation')),
          names.slice(0, 8).join(', '),
          // After the page's header: the course, this lesson's sections, its neighbours.
        ).toBeLessThan(7);
    }
    expect(troubles).toEqual([]);
  });
