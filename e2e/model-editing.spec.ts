import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, test } from 'playwright/test';
import { watch } from './debugger-page.ts';
import { FormulasPage } from './formulas-page.ts';
import { serveModel } from './model-page.ts';
import { inTrialPlace } from './trial-place.ts';

const model = `given x = [0.35, 0.9]
given t = [0.5]
param W1 = [[0.1, 0.8], [0.4, 0.6]]
param W2 = [[0.3, 0.9]]
eta = 1
forward
  net1[j] = sum(i: W1[j,i] * x[i])
  h[j] = sigmoid(net1[j])
  net2[k] = sum(j: W2[k,j] * h[j])
  y[k] = sigmoid(net2[k])
  L = sum(k: (t[k] - y[k])^2) / 2
backward
  δ2[k] = (t[k] - y[k]) * y[k]*(1 - y[k]) : -dL/dnet2[k]
  δ1[j] = h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k]) : -dL/dnet1[j]
  g2[k,j] = -δ2[k] * h[j] : dL/dW2[k,j]
  g1[j,i] = -δ1[j] * x[i] : dL/dW1[j,i]
update
  W2[k,j] <- W2[k,j] - eta * g2[k,j]
  W1[j,i] <- W1[j,i] - eta * g1[j,i]
`;

test('formulas are written, applied and taken back by keyboard alone', async ({ page }) => {
  const { complaints, addresses } = watch(page);
  await serveModel(page, model);
  const debug = new FormulasPage(page);
  await debug.open('#at=lecture@1.y[1]');
  expect(addresses.some((address) => address.includes('formula-editor'))).toBe(false);
  const present = async (): Promise<string> => {
    await debug.show('cells');
    return debug.value('y[1]', 'old', 1).innerText();
  };
  const before = await present();
  await debug.write();
  await debug.rewriteLine(10, '  y[k] = tanh(net2[k])');
  await expect(debug.element.locator('bs-formula-editor .state')).toContainText('not applied yet');
  expect(await present()).toBe(before);
  await debug.write();
  await debug.apply();
  await expect(debug.own).toContainText('These formulas are yours.');
  await expect(debug.liveRegion).toContainText('These formulas are yours now.');
  expect(await present()).not.toBe(before);

  // Escape moves the focus to the debugger, which stays at its step.
  await debug.write();
  await page.keyboard.press('Escape');
  const step = await debug.step();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => debug.step()).toBe(step + 1);

  // Restores the lesson's text; undo restores the reader's.
  await debug.own.getByRole('button').press('Enter');
  await expect(debug.own).toHaveCount(0);
  expect(await present()).toBe(before);
  await debug.write();
  await page.keyboard.press('Control+z');
  await expect(debug.editor).toContainText('tanh(net2[k])');
  expect(complaints).toEqual([]);
});

test('mistakes are told at their place as one types, and what runs is what was applied before', async ({
  page,
}) => {
  const { complaints } = watch(page);
  await serveModel(page, model);
  const debug = new FormulasPage(page);
  await debug.open('#at=lecture@1.h[2]');
  const step = await debug.step();
  await debug.write();
  await debug.rewriteLine(8, '  h[j] = sigmod(net1[j])');
  await expect(debug.line('sigmod(net1[j])').locator('.remark.error')).toHaveText(
    'there is no function sigmod; do you mean sigmoid?',
  );
  await expect(debug.remarks).toHaveCount(1);
  await expect(debug.element.locator('.cm-lintRange-error')).toHaveText('sigmod');
  await expect(debug.liveRegion).toContainText('line 8, column 10');

  // Shapes that disagree.
  await debug.rewriteLine(8, '  h[j] = sigmoid(net1[j])');
  await debug.rewriteLine(3, 'param W1 = [[0.1, 0.8, 0.3], [0.4, 0.6, 0.1]]');
  await debug.apply();
  await expect(debug.line('net1[j] = sum').locator('.remark.error')).toHaveText(
    /i runs over 3 in W1\[j,i\], but x has 2 entries/,
  );
  await expect(debug.remarks).toHaveCount(1);
  await expect(debug.own).toHaveCount(0);
  await expect(debug.editor).toBeFocused();
  await page.keyboard.press('Escape');
  await expect.poll(() => debug.step()).toBe(step);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => debug.step()).toBe(step - 1);

  // Neither a step nor closing the drawer removes the draft.
  await debug.show('code');
  await expect(debug.editor).toHaveCount(0);
  await debug.write();
  await expect(debug.editor).toContainText('[0.1, 0.8, 0.3]');
  expect(complaints).toEqual([]);
});

