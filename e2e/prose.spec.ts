import { readdirSync } from 'node:fs';
import { expect, type Page, test } from 'playwright/test';
import { DebuggerPage, watch } from './debugger-page.ts';

const lessons = readdirSync('lessons')
  .filter((name) => /^\d.*\.md$/.test(name))
  .map((name) => name.replace(/^\d+-(.*)\.md$/, '$1.html'));

interface Host extends HTMLElement {
  readonly model: string;
  readonly session: { readonly state: { readonly cursor: { readonly step: number } } };
}

/** What the prose links to, as the page has it. */
interface ProseLink {
  readonly model: string;
  readonly frame: number;
  readonly cell: string;
  readonly isNumber: boolean;
  readonly text: string;
}

const links = 'a:is(.fact, .step)[data-model]';

async function open(page: Page, file: string): Promise<void> {
  await page.goto(file);
  await page.waitForFunction(() =>
    [...document.querySelectorAll('back-step')].every((one) => (one as Host).session !== undefined),
  );
  // What goes along in the text is loaded after the debugger.
  await page.waitForFunction(
    () => document.adoptedStyleSheets.length > 0 || document.querySelector('a[data-model]') === null,
  );
}

const linksOf = (page: Page): Promise<ProseLink[]> =>
  page.locator(links).evaluateAll((all) =>
    all.map((one) => {
      const { model = '', frame = '1', cell = '' } = (one as HTMLElement).dataset;
      return {
        model,
        frame: Number(frame),
        cell,
        isNumber: one.classList.contains('fact'),
        text: one.textContent ?? '',
      };
    }),
  );

/** The left sides of the formulas of each model, as the page has them in text. */
const computedIn = async (page: Page): Promise<Map<string, Set<string>>> =>
  new Map(
    (
      await page
        .locator('back-step pre[data-model]')
        .evaluateAll((all) =>
          all.map((one) => [(one as HTMLElement).dataset.model ?? '', one.textContent ?? '']),
        )
    ).map(([model, text]) => {
      const formulas = text.slice(Math.max(0, text.search(/^\s*(forward|backward|update)/m)));
      const sides = formulas.matchAll(/^\s+([^\s=<[]+)(?:\[[^\]]*\])?\s*(?:=|<-|:)/gm);
      return [model, new Set([...sides].map(([, name]) => name))];
    }),
  );

