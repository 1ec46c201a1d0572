import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import { DebuggerPage, watch } from './debugger-page.ts';

test.describe('what a reader changes', () => {
  test('by keyboard: a poke, what follows from it, and the ways back', async ({ page }) => {
    const { complaints } = watch(page);
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.δ2[1]');
    const bar = debug.element.locator('bs-changes-bar');
    await expect(bar).toHaveCount(0);
    await debug.press('c');
    const field = debug.element.getByLabel('What if δ2[1] were');
    await expect(field).toBeFocused();
    await expect(debug.element.locator('#what-if-more')).toContainText(
      'In iteration 1, where −0.0406 is computed.',
    );

    // A text that is no number gets a message at the field, and changes nothing.
    for (const [text, answer] of [
      ['NaN', 'not a number'],
      ['1e13', 'larger'],
      ['', 'Type a number'],
    ]) {
      await field.fill(text);
      await page.keyboard.press('Enter');
      await expect(debug.element.locator('.what-if [role="alert"]')).toContainText(answer);
      await expect(field).toBeFocused();
    }
    await expect(bar).toHaveCount(0);
    await field.fill('0');
    await page.keyboard.press('Enter');

    await expect(field).toBeHidden();
    await expect(bar).toContainText('δ2[1] = 0 in iteration 1');
    // The marks are as described: dots in the drawing, a sign in the table.
    await expect(bar).toContainText('has a dotted line below it; under Numbers it is marked ≠');
    const drawn = debug.element.locator('bs-network-drawing [data-cell="δ2[1]"] .differs').first();
    await expect(drawn).toHaveCSS('text-decoration-style', 'dotted');
    await expect(debug.liveRegion).toHaveText('Changed: δ2[1] = 0 in iteration 1.');
    await expect(debug.element.locator('bs-formula .stored')).toContainText('your number');
    await expect(debug.value('δ2[1]', 'old', 1)).toHaveText('≠0');
    await expect(debug.value('δ2[1]', 'old', 1)).toHaveAttribute('title', 'In the lesson: −0.0406');

    await debug.press('Control+z');
    await expect(debug.liveRegion).toHaveText('Undone: δ2[1] = 0 in iteration 1.');
    await expect(debug.value('δ2[1]', 'old', 1)).toHaveText('−0.0406');
    await expect(bar.getByRole('button', { name: 'Redo' })).toBeVisible();
    await debug.press('Control+y');
    await debug.press('End');
    await expect(debug.value('W2[1,1]', 'new', 1)).toHaveText('≠0.3');
    await debug.press('Shift+R');
    await expect(debug.liveRegion).toHaveText('Back to the lesson’s numbers.');
    await expect(debug.value('W2[1,1]', 'new', 1)).toHaveText('0.2724');
    expect(complaints).toEqual([]);
  });

  test('a number of the table is asked for where it stands, and the keyboard comes back to it', async ({
    page,
  }) => {
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.W2[1,1]');
    const button = debug.element.locator('bs-cell-table th button[data-cell="h[2]"]');
    await button.focus();
    await page.keyboard.press('c');
    await expect(debug.element.getByLabel('What if h[2] were')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(button).toBeFocused();
    await page.keyboard.press('c');
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    await expect(button).toBeFocused();
    await expect(debug.element.locator('bs-changes-bar')).toContainText('h[2] = 1 in iteration 1');
    await page.keyboard.press('c');
    await debug.element.getByRole('button', { name: 'As computed' }).click();
    await expect(debug.element.locator('bs-changes-bar')).not.toContainText('h[2]');
  });

  test('a given number in the drawing is changed beside it', async ({ page }) => {
    const debug = new DebuggerPage(page);
    await debug.open();
    const drawing = debug.element.locator('bs-network-drawing');
    const bar = debug.element.locator('bs-changes-bar');
    for (const [cell, name] of [
      ['x[1]', 'x[1]'],
      ['t[1]', 't[1]'],
      ['W1[1;2]', 'W1[1,2]'],
    ] as const) {
      await drawing.locator(`[data-cell="${cell}"] text`).last().click();
      const field = debug.element.getByLabel(`Change ${name} to`);
      await expect(field).toBeFocused();
      await page.keyboard.type('much');
      await page.keyboard.press('Enter');
      await expect(debug.element.locator('bs-what-if .problem')).toContainText('number');
      await field.fill('0.7');
      await page.keyboard.press('Enter');
      await expect(field).toBeHidden();
      await expect(bar).toContainText(`${name} = 0.7`);
    }
    const rate = drawing.getByRole('button', { name: /^Change .*1$/ });
    await rate.focus();
    await page.keyboard.press('Enter');
    await expect(debug.element.getByLabel('Change eta to')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(rate).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(debug.element.getByLabel('Change eta to')).toBeFocused();
    await page.keyboard.type('10');
    await page.keyboard.press('Enter');
    await expect(bar).toContainText('eta = 10');
    await expect(drawing.getByRole('button', { name: /^Change .*10$/ })).toBeFocused();
  });

  test('a rate is changed from an iteration on, or in the whole run', async ({ page }) => {
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@3.h[1]', 'inputs');
    const eta = debug.field('eta');
    const weight = debug.field('W1[1,1]');
    await expect(debug.element.getByText('These are the numbers that iteration 3 finds.')).toBeVisible();
    await expect(weight).toHaveValue('0.0983');
    await eta.fill('10');
    await eta.press('Enter');
    await expect(debug.element.locator('bs-changes-bar')).toContainText('eta = 10 from iteration 3 on');
    await debug.element.getByLabel('in the whole run').check();
    await expect(eta).toHaveValue('1');
    await expect(weight).toHaveValue('0.1');
    await eta.fill('2');
    await eta.press('Enter');
    await expect(debug.element.locator('bs-changes-bar')).toContainText('eta = 2');
    await expect(debug.element.locator('bs-changes-bar')).not.toContainText('iteration 3');
    await debug.element.locator('bs-changes-bar').getByRole('button', { name: 'Take back eta = 2' }).click();
    await expect(debug.element.locator('bs-changes-bar')).toContainText('These are the lesson’s numbers.');
  });

  test('the field and the bar have no barriers', async ({ page }) => {
    test.slow();
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@2.δ2[1]&eta=10');
    await expect(debug.element.locator('bs-changes-bar')).toContainText('eta = 10');
    await debug.press('c');
    await page.keyboard.press('Enter');
    await page.keyboard.press('c');
    await page.keyboard.type('much');
    await page.keyboard.press('Enter');
    const { violations } = await new AxeBuilder({ page }).include('back-step').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});
