import { expect, type Page, test } from 'playwright/test';
import type { Session } from '../src/session/session.ts';
import { DebuggerPage, watch } from './debugger-page.ts';
import { FormulasPage } from './formulas-page.ts';

/**
 * Opens the debugger, changes a number, chooses full precision and another step; gives the address that its link button makes.
 */
async function sealed(debug: DebuggerPage): Promise<string> {
  await debug.open();
  await debug.change('x[1]', '0.1234567890123456', 'inputs');
  await debug.press('ArrowRight', 65);
  await debug.press('r');
  await debug.copyLink();
  await expect.poll(() => debug.page.url()).toContain('#go=lecture.1.');
  return debug.page.url();
}

test('a link carries everything, and nothing else is shown before it is followed', async ({ page }) => {
  const { complaints } = watch(page);
  const debug = new DebuggerPage(page);
  const address = await sealed(debug);
  const sentence = await debug.element.locator('bs-formula .sentence').innerText();
  await page.goto('about:blank');
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const look = () => {
      const text = document
        .querySelector('back-step')
        ?.shadowRoot?.querySelector('bs-formula .count')?.textContent;
      if (text && text !== seen.at(-1)) seen.push(text);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(address);
  await expect(debug.element.locator('bs-formula .sentence')).toHaveText(sentence);
  await expect.poll(() => debug.step()).toBe(5);
  await debug.show('inputs');
  await expect(debug.field('x[1]')).toHaveValue('0.1234567890123456');
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen.length)).toBe(1);
  expect(complaints).toEqual([]);
});

test('a link that was cut or damaged says so, changes nothing, and takes no key away', async ({ page }) => {
  const { complaints } = watch(page);
  const debug = new DebuggerPage(page);
  // What stands behind the link, such as which tool was open, has no part in this.
  const address = (await sealed(debug)).replace(/&.*/, '');
  const damaged = address.replace(/(.{20})(.)(.{9})$/, (_, a, b, c) => `${a}${b === 'A' ? 'B' : 'A'}${c}`);
  for (const [link, message] of [
    [address.slice(0, -20), 'cut short'],
    [damaged, 'damaged'],
    [address.replace('#go=lecture', '#go=other'), 'not on this page'],
  ]) {
    await page.goto('about:blank');
    await page.goto(link);
    await expect(debug.element.locator('.notice')).toContainText(message);
    await debug.show('inputs');
    await expect(debug.field('x[1]')).toHaveValue('0.35');
    await debug.press('ArrowRight');
    await expect.poll(() => debug.step()).toBe(1);
  }
  expect(complaints).toEqual([]);
});

test('without the part that reads sealed links the page says so and works', async ({ page }) => {
  const debug = new DebuggerPage(page);
  const address = await sealed(debug);
  await page.goto('about:blank');
  await page.route(/full-link/, (route) => route.abort());
  await page.goto(address);
  await expect(debug.element.locator('.notice')).toContainText('did not load');
  await debug.press('ArrowRight');
  await expect.poll(() => debug.step()).toBe(1);
});

/** The hash of the page's address, without what stands behind the place: which tool is open, and the like. */
const placeIn = (page: Page): string => new URL(page.url()).hash.replace(/&(tool|sheet|picture)=[a-z]*/g, '');

test('the address follows the reader, and Back leads to where the reader was', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('ArrowRight', 3);
  await expect.poll(() => placeIn(page)).toBe('#at=lecture@1.net1%5B1%5D');
  const entries = await page.evaluate(() => history.length);
  await page.locator('a.fact', { hasText: '−0.0406' }).first().click();
  await expect(debug.value('δ2[1]', 'old', 1)).toHaveText('−0.0406');
  expect(await page.evaluate(() => history.length)).toBe(entries + 1);
  await debug.press('ArrowRight', 2);
  await expect.poll(() => placeIn(page)).toBe('#at=lecture@1.%CE%B41%5B1%5D.2');
  await debug.press('r');
  await expect.poll(() => placeIn(page)).toBe('#at=lecture@1.%CE%B41%5B1%5D.2&run=full');
  const there = await debug.step();
  expect(await page.evaluate(() => history.length)).toBe(entries + 1);
  await page.reload();
  await expect(debug.element.locator('#go-to-step')).toHaveValue(String(there));
  await page.locator('a.fact', { hasText: '−0.0406' }).first().click();
  await expect.poll(() => debug.step()).toBe(there - 2);
  await page.goBack();
  await expect.poll(() => debug.step()).toBe(there);
  await page.goBack();
  await expect.poll(() => debug.step()).toBe(3);
});

