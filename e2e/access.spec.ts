import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from 'playwright/test';
import { DebuggerPage, lesson } from './debugger-page.ts';

const widths = [390, 1024, 1440];

const findings = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
};

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of widths) {
    test(`axe finds nothing at ${width} px, ${colorScheme}`, async ({ browser }) => {
      test.slow();
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      const debug = new DebuggerPage(page);
      for (const hash of ['#at=lecture@1.h[1].3', '#at=lecture@1.W1[2,2]']) {
        await debug.open(hash);
        expect(await findings(page), hash).toEqual([]);
      }
      await context.close();
    });
  }
}

test('axe finds nothing in the help, at a mistyped number, and in the other pages', async ({ page }) => {
  test.slow();
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.change('W1[1,1]', 'x', 'inputs');
  await debug.press('?');
  expect(await findings(page)).toEqual([]);
  for (const address of ['./', 'the-formula-language.html']) {
    await page.goto(address);
    expect(await findings(page), address).toEqual([]);
  }
});

for (const width of [320, 390, 1024, 1440]) {
  test(`nothing needs scrolling sideways at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    const debug = new DebuggerPage(page);
    for (const hash of ['', '#at=lecture@1.h[1].3', '#at=lecture@1.δ1[1].4', '#at=lecture@2.W1[2,2]']) {
      await debug.open(hash);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide, hash).toBeLessThanOrEqual(0);
    }
  });
}

test('the keyboard alone reaches everything, and the focus stays where it is', async ({ page }) => {
  test.slow();
  const debug = new DebuggerPage(page);
  await debug.open();
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (active === null || active === document.body) return '';
      const label = active instanceof HTMLInputElement ? active.labels?.[0]?.textContent : undefined;
      return active.getAttribute('aria-label') ?? label?.trim() ?? active.textContent?.trim() ?? 'unnamed';
    });
  const reached = new Set<string>();
  /** Presses a key until the focus comes to what it was at before, or leaves the document. */
  const walk = async (key: string): Promise<void> => {
    const walked = new Set<string>();
    for (let name = await focused(); name !== '' && !walked.has(name); name = await focused()) {
      walked.add(name);
      reached.add(name);
      await page.keyboard.press(key);
    }
  };
  await page.keyboard.press('Tab');
  await walk('Tab');
  // Bar and tabs are one stop each, within which ↑ and ↓ lead on.
  for (const usual of ['.bar .next', '.tabs [aria-selected=true]']) {
    await debug.element.locator(usual).focus();
    await walk('ArrowDown');
  }
  // The menu, and a tool with its fields.
  await debug.element.locator('.unfold').focus();
  await page.keyboard.press('Enter');
  // What is in the menu is loaded with it.
  for (const part of ['bs-link-button', 'bs-head-tools', 'bs-precision-bar', 'bs-more-commands'])
    await expect(debug.element.locator(`.menu ${part} button`).first()).toBeVisible();
  await walk('Tab');
  await page.keyboard.press('Escape');
  await debug.element.locator('.tool-tab[data-tool=inputs]').focus();
  await page.keyboard.press('Enter');
  await expect(debug.element.locator('bs-input-fields input').first()).toBeFocused();
  await walk('Tab');
  const names = [...reached].join('\n');
  for (const wanted of [
    'Next operation',
    'Back one operation',
    'Step over',
    'Back over',
    'Step out',
    'Play',
    'link to this step',
    'Full precision|Lecture rounding',
    'step$',
    'learning rate',
    'hidden weight to hidden 1',
    'Code',
    'Keys',
  ]) {
    expect(names).toMatch(new RegExp(wanted, 'mi'));
  }
  const next = debug.element.getByRole('button', { name: /^Next operation/ });
  const before = await debug.step();
  await next.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(next).toBeFocused();
  await expect.poll(() => debug.step()).toBe(before + 2);
});

test('keys step from the first moment, and belong to a field while one types', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => debug.step()).toBe(1);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => debug.step()).toBe(0);
  await debug.show('inputs');
  await debug.field('eta').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('r');
  await expect.poll(() => debug.step()).toBe(0);
  await page.keyboard.press('Escape');
  await expect(debug.field('eta')).toHaveValue('1');
  await page.keyboard.press('F10');
  await expect.poll(() => debug.step()).toBe(1);
});

test('the arrows step on from a choice of precision, and the choice of digits says what it does', async ({
  page,
}) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.openMenu();
  const full = debug.element.getByRole('button', { name: 'Full precision' });
  await full.click();
  await expect(full).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => debug.step()).toBe(2);
  await expect(full).toHaveAttribute('aria-pressed', 'true');
  await debug.element.getByLabel('Significant digits').selectOption('4');
  expect(await debug.element.locator('bs-formula').getAttribute('data-digits')).toBe('4');
});

test('a step is spoken once, and of a burst only the last', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await expect(debug.liveRegion).toHaveText('Opened: All numbers');
  await page.evaluate(() => {
    const region = document.querySelector('[aria-live="polite"]') as HTMLElement;
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver(() => {
      if (region.textContent !== '') heard.push(region.textContent ?? '');
    }).observe(region, { childList: true, characterData: true, subtree: true });
  });
  await debug.element.locator('.frame').evaluate((frame) => {
    for (let n = 0; n < 12; n++)
      frame.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, composed: true }));
  });
  await expect(debug.liveRegion).toHaveText('0.506617, part 2 of hidden 2: e to the power −0.68.');
  const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  expect(new Set(heard).size).toBe(1);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page reads well: prose, formulas and the final numbers', async ({ page }) => {
    await page.goto(lesson);
    const main = page.locator('main');
    await expect(main.getByRole('heading', { name: 'Backpropagation by hand' })).toBeVisible();
    await expect(main.locator('.katex-display').first()).toBeVisible();
    const table = main.locator('back-step table');
    await expect(table).toBeVisible();
    for (const printed of ['0.6637', '−0.0406', '0.000945', '0.5926', '0.8471'])
      await expect(table).toContainText(printed);
    await expect(main.locator('back-step pre')).toContainText('sigmoid(net1[i])');
  });
});

test('reduced motion means none', async ({ browser }) => {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('ArrowRight', 3);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  await context.close();
});
