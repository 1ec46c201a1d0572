import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from 'playwright/test';
import { DebuggerPage, lesson } from './debugger-page.ts';
import { hasOpened } from './model-page.ts';
import { serveTranslated } from './translated-page.ts';

/** Opens one tool with all that can be unfolded in it. */
async function open(page: Page, tool: string): Promise<void> {
  await page.waitForFunction(hasOpened);
  await new DebuggerPage(page).show(tool);
  await page.evaluate(() => {
    const root = document.querySelector('back-step')?.shadowRoot;
    for (const details of root?.querySelectorAll('details') ?? []) details.open = true;
  });
  await page.waitForTimeout(150);
}

/** Targets smaller than 24 px each way, unless they are in a line of text or can be used otherwise, too. */
const small = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const root = document.querySelector('back-step')?.shadowRoot;
    const found = new Set<string>();
    for (const one of root?.querySelectorAll<HTMLElement>(
      'button, summary, select, input, a[href], [tabindex="0"], [role=button]',
    ) ?? []) {
      const label = one.closest('label') ?? one;
      const { width, height } = (
        one.matches('input[type=radio], input[type=checkbox], input[type=file]') ? label : one
      ).getBoundingClientRect();
      if (width === 0 || height === 0 || !one.checkVisibility()) continue;
      if (width < 23.9 || height < 23.9)
        found.add(
          `${Math.round(width)}×${Math.round(height)} ${one.localName}.${one.className} in ${one.closest('[data-tool], bs-toolbar')?.getAttribute('data-tool') ?? ''}: ${one.textContent?.trim().slice(0, 30)}`,
        );
    }
    return [...found];
  });

const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const [colorScheme, width] of [
  ['light', 1440],
  ['dark', 390],
  ['light', 320],
] as const)
  test(`each tool, and the menu, ${colorScheme}, ${width} px: no barriers`, async ({ browser }) => {
    test.slow();
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 900 },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(`${lesson}#at=lecture@1.δ1[1]`);
    await page.waitForFunction(hasOpened);
    const debug = new DebuggerPage(page);
    for (const tool of [...(await debug.tools()), 'menu']) {
      if (tool === 'menu') await debug.openMenu();
      else await open(page, tool);
      expect(await sideways(page), tool).toBeLessThanOrEqual(0);
      expect(await small(page), tool).toEqual([]);
      const { violations } = await new AxeBuilder({ page }).include('back-step').analyze();
      expect(
        violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)),
        tool,
      ).toEqual([]);
    }
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    await context.close();
  });

for (const width of [320, 1440])
  test(`from right to left at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await serveTranslated(page, { lang: 'ar-XB', dir: 'rtl' });
    await page.goto(`${lesson}#at=lecture@1.δ1[1]`);
    const debug = new DebuggerPage(page);
    await page.waitForFunction(hasOpened);
    await expect(debug.element.locator('.code').first()).toBeAttached();
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    const directions = await page.evaluate(() => {
      const root = document.querySelector('back-step')?.shadowRoot;
      return [
        '.frame',
        '.tabs',
        '.katex',
        '.code',
        'bs-network-drawing svg',
        '.range',
        '.buttons',
        '#go-to-step',
      ].map((selector) => {
        const found = root?.querySelector(selector);
        return `${selector} ${found ? getComputedStyle(found).direction : 'is missing'}`;
      });
    });
    expect(directions).toEqual([
      '.frame rtl',
      '.tabs rtl',
      '.katex ltr',
      '.code ltr',
      'bs-network-drawing svg ltr',
      '.range ltr',
      '.buttons ltr',
      '#go-to-step ltr',
    ]);
    // The drawing and the formulas run from left to right, and so do the keys.
    const before = await debug.step();
    await debug.press('ArrowRight', 2);
    await expect.poll(() => debug.step()).toBe(before + 2);
    await debug.press('ArrowLeft');
    await expect.poll(() => debug.step()).toBe(before + 1);
    // No target overlaps another, in any tool.
    for (const tool of await debug.tools()) {
      await open(page, tool);
      expect(await sideways(page), tool).toBeLessThanOrEqual(0);
      expect(await overlapping(page), tool).toEqual([]);
    }
  });

/** Pairs of targets in the frame that overlap. */
const overlapping = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    /** The part of its box that what scrolls or cuts off around it shows. */
    const seen = (one: Element) => {
      let { left, top, right, bottom } = one.getBoundingClientRect();
      for (let around = one.parentElement; around !== null; around = around.parentElement) {
        if (getComputedStyle(around).overflowY === 'visible') continue;
        const edge = around.getBoundingClientRect();
        [left, top] = [Math.max(left, edge.left), Math.max(top, edge.top)];
        [right, bottom] = [Math.min(right, edge.right), Math.min(bottom, edge.bottom)];
      }
      return { left, top, right, bottom };
    };
    const root = document.querySelector('back-step')?.shadowRoot;
    const all = [
      ...(root?.querySelectorAll<HTMLElement>(
        'button, summary, select, input:not([type=radio], [type=checkbox], [type=range])',
      ) ?? []),
    ]
      .filter(
        (one) => one.checkVisibility() && one.closest('dialog, bs-toolbar, .files, .grip, .tabs') === null,
      )
      .map((one) => ({ one, box: seen(one) }))
      .filter(({ box }) => box.right > box.left && box.bottom > box.top);
    return all.flatMap(({ one, box }, at) =>
      all
        .slice(at + 1)
        .filter(
          ({ one: other, box: b }) =>
            !one.contains(other) &&
            !other.contains(one) &&
            box.left < b.right - 1 &&
            b.left < box.right - 1 &&
            box.top < b.bottom - 1 &&
            b.top < box.bottom - 1,
        )
        .map(
          ({ one: other }) =>
            `${one.className} ${one.textContent?.trim()} | ${other.className} ${other.textContent?.trim()}`,
        ),
    );
  });
