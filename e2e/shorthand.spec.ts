import { expect, test } from 'playwright/test';

test('a model in shorthand stands beside the formulas it stands for, the line at work marked in both', async ({
  page,
}) => {
  await page.goto('from-one-sample-to-many.html#at=xor@1.forward');
  const debug = page.locator('back-step').first();
  await debug.locator('.tool-tab[data-tool=written]').click();
  const [written, formulas] = [
    debug.getByRole('list', { name: 'Written' }),
    debug.getByRole('list', { name: 'These formulas' }),
  ];
  await expect(written.locator('.current')).toContainText('layers:');
  await expect(formulas.locator('.current')).toContainText('sum(');
  await debug.locator('.frame').focus();
  await page.keyboard.press('End');
  await expect(written.locator('.current')).toContainText('optimizer:');
  await expect(formulas.locator('.current')).toContainText('<-');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the shorthand is there to be read, and its formulas can be opened', async ({ page }) => {
    await page.goto('from-one-sample-to-many.html');
    const debug = page.locator('back-step').first();
    await expect(debug.locator('pre[data-written]')).toContainText('layers:');
    await debug.getByText('The formulas it stands for').click();
    await expect(debug.locator('pre[data-model]')).toContainText('forward');
  });
});
