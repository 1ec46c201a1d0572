import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import { DebuggerPage, watch } from './debugger-page.ts';
import { serveModel } from './model-page.ts';
import { digitNetwork } from './networks.ts';
import { inTrialPlace } from './trial-place.ts';

test('why? is asked by the keyboard, answered, and asked on and back', async ({ page }) => {
  test.slow();
  const { complaints } = watch(page);
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@1.δ1[1]');
  await debug.press('w');
  const why = debug.element.locator('bs-why');
  await expect(why.locator('.why-head .where')).toHaveText('in iteration 1, step 32 of 60');
  await expect(debug.liveRegion).toContainText('It reads 3 cells');
  await expect(why).toContainText('stored with 4 decimal places');
  await expect(why).toContainText('2 cells, first at step 41');
  // The sign belongs to what is computed: −δ is 0.0027, and δ is not.
  await expect(why.locator('.verdict')).toContainText(/computes it as −[^:]*= 0\.0027, that was rounded/);
  await expect(debug.element.locator('.frame')).toBeFocused();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  // What the number is, is explained by the course.
  const term = why.locator('.why-head a.term');
  await expect(term).toHaveText('sensitivity');
  const entry = page.context().waitForEvent('page');
  await term.press('Enter');
  const words = await entry;
  await expect(words.locator('#sensitivity:target')).toBeInViewport();
  await words.close();
  // On to the weight that it reads, and back.
  await why.getByRole('button', { name: 'Why output weight from hidden 1?' }).press('Enter');
  await expect(why.locator('.from').first()).toHaveText('what the lesson begins with');
  await expect(debug.element.locator('bs-network-drawing .path').first()).toBeAttached();
  await why.getByRole('navigation').getByRole('button').press('Enter');
  await expect(why.locator('.why-head .where')).toContainText('step 32');
  // A link goes to the step, and the focus stays where it was.
  const link = why.getByRole('button', { name: 'Go to sensitivity of output', exact: true }).first();
  await link.press('Enter');
  await expect.poll(() => debug.step()).toBe(28);
  await expect(why.locator('.why-head .where')).toHaveText(
    'in iteration 1, step 32 of 60; not yet: it comes at step 32',
  );
  await why.getByLabel('Cell or number to ask about').fill('W9[1]');
  await why.getByLabel('Cell or number to ask about').press('Enter');
  await expect(why.locator('.problem')).toContainText('this model has no W9');
  expect(complaints).toEqual([]);
});

test('a number is asked about where it stands: in the drawing, in the table, in the prose', async ({
  page,
}) => {
  test.slow();
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@2.y[1]');
  const why = debug.element.locator('bs-why');
  await debug.element
    .locator('bs-network-drawing [data-cell="h[2]"]')
    .first()
    .click({ modifiers: ['Shift'] });
  await expect(why.locator('.why-head .where')).toContainText('in iteration 2, step 14 of 60');
  await expect.poll(() => debug.step()).toBe(21);
  await debug.show('cells');
  await debug.element.locator('bs-cell-table th button[data-cell="W1[1;2]"]').focus();
  await page.keyboard.press('w');
  await expect(why.locator('.why-head .where')).toContainText('after the update');
  await why
    .getByRole('button', { name: 'Why hidden weight to hidden 1, from input 2?', exact: true })
    .first()
    .click();
  await expect(why.locator('.why-head')).toContainText('came from iteration 1’s update');
  await page
    .locator('a.fact', { hasText: '0.6637' })
    .first()
    .click({ modifiers: ['Shift'] });
  await expect(why.locator('.why-head .where')).toContainText('in iteration 1, step 14 of 60');
  await page.locator('a.fact', { hasText: '0.0269' }).first().focus();
  await page.keyboard.press('w');
  await expect(why.locator('.why-head .where')).toContainText('step 40 of 60');
});

