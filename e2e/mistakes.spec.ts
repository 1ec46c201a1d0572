import { expect, type Page, test } from 'playwright/test';
import { DebuggerPage, lesson } from './debugger-page.ts';

/** Serves the lesson with a change in its model, as if its author had written it so. */
async function serveWith(page: Page, from: string, to: string): Promise<void> {
  await page.route(`**/${lesson}`, async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    await route.fulfill({ response, body: changed });
  });
}

for (const [typed, message] of [
  ['', 'Type a number'],
  ['abc', 'not a number'],
  ['0,5', 'not a number'],
  ['Infinity', 'finite'],
  ['1e300', 'larger'],
] as const) {
  test(`${JSON.stringify(typed)} in a field gets a message there and changes nothing`, async ({ page }) => {
    const debug = new DebuggerPage(page);
    await debug.open();
    await debug.press('End');
    const before = await debug.element.locator('bs-cell-table').innerText();
    await debug.change('W1[1,2]', typed, 'inputs');
    const field = debug.field('W1[1,2]');
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    const described = await field.getAttribute('aria-describedby');
    await expect(debug.element.locator(`[id="${described}"]`)).toContainText(message);
    await field.press('Escape');
    await expect(field).toHaveValue('0.8');
    await expect(field).toHaveAttribute('aria-invalid', 'false');
    await debug.show('cells');
    expect(await debug.element.locator('bs-cell-table').innerText()).toBe(before);
  });
}

test('a step that does not exist gets a message at its field', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  const field = debug.element.locator('#go-to-step');
  for (const typed of ['61', '-1', 'x', '1.5']) {
    await field.fill(typed);
    await field.press('Enter');
    await expect(debug.element.locator('#go-to-step-problem')).toHaveText(/step|whole/);
  }
  await field.fill('28');
  await field.press('Enter');
  await expect(debug.element.locator('#go-to-step-problem')).toHaveText('');
  await expect(debug.value('δ2[1]', 'old', 1)).toHaveText('−0.0406');
});

test('a stored value that is not finite is said, with its step', async ({ page }) => {
  await serveWith(page, '= sigmoid(net2[k])', '= log(net2[k] - net2[k])');
  const debug = new DebuggerPage(page);
  await debug.open();
  await expect(debug.element.locator('.fault')).toContainText('y[1]');
  await expect(debug.element.locator('.fault')).toContainText(/step 19/);
  await debug.element.locator('.fault button').click();
  await expect.poll(() => debug.step()).toBe(19);
});

test('a notation that is no TeX is shown as it is written, without a style of its own', async ({ page }) => {
  await serveWith(page, 'h as x^{1}', 'h as \\foo');
  const debug = new DebuggerPage(page);
  const warnings: string[] = [];
  page.on('console', (message) => warnings.push(message.text()));
  await debug.open('#at=lecture@1.h[1]');
  const error = debug.element.locator('.math-error');
  await expect(error.first()).toContainText('\\foo');
  // MathML for screen readers is added later.
  await page.waitForTimeout(600);
  expect(await error.evaluateAll((all) => all.filter((one) => one.hasAttribute('style')).length)).toBe(0);
  await expect(debug.element.locator('.katex-error')).toHaveCount(0);
  expect(warnings.filter((text) => /policy|ParseError/i.test(text))).toEqual([]);
});

test('a broken model shows an error card in its place, and the rest of the page stands', async ({ page }) => {
  await serveWith(page, 'sigmoid(net1[i])', 'sigmod(net1[i])');
  await page.goto(lesson);
  const card = page.locator('back-step .error-card');
  await expect(card).toContainText('do you mean sigmoid?');
  await expect(card).toContainText('line 9');
  await expect(page.getByRole('heading', { name: 'The update' })).toBeVisible();
});

for (const hash of [
  '#at=lecture@1.nothing[9]',
  '#at=lecture@0',
  '#at=lecture@99999999',
  '#at=other@1.h[1]',
  '#at=lecture@1.δ2[1].77',
  '#at=%E0%A4%A',
  '#at=lecture@1.h[1]&W1[1,2]=abc',
  '#the-update',
]) {
  test(`the link ${hash} does no harm`, async ({ page }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    const debug = new DebuggerPage(page);
    await debug.open(hash);
    await debug.press('ArrowRight');
    expect(errors).toEqual([]);
  });
}
