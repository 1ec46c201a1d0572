import { readFileSync } from 'node:fs';
import { expect, type Page, test } from 'playwright/test';
import { hostileLink, targetsOf } from '../src/publish/hostile-links.testing.ts';
import { seal } from '../src/session/links/envelope.ts';
import { DebuggerPage, lesson, watch } from './debugger-page.ts';

const golden = JSON.parse(readFileSync(new URL('../src/publish/golden-links.json', import.meta.url), 'utf8'));
const ofLesson = Object.fromEntries(Object.entries(golden.texts).filter(([of]) => of === '01 lecture'));
const targets = targetsOf({ ...golden, texts: ofLesson }, () => undefined);
const [{ text }] = targets;

/** A link that carries a text, with a valid checksum. */
const bringing = (changed: string): Promise<string> =>
  seal({ model: 'lecture', text: JSON.stringify({ at: [0], text: changed }) });
const nested = (open: string, close: string, depth: number) => `${open.repeat(depth)}x${close.repeat(depth)}`;
const withFormula = (formula: string) => text.replace('\nforward\n', `\nforward\n  zz = ${formula}\n`);

/** Links made to make a page hang, and the message for each. */
const known: readonly (readonly [what: string, link: Promise<string>, notice: RegExp])[] = [
  [
    'notation 150 deep',
    bringing('y=1\nwrite y as '.replace('y=1', 'forward\ny = 1 + 1') + nested('x^{', '}', 150)),
    /a notation has at most/,
  ],
  ['braces 5,000 deep', bringing(`${text}\nwrite y as ${nested('{', '}', 5000)}`), /a notation has at most/],
  ['braces that stay open', bringing(`${text}\nwrite y as ${'{'.repeat(150)}`), /each \{ needs its \}/],
  ['a long notation', bringing(`${text}\nwrite y as ${'x'.repeat(200_000)}`), /a notation has at most/],
  [
    'parentheses',
    bringing(withFormula(nested('(', ')', 5000).replace('x', '1'))),
    /levels in each other|too long/,
  ],
  [
    'fractions',
    bringing(withFormula(`${'1/(1+'.repeat(190)}1${')'.repeat(190)}`)),
    /levels in each other|too long/,
  ],
  [
    'a chain of quotients',
    bringing(withFormula(Array.from({ length: 300 }, () => 'eta').join(' / '))),
    /levels in each other|too long/,
  ],
  ['signs', bringing(withFormula(`${'-'.repeat(3000)}1`)), /levels in each other|too long/],
  ['an endless range', bringing(withFormula('sum(i=1..1000000, j=1..1000000: 1)')), /million terms/],
  ['a large sum', bringing(withFormula('sum(i=1..1000000, j=1..90: 1)')), /operations/],
  ['a large array', bringing(`param W[1e9,1e9] = 0\n${text}`), /at most/],
  ['many lines', bringing('\n'.repeat(50_000)), /lines/],
  ['ever more space', bringing(' '.repeat(12_000_000)), /more in this link/],
  ['far ahead', Promise.resolve('#at=lecture@99999999999'), /beyond the last step/],
];

async function longestTask(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, ...(window as unknown as { tasks: number[] }).tasks.splice(0)));
}

const observe = () => {
  const tasks: number[] = [];
  Object.assign(window, { tasks });
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe(
    {
      type: 'longtask',
    },
  );
};

/** Checks that the page responds and the debugger can be stepped. */
async function isWell(debug: DebuggerPage): Promise<void> {
  await expect(debug.element.locator('bs-formula .caption')).toBeVisible();
  expect(await debug.page.evaluate(() => 6 * 7)).toBe(42);
  expect(
    await debug.page
      .locator('back-step')
      .evaluate(
        (one) =>
          one.shadowRoot?.querySelectorAll(
            'script, iframe, object, embed, [onload], [onerror], [onclick], a[href^="javascript"]',
          ).length,
      ),
  ).toBe(0);
}

test('links made to do harm are told, one after the other, and the lesson’s own model stays', async ({
  page,
}) => {
  test.setTimeout(400_000);
  const { complaints } = watch(page);
  await page.addInitScript(observe);
  const debug = new DebuggerPage(page);
  await debug.open();
  const slow: string[] = [];
  for (const [what, link, notice] of known) {
    const hash = await link;
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await expect(debug.element.locator('.notice').first(), what).toContainText(notice, { timeout: 90_000 });
    await isWell(debug);
    await debug.show('inputs');
    await expect(debug.field('x[1]')).toHaveValue('0.35');
    slow.push(`${what} ${Math.round(await longestTask(page))}`);
  }
  await page.evaluate(() => {
    location.hash = '#at=lecture@1.h[1]';
  });
  await expect(debug.element.locator('bs-formula .caption code')).toHaveText('h[1]');
  test.info().annotations.push({ type: 'longest task, ms', description: slow.join(', ') });
  if (process.env.BACKSTEP_TELL) console.log(slow.join('\n'));
  expect(complaints).toEqual([]);
});

test('a fresh page that is opened with one says so, or opens at its step', async ({ page }) => {
  test.setTimeout(400_000);
  const { complaints } = watch(page);
  const debug = new DebuggerPage(page);
  for (const [what, link, notice] of known.slice(0, 6)) {
    await page.goto('about:blank');
    await page.goto(`${lesson}${await link}`);
    await expect(debug.element.locator('.notice').first(), what).toContainText(notice, { timeout: 90_000 });
    await isWell(debug);
  }
  expect(complaints).toEqual([]);
});

/** Seeds of random links; `BACKSTEP_LINKS=from,count` tries others. */
const [from, count] = (process.env.BACKSTEP_LINKS ?? '0,30').split(',').map(Number);

test('drawn at random, they leave the page well', async ({ page }) => {
  test.setTimeout(120_000 + count * 5000);
  const { complaints } = watch(page);
  await page.addInitScript(observe);
  const debug = new DebuggerPage(page);
  await debug.open();
  const slow: { seed: number; took: number }[] = [];
  for (let seed = from; seed < from + count; seed++) {
    const { hash } = await hostileLink(seed, targets);
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await page.waitForTimeout(150);
    await isWell(debug);
    slow.push({ seed, took: Math.round(await longestTask(page)) });
    // A text may name data files that are not there.
    const others = complaints.filter((one) => !/status of 404/.test(one));
    expect(others, `seed ${seed}: ${hash.slice(0, 200)}`).toEqual([]);
  }
  slow.sort((a, b) => b.took - a.took);
  if (process.env.BACKSTEP_TELL) console.log(slow.slice(0, 10));
});