test('a backward pass of one’s own stops where it parts from the derivative, and the mistake is named, by keyboard alone', async ({
  page,
}) => {
  const { complaints } = watch(page);
  await serveModel(page, model);
  const debug = new FormulasPage(page);
  await debug.open();
  await debug.write();
  await debug.rewriteLine(14, '  δ1[j] = sum(k: W2[k,j] * δ2[k])');
  await debug.rewriteLine(16, '  g1[j,i] = δ1[j] * x[i]');
  await debug.apply();
  const divergence = debug.element.locator('bs-divergence-notice');
  await expect(divergence).toContainText('δ1[1], operation 1');
  await expect(divergence).toContainText('gives −0.0122043; −dL/dnet1[1] is −0.00265449');
  await expect(divergence).toContainText('σ′ is missing at the hidden unit h');
  await expect(debug.liveRegion).toContainText('σ′ is missing at the hidden unit h');
  await expect(debug.editor).toBeFocused();
  await expect.poll(() => debug.step()).toBe(29);
  // Each formula has its verdict beside it, until its line is written again.
  await expect(debug.line('δ1[j] =').locator('.remark.differs')).toContainText(
    'σ′ is missing at the hidden unit h',
  );
  await expect(debug.line('g1[j,i] =').locator('.remark.differs')).toContainText('the sign is turned');
  await expect(debug.line('δ2[k] =').locator('.remark.agrees')).toHaveText('gives the derivative');
  await expect(debug.remarks).toHaveCount(4);
  // The next divergence, and around to the first.
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await expect(divergence).toContainText('g1[1,1], operation 1');
  await expect(divergence).toContainText('the sign is turned');
  await page.keyboard.press('x');
  await expect.poll(() => debug.step()).toBe(29);
  // Corrected, it diverges nowhere.
  await debug.write();
  await debug.rewriteLine(14, '  δ1[j] = sum(k: W2[k,j] * δ2[k]) * (1 - h[j]) * h[j]');
  await expect(debug.line('δ1[j] =').locator('.remark')).toHaveCount(0);
  await expect(debug.line('g1[j,i] =').locator('.remark.differs')).toBeVisible();
  await debug.rewriteLine(16, '  g1[j,i] = x[i] * -δ1[j]');
  await debug.apply();
  await expect(divergence).toHaveCount(0);
  await expect(debug.remarks).toHaveText(Array(4).fill('gives the derivative'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await expect(debug.liveRegion).toContainText('nowhere');
  expect(complaints).toEqual([]);
});

test('a weight that is renewed before the error has passed it is named, and a link opens there', async ({
  page,
}) => {
  const { complaints } = watch(page);
  await serveModel(page, model);
  const debug = new FormulasPage(page);
  await debug.open();
  await debug.write();
  await debug.rewriteLine(18, '');
  await debug.rewriteLine(14, '  W2[k,j] <- W2[k,j] + eta * δ2[k] * h[j]');
  await debug.rewriteLine(
    15,
    '  δ1[j] = h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k]) : -dL/dnet1[j]\n  g2[k,j] = -δ2[k] * h[j] : dL/dW2[k,j]',
  );
  await debug.apply();
  const divergence = debug.element.locator('bs-divergence-notice');
  await expect(divergence).toContainText('the updated W2 is used too early');
  await expect(debug.liveRegion).toContainText('the updated W2 is used too early');
  await expect(divergence).toContainText('δ1[1]');
  const step = await debug.step();
  expect(step).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  await debug.copyLink();
  await expect.poll(() => page.url()).toContain('#go=lecture.1.');
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(address);
  await expect(divergence).toContainText('the updated W2 is used too early');
  await expect.poll(() => debug.step()).toBe(step);
  expect(complaints).toEqual([]);
});

test('of a claim that could not be tried the page says so', async ({ page }) => {
  const { complaints } = watch(page);
  await serveModel(page, model);
  const debug = new FormulasPage(page);
  await debug.open();
  await debug.write();
  // A unit that is off at all numbers: both sides are 0 wherever they are tried.
  await debug.rewriteLine(16, '  g1[j,i] = -δ1[j] * x[i] : dL/dW1[j,i]\n  e = 7 * [x[1] > 1e15] : dL/db');
  await debug.rewriteLine(11, '  L = sum(k: (t[k] - y[k])^2) / 2 + [x[1] > 1e15] * b');
  await debug.rewriteLine(5, 'eta = 1\ngiven b = 0.1');
  await debug.apply();
  const told = 'Nothing could be seen of what is claimed of e';
  await expect(debug.element.getByText(told)).toBeVisible();
  await expect(debug.liveRegion).toContainText(told);
  // The command for the next divergence repeats this, and does not report that all is right.
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await expect(debug.liveRegion).toContainText(told);
  await expect(debug.element.getByText(told)).toBeVisible();
  expect(complaints).toEqual([]);
});

test('lines about storing and writing are folded, and unfold by click, by keyboard, and for a mistake', async ({
  page,
}) => {
  const { complaints } = watch(page);
  const quiet = 'store  y: 2dp\nwrite  y as \\hat{y}   c as C\nsay    y as "output"\n';
  await serveModel(page, `given c = 3\n${model}\n${quiet}`);
  const debug = new FormulasPage(page);
  await debug.open();
  await debug.write();
  await expect(debug.folded).toHaveText('3 lines: store, write, say');
  await expect(debug.editor).not.toContainText('hat');
  // What is folded runs all the same.
  await debug.rewriteLine(11, '  y[k] = tanh(net2[k])');
  await debug.apply();
  await expect(debug.own).toBeVisible();
  await expect(debug.folded).toBeVisible();

  await debug.folded.click();
  await expect(debug.folded).toHaveCount(0);
  await expect(debug.editor).toContainText('say    y as "output"');
  await expect(debug.editor).toBeFocused();
  await page.keyboard.press('Control+Shift+BracketLeft');
  await expect(debug.folded).toBeVisible();
  await page.keyboard.press('Control+Shift+BracketRight');
  await expect(debug.folded).toHaveCount(0);
  await page.keyboard.press('Control+Shift+BracketLeft');
  // The button is the next stop behind the text.
  await page.keyboard.press('Tab');
  await expect(debug.folded).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(debug.editor).toBeFocused();
  await expect(debug.folded).toHaveCount(0);
  await page.keyboard.press('Control+Shift+BracketLeft');

  // A name that is gone: the line that writes it is shown.
  await debug.rewriteLine(1, 'given d = 3');
  await expect(debug.line('write').locator('.remark')).toContainText('c');
  await expect(debug.folded).toHaveCount(0);
  await page.keyboard.press('F8');
  await expect(debug.element.locator('.cm-line.cm-activeLine')).toContainText('write');
  expect(complaints).toEqual([]);
});

for (const [width, height] of [
  [320, 250],
  [560, 340],
  [820, 400],
] as const)
  test(`in a place of ${width} × ${height} only the text scrolls, and its buttons and messages stay in sight`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: Math.max(width + 80, 400), height: 900 });
    const debug = new FormulasPage(page);
    await debug.open();
    await debug.write();
    const editor = debug.element.locator('bs-formula-editor');
    const trial = await inTrialPlace(editor, width, height);
    const scrolling = (): Promise<string[]> =>
      trial.evaluate((place) =>
        [place, ...place.querySelectorAll('*')]
          .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowY))
          .filter((one) => one.scrollHeight > one.clientHeight || one.scrollWidth > one.clientWidth)
          .map(({ className }) => className),
      );
    expect(await scrolling()).toEqual(['cm-scroller']);
    await debug.editor.focus();
    await debug.rewriteLine(11, '  y[k] = sigmod(net2[k]) + nobody');
    await debug.apply();
    await expect(debug.remarks).toHaveCount(2);
    expect(await scrolling()).toEqual(['cm-scroller']);
    const edges = (part: Locator) =>
      part.evaluate((one) => {
        const { left, top, right, bottom } = one.getBoundingClientRect();
        return { left, top, right, bottom };
      });
    const outer = await edges(trial);
    for (const part of [editor.locator('.orders'), editor.locator('.state'), debug.remarks.first()]) {
      const inner = await edges(part);
      expect(inner.top).toBeGreaterThanOrEqual(outer.top);
      expect(inner.bottom).toBeLessThanOrEqual(outer.bottom + 0.5);
      expect(inner.right).toBeLessThanOrEqual(outer.right + 0.5);
    }
  });

