import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from 'playwright/test';
import { DebuggerPage } from './debugger-page.ts';
import { serveModel } from './model-page.ts';
import { digitNetwork } from './networks.ts';

const isFull = (debug: DebuggerPage): Promise<boolean> =>
  debug.element.evaluate((element) => element.hasAttribute('data-full'));

const violations = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).include('back-step').analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
};

/** The font size of the formula's views, in CSS pixels. */
const size = (debug: DebuggerPage, selector: string): Promise<number> =>
  debug.element
    .locator(selector)
    .first()
    .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));

test.describe('the whole screen', () => {
  test.use({ viewport: { width: 1280, height: 720 } });

  test('shows formula, drawing and sentence at once, in large type, and goes back', async ({ page }) => {
    test.slow();
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.δ1[1].3');
    const before = await size(debug, '.lines .numbers .katex');
    await debug.press('f');
    await expect.poll(() => isFull(debug)).toBe(true);
    for (const part of ['.lines .right >> nth=-1', '.network .unit >> nth=-1', '.sentence', '.bar .next'])
      await expect(debug.element.locator(part)).toBeInViewport({ ratio: 0.99 });
    expect(await size(debug, '.lines .numbers .katex')).toBeGreaterThan(Math.max(22, 1.2 * before));
    expect(await violations(page)).toEqual([]);
    await debug.press('ArrowRight');
    await expect.poll(() => debug.step()).toBe(32);
    await debug.press('f');
    await expect.poll(() => isFull(debug)).toBe(false);
    expect(await page.evaluate(() => document.fullscreenElement)).toBeNull();
  });

  test('is the window where the page may not have the screen; Escape ends it', async ({ page }) => {
    await page.addInitScript(() => {
      Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('not allowed'));
    });
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.δ1[1].3');
    await (await debug.openMenu()).getByRole('button', { name: 'Full screen' }).click();
    await debug.closeMenu();
    await expect(debug.element.locator('.sentence')).toBeInViewport({ ratio: 0.99 });
    const box = await debug.element.boundingBox();
    expect(box).toEqual({ x: 0, y: 0, width: 1280, height: 720 });
    await debug.press('Escape');
    await expect.poll(() => isFull(debug)).toBe(false);
    expect(await debug.element.getAttribute('popover')).toBeNull();
  });
});

test.describe('the divider', () => {
  test.use({ viewport: { width: 1200, height: 800 } });
  const separator = (debug: DebuggerPage) => debug.element.getByRole('separator');
  const width = (debug: DebuggerPage) =>
    debug.element.locator('bs-formula').evaluate((element) => element.getBoundingClientRect().width);

  test('moves by keys and by dragging, and is remembered', async ({ page }) => {
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.δ1[1].3');
    const before = await width(debug);
    await separator(debug).focus();
    for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowLeft');
    await expect(separator(debug)).toHaveAttribute('aria-valuenow', '41');
    expect(await width(debug)).toBeLessThan(before - 80);
    await expect.poll(() => debug.step()).toBe(31);
    const box = await separator(debug).boundingBox();
    if (box === null) throw new Error('no separator');
    await page.mouse.move(box.x + box.width / 2, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 120, box.y + 30);
    await page.mouse.up();
    const valueNow = () => separator(debug).getAttribute('aria-valuenow');
    await expect.poll(async () => Number(await valueNow())).toBeGreaterThan(45);
    const now = await valueNow();
    await page.reload();
    await expect(separator(debug)).toHaveAttribute('aria-valuenow', now ?? '');
  });

  test('works where nothing may be stored', async ({ page }) => {
    await page.addInitScript(() =>
      Object.defineProperty(globalThis, 'localStorage', {
        get: () => {
          throw new DOMException('blocked', 'SecurityError');
        },
      }),
    );
    const debug = new DebuggerPage(page);
    await debug.open();
    await separator(debug).focus();
    await page.keyboard.press('End');
    await expect(separator(debug)).toHaveAttribute('aria-valuenow', '75');
  });
});

