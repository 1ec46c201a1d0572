import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from 'playwright/test';

const counter = (page: Page) => page.locator('.demo output');

test('says at once what this is and where to begin, and leads there', async ({ page }) => {
  await page.goto('');
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();
  await expect(page.locator('.begin a')).toBeInViewport();
  await page.locator('.begin a').click();
  await expect(page).toHaveURL(/backpropagation-by-hand\.html$/);
});

test('the demo steps by itself until it is touched', async ({ page }) => {
  await page.goto('');
  await expect(counter(page)).toHaveText('1 / 22');
  await expect(counter(page)).toHaveText('2 / 22');
  await page.locator('.demo .slot').click();
  const stopped = await counter(page).innerText();
  await page.waitForTimeout(5000);
  await expect(counter(page)).toHaveText(stopped);
  // Then by hand, both ways; the link follows the step.
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(counter(page)).toHaveText(stopped);
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(counter(page)).not.toHaveText(stopped);
  await expect(page.locator('.demo .open')).toHaveAttribute('href', /#at=lecture@1\.forward\./);
  await page.locator('.demo .open').click();
  await expect(page.locator('back-step bs-formula').first()).toContainText('net');
});

test('the demo goes on when it is asked to, and shows what is computed', async ({ page }) => {
  await page.goto('');
  await page.getByRole('button', { name: 'Stop' }).click();
  for (let step = Number((await counter(page).innerText()).split(' ')[0]); step < 10; step++)
    await page.getByRole('button', { name: 'Next' }).click();
  await expect(counter(page)).toHaveText('10 / 22');
  await expect(page.locator('.demo .slot .phase')).toHaveText('Backward');
  await expect(page.locator('.demo svg .now text.sensitivity')).toContainText('−0.0082');
  await expect(page.locator('.demo svg .number.new').first()).toBeHidden();
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(counter(page)).toHaveText('11 / 22');
});

test('the demo stands still where motion is to be reduced', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('');
  await expect(counter(page)).toHaveText('8 / 22');
  await page.waitForTimeout(5000);
  await expect(counter(page)).toHaveText('8 / 22');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [390, 1440])
    test(`has no barriers and no sideways scrolling: ${colorScheme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await page.goto('');
      await expect(counter(page)).toHaveText('8 / 22');
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    });

test('works without scripts', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL as string });
  const page = await context.newPage();
  await page.goto('');
  await expect(page.locator('.demo .slot .katex-html').first()).toBeVisible();
  await expect(page.locator('.demo .controls')).toBeHidden();
  await expect(page.locator('.lessons li')).not.toHaveCount(0);
  await context.close();
});
