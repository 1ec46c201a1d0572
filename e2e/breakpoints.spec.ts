import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import { DebuggerPage } from './debugger-page.ts';

const statusLine = (debug: DebuggerPage) => debug.element.locator('.status-line > span').first();

test('breakpoints are set beside a line or typed, and stop the run in both directions', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open('', 'code');
  await debug.element.getByRole('button', { name: /^Breakpoint at δ2\[k\]/ }).click();
  await debug.press('Shift+B');
  const field = debug.element.getByLabel('Stop where');
  await field.fill('abs(δ1[j]) < 0.005');
  await field.press('Enter');
  await expect(debug.element.getByRole('list', { name: 'Breakpoints' }).getByRole('listitem')).toHaveCount(2);

  await debug.press('F8');
  await expect(statusLine(debug)).toHaveText('Stopped in iteration 1: δ2, first time.');
  const first = await debug.step();
  await expect(debug.liveRegion).toHaveText(/^Stopped in iteration 1: δ2, first time\. backward: −0\.0406, /);
  await debug.press('n');
  await expect(statusLine(debug)).toHaveText(
    'Stopped in iteration 1: abs(δ1[j]) < 0.005, at j = 1, first time.',
  );
  await debug.press('Shift+F8');
  await expect(statusLine(debug)).toHaveText('Stopped in iteration 1: δ2, first time.');
  await expect.poll(() => debug.step()).toBe(first);
  await debug.press('Shift+N');
  await expect(statusLine(debug)).toHaveText('No breakpoint stops the run before this step.');
  await expect.poll(() => debug.step()).toBe(first);
});

test('F5 runs to a breakpoint or to the end of the iteration, and back', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open('', 'code');
  await debug.press('F5');
  await expect(debug.element.locator('#go-to-step')).toHaveValue('60');
  await debug.press('Shift+F5');
  await expect(debug.element.locator('#go-to-step')).toHaveValue('0');
  // At the line that has the focus.
  await debug.element.locator('[data-line=h]').focus();
  await page.keyboard.press('F9');
  await expect(debug.element.getByRole('button', { name: /^Breakpoint at h\[i\]/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(debug.element.locator('[data-line=h]')).toBeFocused();
  await page.keyboard.press('F5');
  await expect(statusLine(debug)).toHaveText('Stopped in iteration 1: h, first time.');
  await debug.element.locator('[data-line=L]').focus();
  await page.keyboard.press('Control+F10');
  await expect(statusLine(debug)).toHaveText('Stopped in iteration 1: h, second time.');
  await page.keyboard.press('Control+F10');
  await expect(debug.element.locator('[data-line=L]')).toHaveAttribute('aria-current', 'step');
});

test('a condition that does not parse is told at its place, and nothing changes', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open('', 'code');
  await debug.press('Shift+B');
  const field = debug.element.getByLabel('Stop where');
  await field.fill('abs(δ1[j) < 1');
  await field.press('Enter');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(debug.element.locator('#new-breakpoint-problem')).toContainText('At character 9: expected ]');
  await expect(debug.element.getByText('There are none yet.')).toBeVisible();
  await field.fill('y[k] > 2');
  await expect(field).toHaveAttribute('aria-invalid', 'false');
  await field.press('Enter');
  await debug.press('n');
  // The search is long and can be cancelled; or it has already found that there is no stop.
  await expect(debug.element.locator('.status-line > span').first()).toHaveText(
    /^No breakpoint stops the run after this step, up to iteration 10.000\.$/,
    { timeout: 30_000 },
  );
  await expect.poll(() => debug.step()).toBe(0);
});

test('a long search shows how far it is, and Escape ends it', async ({ page }) => {
  test.slow();
  await page.goto('reading-digits.html');
  const element = page.locator('back-step').first();
  await element.locator('.frame').focus();
  await page.keyboard.press('Shift+B');
  const field = element.getByLabel('Stop where');
  await field.fill('sum(n: L[n]) < 0');
  await field.press('Enter');
  await element.locator('.frame').focus();
  await page.keyboard.press('n');
  await expect(element.getByRole('progressbar', { name: /Looking for a stop/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(element.locator('.status-line').first()).toHaveText(/^The search was cancelled at iteration/);
});

test('a number before a key repeats it; while it plays, any key pauses', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open('', 'code');
  await debug.press('1');
  await page.keyboard.press('2');
  await expect(statusLine(debug)).toHaveText(/^12 times/);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => debug.step()).toBe(12);
  await page.keyboard.press('Shift+P');
  await expect(debug.element.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await expect.poll(() => debug.step()).toBe(11);
  await page.keyboard.press('ArrowRight');
  await expect(debug.element.getByRole('button', { name: 'Pause', exact: true })).toHaveCount(0);
  await expect.poll(() => debug.step()).toBe(11);
});

test('axe finds nothing in the list of breakpoints and in the further ways to step', async ({ page }) => {
  test.slow();
  const debug = new DebuggerPage(page);
  await debug.open('', 'code');
  await debug.press('b');
  await debug.press('Shift+B');
  const field = debug.element.getByLabel('Stop where');
  await field.fill('h[1');
  await field.press('Enter');
  await debug.openMenu();
  await debug.element.getByRole('button', { name: 'pass dull steps' }).click();
  await debug.element
    .getByRole('combobox', { name: 'Which hits of net1 stop the run' })
    .selectOption('every');
  await expect(debug.element.getByLabel('n for net1')).toHaveValue('2');
  await debug.press('F8');
  await expect(statusLine(debug)).toHaveText('Stopped in iteration 1: net1, second time.');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)),
  ).toEqual([]);
});