test('names are suggested, and \\delta becomes δ', async ({ page }) => {
  await serveModel(page, model);
  const debug = new FormulasPage(page);
  await debug.open();
  await debug.write();
  await debug.rewriteLine(8, '  h[j] = ');
  await page.keyboard.type('sigm');
  const list = debug.element.locator('.cm-tooltip-autocomplete');
  await expect(list.locator('[aria-selected]')).toHaveText('sigmoid');
  // A list that has just opened takes no Enter meant for the text.
  await page.waitForTimeout(150);
  await page.keyboard.press('Enter');
  await page.keyboard.type('\\delta1 ');
  await expect(list).toHaveCount(0);
  expect((await debug.text()).split('\n')[7]).toMatch(/^ {2}h\[j\] = sigmoid\(δ1 \)?$/);
});

test('the editor stands on the lesson’s own page, under its content policy, in both schemes', async ({
  browser,
}) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    const { complaints } = watch(page);
    const debug = new FormulasPage(page);
    await debug.open();
    await debug.write();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' # note');
    await page.keyboard.press('Control+Enter');
    await expect(debug.own).toBeVisible();
    await expect(debug.editor).toContainText('# note');
    expect(
      await page.evaluate(() => document.querySelector('back-step')?.shadowRoot?.querySelector('style')),
    ).toBeNull();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).include('back-step').analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0].html}`)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  }
});

test('shorthand is written as shorthand, with its formulas beneath and mistakes at its own lines', async ({
  page,
}) => {
  const { complaints } = watch(page);
  await page.goto('from-one-sample-to-many.html');
  const element = page.locator('back-step:has(pre[data-written])').first();
  const debug = FormulasPage.on(page, element);
  await expect(element.getByRole('button', { name: /^Next operation/ })).toBeVisible();
  await debug.write();
  await expect(debug.editor).toContainText('layers:');
  await expect(element.locator('bs-formula-editor .expansion')).toContainText('forward');
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('\noptimizer: magic 3');
  await expect(debug.line('optimizer: magic').locator('.remark')).toContainText(/magic/);
  for (let n = 0; n < 'optimizer: magic 3'.length; n++) await page.keyboard.press('Backspace');
  await page.keyboard.insertText('# mine');
  await debug.apply();
  await expect(debug.own).toBeVisible();
  expect(complaints).toEqual([]);
});
