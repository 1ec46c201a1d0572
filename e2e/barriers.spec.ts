import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from 'playwright/test';
import { DebuggerPage, lesson } from './debugger-page.ts';
import { hasOpened } from './model-page.ts';
import { serveTranslated } from './translated-page.ts';

/** Every drawer and panel. */
async function openEverything(page: Page): Promise<void> {
  await page.waitForFunction(hasOpened);
  await page.evaluate(() => {
    const root = document.querySelector('back-step')?.shadowRoot;
    for (const button of root?.querySelectorAll<HTMLElement>('.drawer[aria-expanded=false], .unfold') ?? [])
      button.click();
  });
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => {
    const root = document.querySelector('back-step')?.shadowRoot;
    for (const details of root?.querySelectorAll('details') ?? []) details.open = true;
  });
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(600);
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
          `${Math.round(width)}×${Math.round(height)} ${one.localName}.${one.className} in ${one.closest('[data-tool], details, bs-toolbar')?.getAttribute('data-tool') ?? ''}: ${one.textContent?.trim().slice(0, 30)}`,
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
  test(`all drawers and panels open, ${colorScheme}, ${width} px: no barriers`, async ({ browser }) => {
    test.slow();
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 900 },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(`${lesson}#at=lecture@1.δ1[1]`);
    await openEverything(page);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    expect(await small(page)).toEqual([]);
    const { violations } = await new AxeBuilder({ page }).include('back-step').analyze();
    expect(
      violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)),
    ).toEqual([]);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    await context.close();
  });

for (const width of [320, 1440])
  test(`from right to left at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await serveTranslated(page, { lang: 'ar-XB', dir: 'rtl' });
    await page.goto(`${lesson}#at=lecture@1.δ1[1]`);
    await openEverything(page);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    const debug = new DebuggerPage(page);
    await expect(debug.element.locator('.code').first()).toBeAttached();
    const directions = await page.evaluate(() => {
      const root = document.querySelector('back-step')?.shadowRoot;
      return [
        '.frame',
        '.tools',
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
      '.tools rtl',
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
    expect(await debug.step()).toBe(before + 2);
    await debug.press('ArrowLeft');
    expect(await debug.step()).toBe(before + 1);
    // No target overlaps another.
    const overlapping = await page.evaluate(() => {
      const root = document.querySelector('back-step')?.shadowRoot;
      const all = [
        ...(root?.querySelectorAll<HTMLElement>(
          'button, summary, select, input:not([type=radio], [type=checkbox], [type=range])',
        ) ?? []),
      ]
        .filter((one) => one.checkVisibility() && one.closest('dialog, bs-toolbar, .files') === null)
        .map((one) => ({ one, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0);
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
    expect(overlapping).toEqual([]);
  });
