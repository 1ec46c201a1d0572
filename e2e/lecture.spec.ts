import { expect, test } from 'playwright/test';
import { DebuggerPage } from './debugger-page.ts';
import { fifteenDigits, firstIteration, secondIteration } from './slides.ts';

/** The visible formula: its MathML is added later. */
const seenFormula = (debug: DebuggerPage): Promise<string[]> =>
  debug.element.locator('bs-formula .katex-html, bs-formula .sentence').allTextContents();

test('shows the numbers that the slides print, beside those of full precision', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('End');
  await debug.chooseDigits(15);
  for (const { cell, version, printed, float64 } of firstIteration) {
    await expect(debug.value(cell, version, 1), cell).toHaveText(printed);
    await expect(debug.value(cell, version, 2), cell).toHaveText(fifteenDigits(float64));
  }
});

test('repeats, as the slide asks', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('End', 2);
  await debug.chooseDigits(15);
  for (const { cell, version, printed, float64 } of secondIteration) {
    await expect(debug.value(cell, version, 1), cell).toHaveText(printed);
    if (float64 !== '') await expect(debug.value(cell, version, 2), cell).toHaveText(fifteenDigits(float64));
  }
});

test('the prose quotes the same numbers, and a click on one goes to where it is computed', async ({
  page,
}) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  const prose = (await page.locator('main').innerText()).replaceAll('\n', ' ');
  for (const { printed } of firstIteration) expect(prose).toContain(printed);
  await page.locator('a.fact', { hasText: '−0.0406' }).first().click();
  await expect(debug.element.locator('bs-formula')).toContainText('−0.0406');
  await expect(debug.value('δ2[1]', 'old', 1)).toHaveText('−0.0406');
  await expect(debug.value('δ1[1]', 'old', 1)).toHaveCount(0);
});

test('a number appears with the step that computes it, and goes when that step is taken back', async ({
  page,
}) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('ArrowRight', 2);
  await expect(debug.value('net1[1]', 'old', 1)).toHaveCount(0);
  await debug.press('ArrowRight');
  await expect(debug.value('net1[1]', 'old', 1)).toHaveText('0.755');
  await debug.press('ArrowLeft');
  await expect(debug.value('net1[1]', 'old', 1)).toHaveCount(0);
  await expect.poll(() => debug.step()).toBe(2);
});

test('over passes a function as one, into enters it, and over then back over is the identity', async ({
  page,
}) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('ArrowDown', 2);
  await expect.poll(() => debug.step()).toBe(6);
  await debug.press('F10');
  await expect.poll(() => debug.step()).toBe(10);
  await debug.press('Shift+F10');
  await expect.poll(() => debug.step()).toBe(6);
  await debug.press('F11');
  await expect.poll(() => debug.step()).toBe(7);
  await expect(debug.element.locator('bs-formula')).toContainText('σ(z)');
  await debug.press('Shift+F11');
  await expect.poll(() => debug.step()).toBe(10);
});

test('forward k and back j is k − j, on the page too', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('ArrowRight', 75);
  await debug.press('ArrowLeft', 40);
  const there = await debug.element.locator('bs-cell-table').innerText();
  const formula = await seenFormula(debug);
  await debug.open();
  await debug.press('ArrowRight', 35);
  expect(await debug.element.locator('bs-cell-table').innerText()).toBe(there);
  expect(await seenFormula(debug)).toEqual(formula);
});

test('every view shows the same step', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@1.δ1[1]');
  await expect(debug.element.locator('bs-formula')).toContainText('−0.0027');
  await expect(debug.element.locator('bs-cell-table tr.target')).toContainText('−0.0027');
  await expect(debug.element.locator('bs-formula .phase')).toHaveText('backward');
  await expect(debug.element.getByLabel('Step', { exact: true })).toHaveAttribute(
    'aria-valuetext',
    /backward/,
  );
  await expect(debug.element.locator('bs-network-drawing')).toContainText('−0.0027');
  await expect(debug.liveRegion).toContainText('−0.0027');
  await debug.show('code');
  await expect(debug.element.locator('bs-code [aria-current="step"]')).toContainText('δ1[i]');
});

test('an edited weight changes what depends on it, and one key brings the lesson back', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('End');
  const before = await debug.element.locator('bs-cell-table').innerText();
  await debug.change('W1[2,1]', '0.5');
  await expect(debug.value('net1[2]', 'old', 1)).toContainText('0.715');
  await expect(debug.value('net1[2]', 'old', 1)).toContainText('≠');
  await expect(debug.value('net1[1]', 'old', 1)).toHaveText('0.755');
  await debug.press('Shift+R');
  expect(await debug.element.locator('bs-cell-table').innerText()).toBe(before);
});

test('a link leads to this very step, with the run and the numbers that were changed', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.change('eta', '10');
  await debug.press('ArrowRight', 65);
  await debug.press('r');
  await debug.copyLink();
  await expect.poll(() => page.url()).toContain('#go=lecture.');
  const address = page.url();
  const formula = await seenFormula(debug);
  await page.goto('about:blank');
  await page.goto(address);
  await expect(debug.element.getByRole('button', { name: /^Next operation/ })).toBeVisible();
  await expect.poll(() => debug.step()).toBe(5);
  await expect.poll(() => seenFormula(debug)).toEqual(formula);
  await debug.show('inputs');
  await expect(debug.field('eta')).toHaveValue('10');
});