test('a heading in the address gives way to a step, another use of the page does not', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open('#the-update');
  await debug.press('ArrowRight', 3);
  await expect.poll(() => placeIn(page)).toBe('#at=lecture@1.net1%5B1%5D');
  await page.goto('about:blank');
  await debug.open('#/course/3');
  await debug.press('ArrowRight', 2);
  await page.waitForTimeout(1000);
  expect(new URL(page.url()).hash).toBe('#/course/3');
});

test('a reload comes back to the step, the tool and the picture, of every debugger', async ({ page }) => {
  await page.goto('one-network-four-conventions.html');
  const all = page.locator('back-step');
  const steps = [7, 19, 4, 11];
  for (const [at, step] of steps.entries()) {
    const one = all.nth(at);
    await one.scrollIntoViewIfNeeded();
    await expect(one.locator('.frame')).toBeVisible();
    await one.evaluate(
      (element, step) => (element as unknown as { session: Session }).session.goTo(step),
      step,
    );
  }
  const last = all.nth(3);
  await last.locator('.tool-tab[data-tool=cells]').click();
  await last.locator('.as-table').click();
  await expect.poll(() => page.url()).toContain('&tool=cells&picture=table');
  await page.reload();
  for (const [at, step] of steps.entries())
    await expect(all.nth(at).locator('#go-to-step')).toHaveValue(String(step));
  await expect(last.locator('.tool-content[data-tool=cells] table')).toBeVisible();
  await expect(last.locator('.network-table').first()).toBeVisible();
});

test('a reload on a phone comes back to the height of the sheet and its tool', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('ArrowRight', 9);
  await debug.raise();
  await debug.element.locator('.tool-tab[data-tool=watches]').click();
  await expect.poll(() => page.url()).toContain('&tool=watches&sheet=all');
  await page.reload();
  await expect(debug.element.locator('#go-to-step')).toHaveValue('9');
  await expect(debug.element).toHaveAttribute('data-detent', 'all');
  await expect(debug.element.locator('.tool-tab[data-tool=watches]')).toHaveAttribute(
    'aria-selected',
    'true',
  );
});

test('a page that is left at once has the last step in its address', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.change('eta', '10');
  await debug.press('ArrowRight', 1);
  await expect.poll(() => placeIn(page)).toContain('#go=lecture');
  await debug.press('ArrowRight', 4);
  await page.reload();
  await expect(debug.element.locator('#go-to-step')).toHaveValue('5');
  await debug.show('inputs');
  await expect(debug.field('eta')).toHaveValue('10');
});

test('works in a frame that may not change its address', async ({ page }) => {
  const { complaints } = watch(page);
  await page.addInitScript(() => {
    History.prototype.replaceState = () => {
      throw new DOMException('not here', 'SecurityError');
    };
  });
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@1.h[1].3');
  await debug.change('eta', '10', 'inputs');
  await debug.press('ArrowRight', 2);
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await debug.copyLink();
  await expect(debug.element.locator('.shown-link')).toHaveValue(/#go=lecture\.1\./);
  await page.waitForTimeout(800);
  expect(complaints).toEqual([]);
});

test('a link brings the formulas that the reader has written, and a place may be written as the page writes it', async ({
  page,
}) => {
  const debug = new FormulasPage(page);
  await debug.open('#at=lecture@1.∂L/∂W^1_{1,2}');
  await expect(debug.element.locator('bs-formula .caption code')).toHaveText('g1[1,2]');
  const lines = (await page.locator('back-step pre[data-model]').textContent())?.split('\n') ?? [];
  const line = lines.findIndex((text) => text.includes('= sigmoid(net2[k])'));
  await debug.write();
  await debug.rewriteLine(line + 1, '  y[k] = tanh(net2[k])');
  await debug.apply();
  await expect(debug.own).toBeVisible();
  await debug.press('Home');
  await debug.press('ArrowDown', 6);
  const sentence = await debug.element.locator('bs-formula .sentence').innerText();
  await debug.copyLink();
  await expect.poll(() => page.url()).toContain('#go=lecture.1.');
  const address = page.url();
  expect(address.length).toBeLessThan(2000);
  await page.goto('about:blank');
  await page.goto(address);
  await expect(debug.element.locator('bs-formula .sentence')).toHaveText(sentence);
  await expect(debug.own).toBeVisible();
  await debug.own.getByRole('button').click();
  await expect(debug.own).toHaveCount(0);
  await expect(debug.element.locator('bs-formula .sentence')).not.toHaveText(sentence);
});
