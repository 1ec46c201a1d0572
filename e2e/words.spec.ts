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

/** Every drawer, panel and further list. */
async function openEverything(debug: DebuggerPage): Promise<void> {
  const { element, page } = debug;
  await element.evaluate((host) => {
    for (const button of host.shadowRoot?.querySelectorAll<HTMLElement>(
      '.drawer[aria-expanded=false], .unfold',
    ) ?? [])
      button.click();
  });
  await expect(
    element.locator('.open-tools bs-gradient-check, .open-tools bs-watches').last(),
  ).toBeAttached();
  await page.waitForLoadState('networkidle');
  await element.evaluate((host) => {
    for (const details of host.shadowRoot?.querySelectorAll('details') ?? []) details.open = true;
  });
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(300);
}

const isClean = (page: Page, where: string) =>
  expect.poll(() => untranslated(page), { message: where, timeout: 3000 }).toEqual([]);

test('everything that is read stands among the words: drawers, panels, notices, dialogs', async ({
  page,
}) => {
  test.slow();
  const debug = await open(page, '#at=lecture@1.δ1[1]');
  const { element } = debug;
  await openEverything(debug);
  await isClean(page, 'all drawers and panels');

  // Changes and messages about them.
  await debug.field('W1[1,2]').fill('0.5');
  await debug.field('W1[1,2]').press('Enter');
  await debug.field('W2[1,1]').fill('much');
  await debug.field('W2[1,1]').press('Enter');
  await element.locator('#go-to-step').fill('99');
  await element.locator('#go-to-step').press('Enter');
  await isClean(page, 'changed numbers and mistyped ones');
  for (const [field, text] of [['bs-why input', 'W9[1]']]) {
    await element.locator(field).first().fill(text);
    await element.locator(field).first().press('Enter');
  }
  await debug.press('w');
  await debug.press('c');
  await debug.press('t');
  await debug.press('v');
  await debug.press('k');
  await isClean(page, 'tools that are asked');

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
  await element.locator('.head-tools > button').first().click();
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
    await openEverything(debug);
    await isClean(page, 'at first');
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
