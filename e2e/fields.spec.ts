import { expect, test } from 'playwright/test';
import { DebuggerPage } from './debugger-page.ts';

test('a number in the drawing can be changed as fast as one types', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open('', 'inputs');
  const rate = debug.element.locator('bs-network-drawing .foot [data-cell="eta"]').first();
  // The field is loaded while the reader looks on.
  await page.waitForFunction(() => customElements.get('bs-what-if') !== undefined);
  await rate.click();
  await page.keyboard.type('10');
  await page.keyboard.press('Enter');
  await expect(debug.field('eta')).toHaveValue('10');
});

test('a number may be asked about as it is seen', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open('', 'why');
  await debug.press('End');
  const why = debug.element.locator('bs-why');
  const field = why.locator('#why-cell');
  for (const [typed, found] of [
    ['-0.0082', 'δ1[2]'],
    ['−0.0406', 'δ2[1]'],
    ['hidden 1', 'h[1]'],
    ['W^2_{1,2}', 'W2[1,2]'],
  ]) {
    await field.fill(typed);
    await field.press('Enter');
    await expect(
      why.locator('.why-head .is [data-cell], .why-head [data-cell]').first().or(why.locator('.why-head')),
    ).toBeVisible();
    await expect
      .poll(() =>
        why.evaluate((view) => {
          const { asked } = view as unknown as { asked: { name: string; cell: number[] } };
          return `${asked.name}[${asked.cell.join()}]`;
        }),
      )
      .toBe(found);
  }
  await field.fill('0.123');
  await field.press('Enter');
  await expect(why.getByRole('alert')).toContainText('No number');
});

test('while a field asks for a cell, a click on a number writes its name', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open('', 'watches');
  await debug.press('End');
  const step = await debug.step();
  const field = debug.element.locator('#watch-text');
  await field.focus();
  await debug.element.locator('bs-network-drawing .unit [data-cell="h[2]"]').first().click();
  await expect(field).toHaveValue('h[2]');
  await expect(field).toBeFocused();
  await page.keyboard.type(' - ');
  await debug.element.locator('bs-network-drawing .unit [data-cell="h[1]"]').first().click();
  await expect(field).toHaveValue('h[2] - h[1]');
  await field.press('Enter');
  await expect(debug.element.locator('bs-watches code').first()).toHaveText('h[2] - h[1]');
  await expect.poll(() => debug.step()).toBe(step);
});

test('arrows step from a choice and from an empty field, and the slider of a tool keeps its own', async ({
  page,
}) => {
  const debug = new DebuggerPage(page);
  await debug.open('', 'compare');
  await debug.press('ArrowRight', 3);
  const choice = debug.element.locator('bs-compare select').first();
  const chosen = await choice.inputValue();
  await choice.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => debug.step()).toBe(4);
  expect(await choice.inputValue()).toBe(chosen);
  await debug.show('watches');
  await debug.element.locator('#watch-text').focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => debug.step()).toBe(3);
  await page.keyboard.type('L');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => debug.step()).toBe(3);
});

test('Backspace goes back to where the reader was before a jump', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('ArrowRight', 20);
  await debug.element.locator('bs-network-drawing .unit [data-cell="h[1]"]').first().click();
  await expect.poll(() => debug.step()).toBe(10);
  await debug.press('Backspace');
  await expect.poll(() => debug.step()).toBe(20);
});