test.describe('the drawing', () => {
  const sight = async (debug: DebuggerPage): Promise<number[]> =>
    ((await debug.element.locator('.network').getAttribute('viewBox')) ?? '').split(' ').map(Number);
  /** The visible part once it no longer moves: the drawing follows a step when there is time to paint. */
  const rest = async (debug: DebuggerPage): Promise<number[]> => {
    let last: number[] = [];
    await expect
      .poll(async () => {
        const before = last;
        last = await sight(debug);
        return `${last}` === `${before}`;
      })
      .toBe(true);
    return last;
  };

  test('is enlarged and moved by keys, wheel and pointer, and follows the steps', async ({ page }) => {
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.net1[1].1');
    const whole = await sight(debug);
    for (const key of ['+', '+', '+', '+']) await debug.press(key);
    await expect.poll(async () => (await sight(debug))[2]).toBeLessThan(whole[2] / 3);
    await expect(debug.element.locator('.mark.target').first()).toBeInViewport();
    // To the far end of the network.
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowLeft');
    const step = await debug.step();
    const [x] = await rest(debug);
    const view = debug.element.locator('.sight');
    await view.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(async () => (await sight(debug))[0]).toBeLessThan(x);
    await expect.poll(() => debug.step()).toBe(step);
    const box = await view.boundingBox();
    if (box === null) throw new Error('no drawing');
    const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
    const [before] = await rest(debug);
    await page.mouse.move(middleX, middleY);
    await page.mouse.down();
    await page.mouse.move(middleX + 120, middleY, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await sight(debug))[0]).toBeLessThan(before);
    await expect.poll(() => debug.step()).toBe(step);
    await debug.press('0');
    await expect.poll(() => sight(debug)).toEqual(whole);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await expect.poll(async () => (await sight(debug))[2]).toBeLessThan(whole[2]);
  });

  test('says the same as a table', async ({ page }) => {
    test.slow();
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.δ1[1].3');
    const titles = await debug.element.locator('.network title').allTextContents();
    // After the number stands what the cell is called, and the slope.
    const numbers = new Set(titles.flatMap((title) => / = ([^,]+)/.exec(title)?.[1] ?? []));
    expect(numbers.size).toBeGreaterThan(5);
    await debug.element.getByRole('button', { name: 'as a table' }).click();
    const table = debug.element.locator('.network-table');
    await expect(table).toContainText('0.35');
    const text = (await table.innerText()).replaceAll('\n', ' ');
    for (const number of numbers) expect(text).toContain(number);
    expect(await violations(page)).toEqual([]);
    await table.locator('[data-cell="x1[1]"], [data-cell="h[1]"]').first().click();
    await expect(debug.element.locator('bs-formula code')).toHaveText('h[1]');
    await debug.element.getByRole('button', { name: 'as a table' }).click();
    await expect(debug.element.locator('.network')).toBeVisible();
  });
});

test.describe('a long formula', () => {
  for (const width of [320, 390, 1440])
    test(`goes on below at ${width} px; nothing of it is out of sight`, async ({ page }) => {
      test.slow();
      await page.setViewportSize({ width, height: 844 });
      await serveModel(page, digitNetwork([8, 20, 10]));
      const debug = new DebuggerPage(page);
      await debug.open('#at=lecture@1.z1[3].15');
      await debug.raise();
      const wide = await debug.element
        .locator('.lines .right')
        .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length);
      expect(wide).toBe(0);
      const lines = debug.element.locator('.lines .right.numbers').first();
      const bottoms = await lines
        .locator('.katex-base')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().bottom));
      const rows = bottoms.filter((bottom, at) => at === 0 || bottom > bottoms[at - 1] + 10);
      if (width < 500) expect(rows.length).toBeGreaterThanOrEqual(3);
      // A marked part keeps its mark in the next line.
      expect(await lines.locator('[data-now]').count()).toBeGreaterThan(1);
      expect(await violations(page)).toEqual([]);
    });
});

test.describe('at a desk', () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test('one tool at a time, in the place of the code; its first field has the focus, which Escape gives back', async ({
    page,
  }) => {
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.δ1[1].3', 'code');
    const tab = (id: string) => debug.element.locator(`.tool-tab[data-tool=${id}]`);
    const content = (id: string) => debug.element.locator(`.tool-content[data-tool=${id}]`);
    await expect(content('code')).toBeVisible();
    await tab('watches').click();
    await expect(debug.element.getByLabel('Expression to watch')).toBeFocused();
    await page.keyboard.type('b');
    expect(await debug.element.evaluate((one) => Reflect.get(one, 'session').state.breakpoints.length)).toBe(
      0,
    );
    await expect(content('code')).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(tab('watches')).toBeFocused();
    await expect(content('code')).toBeVisible();
    await tab('why').click();
    await expect(debug.element.getByLabel('Cell or number to ask about')).toBeFocused();
    await tab('inputs').click();
    await expect(content('why')).toHaveCount(0);
    await expect(debug.element.locator('bs-input-fields input').first()).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => debug.step()).toBe(31);
    // A number of the drawing is asked about without leaving it.
    await debug.press('w');
    await expect(content('why')).toBeVisible();
    await debug.press('ArrowRight');
    await expect.poll(() => debug.step()).toBe(32);
  });

  test('a tool that is opened is seen, however it was asked for', async ({ page }) => {
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.δ1[1].3');
    await debug.press('Shift+B');
    await expect(debug.element.getByLabel('Stop where')).toBeInViewport({ ratio: 0.99 });
    await debug.press('Shift+W');
    await expect(debug.element.getByLabel('Expression to watch')).toBeInViewport({ ratio: 0.99 });
  });
});
