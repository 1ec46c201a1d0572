import { expect, type Page, test } from 'playwright/test';
import { DebuggerPage, lesson } from './debugger-page.ts';
import { hasOpened } from './model-page.ts';
import { awaitedData, convolution, moons } from './networks.ts';
import { serveTranslated } from './translated-page.ts';
import { untranslated } from './untranslated.ts';

/** A debugger in the pseudo-language, where nothing has its English name. */
async function open(page: Page, hash = '', model?: string): Promise<DebuggerPage> {
  await serveTranslated(page, { lang: 'en-XA', model });
  const debug = new DebuggerPage(page);
  await page.goto(`${lesson}${hash}`);
  await page.waitForFunction(hasOpened);
  return debug;
}

/** Opens every tool, one after the other, with all that can be unfolded in it, and the menu; `look` is called with each open. */
async function openEach(debug: DebuggerPage, look: (what: string) => Promise<void>): Promise<void> {
  for (const tool of await debug.tools()) {
    await debug.show(tool);
    await debug.element.evaluate((host) => {
      for (const details of host.shadowRoot?.querySelectorAll('details') ?? []) details.open = true;
    });
    await debug.page.waitForLoadState('networkidle');
    await look(tool);
  }
  await debug.openMenu();
  await look('the menu');
  await debug.closeMenu();
}

const isClean = (page: Page, where: string) =>
  expect.poll(() => untranslated(page), { message: where, timeout: 3000 }).toEqual([]);

test('everything that is read stands among the words: tools, notices, dialogs', async ({ page }) => {
  test.slow();
  const debug = await open(page, '#at=lecture@1.δ1[1]');
  const { element } = debug;
  await openEach(debug, (what) => isClean(page, what));

  // Changes and messages about them.
  await debug.change('W1[1,2]', '0.5', 'inputs');
  await debug.change('W2[1,1]', 'much', 'inputs');
  await element.locator('#go-to-step').fill('99');
  await element.locator('#go-to-step').press('Enter');
  await isClean(page, 'changed numbers and mistyped ones');
  await debug.show('why');
  await element.locator('bs-why input').first().fill('W9[1]');
  await element.locator('bs-why input').first().press('Enter');
  await isClean(page, 'a cell that there is not');
  for (const key of ['w', 'c', 't', 'v', 'k']) {
    await debug.press(key);
    await isClean(page, `the tool of ${key}`);
  }

  for (const key of [
    'ArrowRight',
    'd',
    'ArrowRight',
    'Shift+ArrowDown',
    'i',
    'End',
    'r',
    'Shift+R',
    'Control+z',
    'x',
    '7',
  ]) {
    await debug.press(key);
    await isClean(page, `after ${key}`);
  }
  await debug.press('Escape');
  await debug.press('?');
  await expect(element.locator('dialog.help')).toBeVisible();
  await isClean(page, 'the keys');
  await page.keyboard.press('Escape');
  await expect(element.locator('dialog.help')).toBeHidden();
  await debug.openMenu();
  await element.locator('bs-head-tools .head-tools > button').first().click();
  const forms = element.locator('dialog.export input[name=form]');
  await expect(forms.first()).toBeVisible();
  for (const form of await forms.all()) {
    await form.check();
    await isClean(page, `export: ${await form.inputValue()}`);
  }
});

for (const [name, model, hash] of [
  ['grids', convolution(), '#at=lecture@1.c[1,3,3].4'],
  ['samples', moons('mean'), '#at=lecture@1.forward'],
  ['files', awaitedData(), ''],
] as const)
  test(`everything that is read stands among the words: ${name}`, async ({ page }) => {
    const debug = await open(page, hash, model);
    await openEach(debug, (what) => isClean(page, what));
    await debug.press('ArrowRight', 3);
    const numbers = debug.element.locator('bs-tensor-grid .choice button').last();
    if ((await numbers.count()) > 0) await numbers.click();
    await isClean(page, 'after some steps');
  });

test('a model that cannot run, and links that lead nowhere', async ({ page }) => {
  await serveTranslated(page, { lang: 'en-XA' });
  for (const hash of ['#at=lecture@1.W9[1]', '#at=other@1', '#go=lecture.1.abc', '#go=lecture.99.abc']) {
    await page.goto('about:blank');
    await page.goto(`${lesson}${hash}`);
    await page.waitForFunction(hasOpened);
    await isClean(page, hash);
  }
  await page.unrouteAll();
  await serveTranslated(page, { lang: 'en-XA', model: 'given x = [1\nforward\n  y = x' });
  await page.goto('about:blank');
  await page.goto(lesson);
  await expect(page.locator('back-step .error-card')).toBeVisible();
  await isClean(page, 'the card');
});
