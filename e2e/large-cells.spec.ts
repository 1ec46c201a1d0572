import { expect, type Page, test } from 'playwright/test';
import type { Session } from '../src/session/session.ts';
import { DebuggerPage, lesson } from './debugger-page.ts';
import { hasOpened, serveModel } from './model-page.ts';

const sumOf = (n: number): string => `given x = 0.3
param a = 0.5
index i = 1..${n}
index j = 1..${n}
forward
  y = sum(i, j: x * x)
  L = (a * y)^2
update
  a <- a - 0.1 * dL/da`;

/** Terms evaluated for stepping so far. */
const work = (page: Page): Promise<number> =>
  page.evaluate(
    () => (document.querySelector('back-step') as HTMLElement & { session: Session }).session.machine.work,
  );

for (const [name, n] of [
  ['three hundred and sixty thousand', 600],
  ['ten million', 3163],
] as const)
  test.describe(`a cell of ${name} terms`, () => {
    const operations = 2 * n * n - 1;
    const middle = 2 * Math.floor((n * n) / 2) + 1;

    test('is stepped through, forwards and back, near its start and in its middle', async ({ page }) => {
      test.slow();
      await serveModel(page, sumOf(n));
      const debug = new DebuggerPage(page);
      await page.goto(`${lesson}#at=lecture@1.y.1`);
      // Its frame runs once, however busy the computer is.
      await page.waitForFunction(hasOpened, undefined, { timeout: 60_000 });
      const formula = debug.element.locator('bs-formula');
      const count = (at: number) =>
        `operation ${at} of ${operations}`.replaceAll(/\B(?=(\d{3})+(?!\d))/g, '');
      const digits = (text: string | null) => (text ?? '').replaceAll(/(?<=\d)\D(?=\d{3})/g, '');
      const stands = async (at: number) =>
        expect.poll(async () => digits(await formula.locator('.count').textContent())).toBe(count(at));
      await stands(1);
      await debug.press('ArrowRight', 20);
      await stands(21);
      await debug.press('ArrowLeft', 5);
      await stands(16);
      // Once the prefix total up to there exists, each key costs no more than the terms since the last one.
      await page.evaluate(
        (step) =>
          (document.querySelector('back-step') as HTMLElement & { session: Session }).session.goTo(step),
        middle,
      );
      await stands(middle);
      const before = await work(page);
      await debug.press('ArrowRight', 10);
      await debug.press('F10', 10);
      await stands(middle + 20);
      await debug.press('ArrowLeft', 10);
      await stands(middle + 10);
      expect((await work(page)) - before).toBeLessThan(30 * 100_000);
      // The text in the page does not grow with the sum.
      const cells = await formula.locator('.right').first().locator('[data-cell="x"]').count();
      expect(cells).toBeLessThan(20);
      await debug.press('w');
      await expect(debug.element.locator('bs-why')).toContainText('What wrote it');
      await debug.press('Escape');
      await debug.press('ArrowDown');
      await stands(operations);
      await debug.press('ArrowDown');
      await expect(formula.locator('code')).toHaveText('L');
    });
  });

test('a cell that is too large to be stepped through is refused, and the page says so', async ({ page }) => {
  await serveModel(page, sumOf(10_000));
  await page.goto(lesson);
  await expect(page.locator('back-step')).toContainText('one cell of y takes');
});
