import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import { DebuggerPage, watch } from './debugger-page.ts';

test('puts a run beside another, and goes from difference to difference', async ({ page }) => {
  const { complaints } = watch(page);
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('v');
  const tool = debug.element.locator('bs-compare');
  const outcome = tool.locator('.outcome [data-told]');
  await expect(outcome).toContainText(
    'They part first in iteration 1, step 10: h[1] stores 0.68 here and 0.680267197 there.',
  );
  await tool.getByRole('button', { name: 'Go there' }).click();
  await expect.poll(() => debug.step()).toBe(10);
  await expect(tool.locator('.compared').first()).toContainText('stored');
  await tool.getByRole('button', { name: 'Next difference' }).click();
  await expect(outcome).toContainText('They part in iteration 1, step');
  await expect.poll(() => debug.step()).toBeGreaterThan(10);
  await tool.getByRole('button', { name: 'Previous difference' }).click();
  await expect.poll(() => debug.step()).toBe(10);

  const versus = tool.getByLabel('This run beside');
  await versus.selectOption({ label: 'updated W2 used too early' });
  await expect(outcome).toContainText('δ1[1] reads W2[1,1], 0.3 here and 0.2724 there.');

  await versus.selectOption({ label: 'another number in one cell' });
  await tool.getByLabel('Cell').fill('W1[9,9]');
  await tool.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(tool.getByRole('alert').first()).toHaveText('There is no cell W1[9,9].');
  await tool.getByLabel('Cell').fill('eta');
  await tool.getByRole('textbox', { name: 'is', exact: true }).fill('1');
  await tool.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(outcome).toHaveText('They are the same in every bit, up to iteration 1.');
  await tool.getByRole('textbox', { name: 'is', exact: true }).fill('10');
  await tool.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(outcome).toContainText('W2[1,1] reads eta, 1 here and 10 there.');
  // Two curves that are told apart without colour.
  const dashes = await tool
    .locator('figure.losses')
    .first()
    .locator('path.curve')
    .evaluateAll((all) => all.map((one) => getComputedStyle(one).strokeDasharray));
  expect(new Set(dashes).size).toBe(2);
  await tool.getByText('The same in numbers').click();
  await expect(tool.locator('.course tbody tr')).toHaveCount(12);
  const { violations } = await new AxeBuilder({ page }).include('back-step').analyze();
  expect(violations).toEqual([]);
  expect(complaints).toEqual([]);
});
