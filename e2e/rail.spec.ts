import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import { DebuggerPage } from './debugger-page.ts';

test('the rail stands in the margin, opens over the prose, and marks the section that is read', async ({
  page,
}) => {
  await new DebuggerPage(page).open();
  const rail = page.locator('.rail');
  await expect(rail).toBeVisible();
  await expect(page.locator('.contents')).toBeHidden();
  const title = await page.locator('h1').boundingBox();
  const narrow = await rail.boundingBox();
  expect((narrow?.x ?? 0) + (narrow?.width ?? 0)).toBeLessThanOrEqual(title?.x ?? 0);
  const entry = rail.getByRole('link', { name: /^Gradients.*backward pass$/ });
  await expect(entry).toHaveAttribute('data-phases', 'backward');
  await expect(entry).toHaveAttribute('data-model', 'lecture');
  await rail.hover();
  await entry.click();
  await expect(page.getByRole('heading', { name: 'Gradients' })).toBeInViewport();
  await expect(rail.locator('[aria-current]')).toHaveText(/Gradients/);
  await page.evaluate('scrollTo(0, 0)');
  await expect(rail.locator('[aria-current]')).toHaveCount(0);
});

for (const width of [390, 800, 1280])
  test(`in narrower windows it is a fold above the prose: ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await new DebuggerPage(page).open();
    await expect(page.locator('.rail')).toBeHidden();
    await page.getByText('In this lesson').click();
    const entry = page.locator('.contents').getByRole('link', { name: /^The update/ });
    await expect(entry).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('header.site').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await entry.click();
    await expect(entry).toBeHidden();
    await expect(page.getByRole('heading', { name: 'The update' })).toBeInViewport();
    await expect(page.locator('.contents [aria-current]')).toHaveText(/The update/);
    await page.getByText('In this lesson').click();
    await page.keyboard.press('Escape');
    await expect(entry).toBeHidden();
  });

test('the neighbours are at the page’s head, and the deck is cited at the lesson’s end', async ({ page }) => {
  await page.goto('a-network-is-a-function.html');
  const [before, next] = [page.locator('header [rel="prev"]'), page.locator('header [rel="next"]')];
  await expect(before).toHaveAccessibleName('Before: Backpropagation by hand');
  await expect(next).toHaveAccessibleName('Next: The chain rule, link by link');
  await expect(page.locator('main .prose').last().locator('.source .deck')).toContainText('After Lecture 3');
  await next.click();
  await expect(page).toHaveURL(/the-chain-rule\.html$/);
});