/** What the text names and nothing in its debugger is highlighted for when it is pointed at; empty where all is right. */
async function unlit(page: Page): Promise<string[]> {
  for (const code of await page.locator('bs-code').all())
    await expect(code.locator('[data-line]').first()).toBeAttached();
  const dark: string[] = await page
    .locator('main :is(.fact, .step, .symbol)[data-cell]')
    .evaluateAll(async (all) => {
      const rested = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
      const found: string[] = [];
      for (const one of all as HTMLElement[]) {
        const { model = '', cell = '' } = one.dataset;
        one.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
        await rested();
        const root = document.querySelector(`back-step[model="${model}"]`)?.shadowRoot;
        const pointed = getComputedStyle(document.documentElement).getPropertyValue('--pointed').trim();
        const probe = document.createElement('p');
        probe.style.color = pointed;
        document.body.append(probe);
        const { color } = getComputedStyle(probe);
        probe.remove();
        const name = cell.replace(/\[.*/, '');
        const lit = [...(root?.querySelectorAll<HTMLElement>('[data-cell], [data-line]') ?? [])].filter(
          (element) =>
            element.checkVisibility() &&
            (element.closest('svg')
              ? getComputedStyle(element).getPropertyValue('--drawn') !== ''
              : getComputedStyle(element).backgroundColor === color),
        );
        const isOwn = (element: HTMLElement) =>
          element.dataset.cell?.replaceAll(';', ',') === cell ||
          element.dataset.line === name ||
          element.dataset.given?.split(' ').includes(name) === true;
        if (lit.length === 0 || !lit.every(isOwn)) found.push(`${model}: ${cell}`);
        document.body.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
      }
      return found;
    });
  return dark;
}

for (const file of lessons)
  test(`${file}: what speaks of a step is marked at it, and what the text names is lit when it is pointed at`, async ({
    page,
  }) => {
    const { complaints } = watch(page);
    await open(page, file);
    const all = await linksOf(page);
    const computed = await computedIn(page);
    const missing: string[] = [];
    for (const [at, { model, frame, cell, isNumber, text }] of all.entries()) {
      const link = page.locator(links).nth(at);
      const isOfStep = isNumber
        ? frame > 0 && (/^d.*\/d/.test(cell) || computed.get(model)?.has(cell.replace(/\[.*/, '')) === true)
        : true;
      await link.evaluate((one) => (one as HTMLElement).click());
      // The link is followed, drawn, and marked.
      if (isOfStep) await expect(link, `${model}@${frame}:${cell}`).toHaveAttribute('data-now');
      else
        await page.waitForFunction((model) => document.activeElement?.getAttribute('model') === model, model);
      const marks = await link.evaluate((one) => ({
        number: one.getAttribute('data-now'),
        passage: one.closest('p, li, tr, dd, figcaption, caption')?.getAttribute('data-speaks'),
        outline: getComputedStyle(one).outlineStyle,
      }));
      const isMarked = marks.number !== null && marks.passage === marks.number && marks.outline === 'solid';
      if (isMarked !== isOfStep) missing.push(`${model}@${frame}:${cell} “${text}” ${JSON.stringify(marks)}`);
    }
    expect(missing).toEqual([]);
    expect(await unlit(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

test('a number in the drawing is highlighted in the text', async ({ page }) => {
  await open(page, 'backpropagation-by-hand.html');
  const debug = new DebuggerPage(page);
  await debug.element.locator('bs-network-drawing [data-cell="h[1]"]').first().hover();
  const fact = page.locator('a.fact[data-cell="h[1]"]').first();
  await expect(fact).toHaveCSS('background-color', 'rgb(251, 231, 161)');
  await page.mouse.move(5, 5);
  await expect(fact).not.toHaveCSS('background-color', 'rgb(251, 231, 161)');
});

for (const file of [
  'backpropagation-by-hand.html',
  'one-network-four-conventions.html',
  'a-network-is-a-function.html',
])
  test(`${file}: on a phone the text stays where it is, whatever number is tapped`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, file);
    // A folded note has no numbers to tap. The table of a figure, once it is opened, has as many rows as there are iterations.
    await page.locator('details:not(figure details)').evaluateAll((all) => {
      for (const one of all) one.setAttribute('open', '');
    });
    const all = page.locator(links);
    const count = await all.count();
    const moved: string[] = [];
    for (let n = 0; n < Math.min(35, count); n++) {
      const link = all.nth((n * 7) % count);
      const model = await link.getAttribute('data-model');
      await link.evaluate((one) => one.scrollIntoView({ block: 'center', behavior: 'instant' }));
      const place = () =>
        link.evaluate((one) => ({ y: scrollY, top: Math.round(one.getBoundingClientRect().top) }));
      const before = await place();
      await link.click();
      await page.waitForFunction((model) => document.activeElement?.getAttribute('model') === model, model);
      const after = await place();
      if (JSON.stringify(before) !== JSON.stringify(after))
        moved.push(`${n}: ${JSON.stringify([before, after])}`);
      // The debugger that the link is about is in the window.
      const { top, bottom } = await page
        .locator(`back-step[model="${model}"]`)
        .evaluate((one) => one.getBoundingClientRect().toJSON());
      if (top > 844 - 80 || bottom < 80) moved.push(`${n}: ${model} is out of sight`);
    }
    expect(moved).toEqual([]);
  });

test('a debugger that was called from elsewhere goes back by Escape, and the link has the focus again', async ({
  page,
}) => {
  await open(page, 'one-network-four-conventions.html');
  const link = page.locator(`${links}[data-model="l3"]`).last();
  await link.scrollIntoViewIfNeeded();
  const own = page.locator('back-step[model="l3"]');
  await link.click();
  await expect(own).toHaveAttribute('data-called', '');
  await page.keyboard.press('ArrowRight');
  // It stands over the debugger of the part that is read.
  const onTop = await page.evaluate(() => {
    const { left, top, width, height } = (
      document.querySelector('[data-called]') as Element
    ).getBoundingClientRect();
    const points = [0.02, 0.5, 0.98].map((part) => [left + width / 2, top + part * height]);
    return points.map(([x, y]) =>
      document.elementFromPoint(x, y)?.closest('back-step')?.getAttribute('model'),
    );
  });
  expect(onTop).toEqual(['l3', 'l3', 'l3']);
  await page.keyboard.press('Escape');
  await expect(own).not.toHaveAttribute('data-called', '');
  await expect(link).toBeFocused();
});

test('where the text on a step is out of sight, a button leads there', async ({ page }) => {
  await open(page, 'backpropagation-by-hand.html');
  const debug = new DebuggerPage(page);
  const button = page.locator('.text-here');
  await expect(button).toHaveCount(0);
  await page.locator('a.fact', { hasText: '−0.0406' }).first().click();
  await expect(button).toHaveCount(0);
  await page.evaluate(() => scrollTo(0, 0));
  await expect(button).toBeVisible();
  await button.click();
  await expect(page.locator('a[data-now]').first()).toBeInViewport();
  await expect(button).toHaveCount(0);
  await debug.press('Home');
  await expect(page.locator('[data-speaks]')).toHaveCount(0);
});

test('the list of sections ticks the phases that have been stepped through', async ({ page }) => {
  await open(page, 'backpropagation-by-hand.html');
  const debug = new DebuggerPage(page);
  const done = page.locator('.rail [data-phase][data-done]');
  const phases = () =>
    done.evaluateAll((all) => [...new Set(all.map((one) => (one as HTMLElement).dataset.phase))]);
  await debug.press('ArrowRight', 5);
  expect(await phases()).toEqual([]);
  await debug.press('PageDown');
  await expect.poll(phases).toEqual(['forward']);
  await debug.press('End');
  await expect.poll(async () => (await phases()).sort()).toEqual(['backward', 'forward', 'update']);
  await debug.press('Home');
  expect((await phases()).length).toBe(3);
});

test('on paper the numbers of the iterations stand beneath the debugger, on the screen nowhere', async ({
  page,
}) => {
  await open(page, 'backpropagation-by-hand.html');
  const numbers = page.locator('back-step .numbers').first();
  await expect(numbers).toBeHidden();
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  await expect(numbers).toBeVisible();
  await expect(numbers).toContainText('−0.0082');
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(numbers).toBeHidden();
});

test('the text follows each step where the reader has chosen that, but no link in it', async ({ page }) => {
  await open(page, 'backpropagation-by-hand.html');
  const debug = new DebuggerPage(page);
  await (await debug.openMenu()).getByRole('button', { name: 'text follows' }).click();
  await debug.closeMenu();
  const y = () => page.evaluate(() => scrollY);
  expect(await y()).toBe(0);
  // The first multiplication is spoken of further down.
  await debug.press('ArrowRight');
  await expect.poll(y).toBeGreaterThan(100);
  await expect(page.locator('a[data-now]').first()).toBeInViewport({ ratio: 0.9 });
  await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }));
  const link = page.locator('a.fact[data-cell="δ1[1]"]').last();
  await link.evaluate((one) => one.scrollIntoView({ block: 'center', behavior: 'instant' }));
  const there = await y();
  await link.click();
  await expect(link).toHaveAttribute('data-now');
  await page.waitForTimeout(300);
  expect(await y()).toBe(there);
});

test('the button that leads to the text leaves who reads on, and is there where a page opens at a step', async ({
  page,
}) => {
  await open(page, 'backpropagation-by-hand.html#at=lecture@1.δ1%5B2%5D');
  const button = page.locator('.text-here');
  await expect(button).toBeVisible();
  await page.mouse.move(200, 300);
  await page.mouse.wheel(0, 120);
  await expect(button).toBeVisible();
  await page.mouse.wheel(0, 200);
  await expect(button).toHaveCount(0);
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  await new DebuggerPage(page).press('ArrowLeft');
  await expect(button).toBeVisible();
});

test('a message over the timeline can be put away', async ({ page }) => {
  await open(page, 'backpropagation-by-hand.html');
  const debug = new DebuggerPage(page);
  await debug.press('d');
  const message = debug.element.locator('.status-line');
  await expect(message).toContainText('Dull steps');
  await message.getByRole('button').click();
  await expect(message).toBeHidden();
  await expect(debug.element.locator('#go-to-step')).toBeVisible();
});

test('a sheet that shows all of the debugger keeps its grip in the window at the end of the page', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, 'backpropagation-by-hand.html');
  await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }));
  const debug = new DebuggerPage(page);
  const before = await page.evaluate(() => document.body.scrollHeight);
  await debug.raise();
  await expect(debug.element).toHaveAttribute('data-detent', 'all');
  await expect(debug.element.locator('.grip')).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => document.body.scrollHeight)).toBe(before);
});