test('the answer comes into the sight of its own place, and the page stays where it is', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@1.δ1[1]');
  await debug.press('w');
  const why = debug.element.locator('bs-why');
  const place = await inTrialPlace(why, 400, 160);
  await place.evaluate((one) => {
    one.scrollTop = one.scrollHeight;
    scrollTo({ top: 0, behavior: 'instant' });
  });
  await why.evaluate((view: HTMLElement & { show(): void }) => view.show());
  const [top, bottom] = await place.evaluate((one) => {
    const edge = one.getBoundingClientRect();
    const head = one.querySelector('.why-head')?.getBoundingClientRect();
    return head === undefined ? [] : [head.top - edge.top, edge.bottom - head.bottom];
  });
  expect(top).toBeGreaterThanOrEqual(-1);
  expect(bottom).toBeGreaterThanOrEqual(-1);
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

test('why? of 784-256-128-10 lists in part, and lights the largest paths', async ({ page }) => {
  test.slow();
  await serveModel(page, digitNetwork());
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@1.z1[3]');
  await debug.press('w');
  const why = debug.element.locator('bs-why');
  await expect(why.getByRole('button', { name: '778 more' }).first()).toBeVisible();
  await why.getByLabel('Cell or number to ask about').fill('W1[3,306]');
  await why.getByLabel('Cell or number to ask about').press('Enter');
  await expect(why).toContainText('paths lead there, too many to write out');
  await expect(why.locator('thead', { hasText: 'Most through' })).toBeVisible();
  expect(await debug.element.locator('bs-network-drawing .path').count()).toBeGreaterThan(0);
});

test('expressions are watched, by the keyboard alone', async ({ page }) => {
  test.slow();
  const { complaints } = watch(page);
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@1.y[1]');
  await debug.press('Shift+W');
  const watches = debug.element.locator('bs-watches');
  const field = watches.getByLabel('Expression to watch');
  await expect(watches).toContainText('Nothing is watched yet');
  for (const text of ['L', 'W1[1,2]', 'max(j: abs(δ1[j]))']) {
    await field.fill(text);
    await field.press('Enter');
    await expect(field).toHaveValue('');
  }
  const rows = watches.locator('li');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(0)).toContainText('not yet');
  await expect(rows.nth(1)).toContainText('= 0.8');
  await field.fill('h[1] + q');
  await field.press('Enter');
  await expect(watches.getByRole('alert')).toContainText('no q');
  await expect(watches.locator('.caret')).toHaveText(/\n {7}\^$/);
  await expect(rows).toHaveCount(3);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  // To the step where the weight changes, and the watch's value there.
  await rows
    .nth(1)
    .getByRole('button', { name: /^next at step 56/ })
    .press('Enter');
  await expect.poll(() => debug.step()).toBe(56);
  await expect(rows.nth(1)).toContainText('= 0.7976');
  await expect(rows.nth(1)).toContainText('changed at step 56 of iteration 1');
  await rows
    .nth(0)
    .getByRole('button', { name: /^changed at step 24/ })
    .press('Enter');
  await expect.poll(() => debug.step()).toBe(24);
  await expect(rows.nth(0)).toContainText('= 0.01805');
  // Reorders them, and removes one.
  await rows.nth(0).getByRole('button', { name: 'Move down: L' }).press('Enter');
  await expect(rows.nth(1)).toContainText('L =');
  await expect(rows.nth(1).getByRole('button', { name: 'Move down: L' })).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(rows.nth(0)).toContainText('L =');
  await page.keyboard.press('Delete');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0).getByRole('button', { name: /^Watch no longer/ })).toBeFocused();
  expect(complaints).toEqual([]);
});

test('a watch shows the run as it is trained', async ({ page }) => {
  test.slow();
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('Shift+W');
  const watches = debug.element.locator('bs-watches');
  await watches.getByLabel('Expression to watch').fill('L');
  await watches.getByLabel('Expression to watch').press('Enter');
  await debug.press('t');
  await expect(debug.element.locator('bs-training .so-far p')).toHaveText('100 iterations are trained.');
  await debug.show('watches');
  await expect(watches.locator('.over')).toContainText('From iteration 1 to 100');
  await expect(watches.locator('.over path.curve')).toHaveAttribute('d', /^M2,\d.*L238,/);
  await watches.getByText('The same in numbers').click();
  await expect(watches.locator('tbody tr')).toHaveCount(12);
  await watches.getByRole('button', { name: '100', exact: true }).click();
  await expect(debug.element.locator('bs-timeline')).toContainText('iteration');
});

for (const width of [320, 390]) {
  test(`nothing of it needs scrolling sideways at ${width} px`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width, height: 800 });
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.δ1[1]');
    await debug.press('w');
    await debug.press('Shift+W');
    const watches = debug.element.locator('bs-watches');
    await watches.getByLabel('Expression to watch').fill('sum(j: abs(δ1[j])) / (1 + max(j: h[j]))');
    await watches.getByLabel('Expression to watch').press('Enter');
    await expect(watches.locator('li')).toHaveCount(1);
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide).toBeLessThanOrEqual(0);
  });
}
