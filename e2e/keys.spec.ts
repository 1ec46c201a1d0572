import { expect, type Page, test } from 'playwright/test';
import { DebuggerPage, lesson } from './debugger-page.ts';

/** Counts, as `window.turned`, the keys that come to a slide show, which takes them whatever has become of them. */
const addSlideShow = (page: Page) =>
  page.evaluate(() => {
    Object.assign(window, { turned: [] });
    document.addEventListener('keydown', ({ key }) => {
      (Reflect.get(window, 'turned') as string[]).push(key);
    });
  });
const turned = (page: Page) => page.evaluate(() => Reflect.get(window, 'turned') as string[]);

/** The steps at which the debuggers of the page are. */
const steps = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('back-step')].map(
      (one) =>
        (one as unknown as { session: { state: { cursor: { step: number } } } }).session.state.cursor.step,
    ),
  );

const ready = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll('back-step')].every((one) => Reflect.get(one, 'session') !== undefined),
  );

test('with the focus nowhere, keys step the debugger in view; what the page or the browser needs is theirs', async ({
  page,
}) => {
  const debug = new DebuggerPage(page);
  await page.goto(lesson);
  await ready(page);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => debug.step()).toBeGreaterThan(2);
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => debug.step()).toBe(1);

  // The page is longer than the window.
  await page.keyboard.press('End');
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
  await page.keyboard.press('Home');
  await expect.poll(() => debug.step()).toBe(1);

  // Combinations and function keys are the browser's.
  const isPassed = (key: string, init: { ctrlKey?: boolean; metaKey?: boolean }) =>
    page.evaluate(
      ([key, init]) =>
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }),
        ),
      [key, init] as const,
    );
  for (const key of 'abcdefghijklmnopqrstuvwxyz') {
    expect(await isPassed(key, { ctrlKey: true }), `Control ${key}`).toBe(true);
    expect(await isPassed(key, { metaKey: true }), `⌘ ${key}`).toBe(true);
  }
  expect(await isPassed('F5', {})).toBe(true);
  expect(await isPassed('F11', {})).toBe(true);
  await expect.poll(() => debug.step()).toBe(1);

  // So are keys of what has the focus.
  await page.evaluate(() => {
    const made = document.createElement('div');
    made.innerHTML =
      '<input><select><option>a<option>b</select><div contenteditable="true">x</div><input type="range"><pre tabindex="0"></pre>';
    document.querySelector('main')?.prepend(made);
    const pre = made.querySelector('pre') as HTMLElement;
    pre.textContent = 'wide '.repeat(200);
  });
  for (const selector of ['input', 'select', '[contenteditable]', '[type=range]', 'pre[tabindex]']) {
    await page.locator(`main ${selector}`).first().focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => debug.step(), selector).toBe(1);
  }
  // A link has no use for arrows.
  await page.locator('main p > a[href]:visible').first().focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => debug.step()).toBe(2);
});

test('of several debuggers, the one most in view takes the keys', async ({ page }) => {
  await page.goto('the-formula-language.html');
  await ready(page);
  const count = (await steps(page)).length;
  expect(count).toBeGreaterThan(1);
  for (let at = 0; at < count; at++) {
    await page
      .locator('back-step')
      .nth(at)
      .evaluate((one) => one.scrollIntoView({ block: 'start', behavior: 'instant' }));
    const before = await steps(page);
    await page.keyboard.press('ArrowRight');
    expect(await steps(page)).toEqual(before.map((step, n) => step + (n === at ? 1 : 0)));
  }
});

test('what the debugger has used does not turn a slide, and what it has no use for does', async ({
  page,
}) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await addSlideShow(page);
  for (const key of ['ArrowRight', 'ArrowLeft', 'PageDown', 'PageUp', 'Home', 'b', 'b', '2', 'ArrowRight'])
    await debug.press(key);
  expect(await turned(page)).toEqual([]);
  // Typed into a field, or pressing a button.
  await debug.element.locator('#go-to-step').focus();
  await page.keyboard.type('3 n');
  await page.keyboard.press('ArrowLeft');
  await debug.element.getByRole('button', { name: /^Next operation/ }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press(' ');
  await debug.press('?');
  await expect(debug.element.locator('bs-help dialog')).toBeVisible();
  await expect(debug.element.getByRole('link', { name: 'Using the debugger' })).toHaveAttribute(
    'href',
    /\/using-the-debugger\.html$/,
  );
  await page.keyboard.press('Escape');
  expect(await turned(page)).toEqual([]);
  await debug.press('q');
  await debug.press('Escape');
  await debug.press('Tab');
  expect(await turned(page)).toEqual(['q', 'Escape', 'Tab']);
});

test('with the focus nowhere, a slide show that uses a key has it', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await page.evaluate(() => document.addEventListener('keydown', (event) => event.preventDefault()));
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => debug.step()).toBe(0);
});

for (const isBlocked of [false, true])
  test(`letters can be turned off as keys, and stay so${isBlocked ? ' on the page where storage is blocked' : ''}`, async ({
    page,
  }) => {
    if (isBlocked)
      await page.addInitScript(() =>
        Object.defineProperty(window, 'localStorage', {
          get: () => {
            throw new DOMException('blocked', 'SecurityError');
          },
        }),
      );
    const debug = new DebuggerPage(page);
    const help = debug.element.locator('bs-help dialog');
    await debug.open();
    await debug.press('?');
    await help.getByLabel('Letters, digits and signs are keys').uncheck();
    await expect(help).toContainText('Letters, digits and signs are off');
    await page.keyboard.press('Escape');
    if (!isBlocked) await debug.open();
    for (const key of ['m', 's', '2', '?']) await debug.press(key);
    await expect.poll(() => debug.step()).toBe(0);
    await expect(help).toBeHidden();
    await debug.press('ArrowRight');
    await debug.press('F11');
    await expect.poll(() => debug.step()).toBe(2);
    await (await debug.openMenu()).getByRole('button', { name: 'Keys' }).click();
    await help.getByLabel('Letters, digits and signs are keys').check();
    await page.keyboard.press('Escape');
    await debug.press('m');
    await expect.poll(() => debug.step()).toBeGreaterThan(2);
  });

test('a link skips the debugger', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  const skip = debug.element.getByRole('button', { name: 'Skip the debugger' });
  const isFocused = () => skip.evaluate((one) => one.matches(':focus'));
  for (let n = 0; n < 30 && !(await isFocused()); n++) await page.keyboard.press('Tab');
  await expect(skip).toBeFocused();
  const { x, y, width } = (await skip.boundingBox()) ?? { x: 0, y: 0, width: 0 };
  const found = await page.evaluate(
    ([x, y]) => document.elementFromPoint(x, y)?.shadowRoot?.elementFromPoint(x, y)?.className,
    [x + width / 2, y + 8] as const,
  );
  expect(found).toBe('skip-link');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  // Where the focus is, within shadow roots too.
  const at = await page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    const element = document.querySelector('back-step') as Element;
    const follows = element.compareDocumentPosition(active as Element) & Node.DOCUMENT_POSITION_FOLLOWING;
    return {
      follows: follows > 0,
      isIn: element.shadowRoot?.contains(active),
      what: active?.outerHTML.slice(0, 80),
    };
  });
  expect(at, at.what).toMatchObject({ follows: true, isIn: false });
});

test('in print there are the drawing, the formula and the code of the step, and no controls', async ({
  page,
}) => {
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@1.δ1[1]');
  await page.emulateMedia({ media: 'print' });
  for (const part of ['bs-network-drawing svg', 'bs-formula', 'bs-code'])
    await expect(debug.element.locator(part).first(), part).toBeVisible();
  const shown = await page.evaluate(() =>
    [
      ...(document
        .querySelector('back-step')
        ?.shadowRoot?.querySelectorAll<HTMLElement>('button, input, select, summary, [role=tab]') ?? []),
    ]
      // A line of the code is a button; its text is what is printed.
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches('.go'))
      .map((one) => one.outerHTML.slice(0, 80)),
  );
  expect(shown).toEqual([]);
  const { printed, whole } = await debug.element.evaluate((element) => ({
    printed: element.getBoundingClientRect().height,
    whole: element.scrollHeight,
  }));
  expect(printed).toBeGreaterThanOrEqual(whole - 1);
});

test('Escape closes what lies on top first, then leads back to the link', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  const link = page.locator('a.fact[data-cell="δ1[2]"]').first();
  await link.click();
  await expect(debug.element).toBeFocused();
  const menu = await debug.openMenu();
  await menu.getByRole('button', { name: 'Full precision' }).click();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(link).not.toBeFocused();
  await page.keyboard.press('Escape');
  await expect(link).toBeFocused();
});
