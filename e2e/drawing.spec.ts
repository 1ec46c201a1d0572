import { expect, type Page, test } from 'playwright/test';
import type { Session } from '../src/session/session.ts';
import { DebuggerPage } from './debugger-page.ts';
import { serveModel } from './model-page.ts';
import { digitNetwork, moons } from './networks.ts';

/** The steps at which the drawing that has followed every step differs from a new one. */
const differences = (page: Page, steps: readonly number[]): Promise<string[]> =>
  page.evaluate(async (steps) => {
    type View = HTMLElement & { session: unknown; updateComplete: Promise<unknown> };
    const element = document.querySelector('back-step') as HTMLElement & { session: Session };
    const tree = element.shadowRoot as ShadowRoot;
    const drawing = tree.querySelector('bs-network-drawing') as View;
    const bare = (view: Element) => view.innerHTML.replace(/<!--.*?-->/g, '');
    const found: string[] = [];
    for (const [at, step] of steps.entries()) {
      if (at % 17 === 16) element.session.setPrecision(at % 2 === 0 ? 'full' : 'lesson');
      if (at % 23 === 22) element.session.setDigits(at % 2 === 0 ? 4 : 6);
      element.session.goTo(step);
      await drawing.updateComplete;
      // At a step about no sample the drawing keeps the previous one.
      const { sample, model } = element.session;
      if (model.batch !== undefined && sample === undefined) continue;
      const other = document.createElement('bs-network-drawing') as View;
      other.session = element.session;
      drawing.parentElement?.append(other);
      await other.updateComplete;
      // A new drawing first has to measure its space.
      await new Promise((done) => requestAnimationFrame(done));
      await other.updateComplete;
      const [own, fresh] = [bare(drawing), bare(other)];
      const first = [...fresh].findIndex((char, n) => char !== own[n]);
      if (own !== fresh)
        found.push(
          `step ${step}: ${own.slice(Math.max(0, first - 60), first + 60)} for ${fresh.slice(Math.max(0, first - 60), first + 60)}`,
        );
      other.remove();
    }
    return found;
  }, steps);

test.describe('the drawing', () => {
  const numbers = (count: number, of: (at: number) => number) =>
    Array.from({ length: count }, (_, at) => of(at));
  for (const [name, model, steps] of [
    ['2-2-1', undefined, [...numbers(64, (at) => at), ...numbers(20, (at) => (at * 37) % 180)]],
    [
      '784-256-128-10',
      digitNetwork(),
      [...numbers(8, (at) => 700 + at), ...numbers(6, (at) => (at * 777_777) % 1_244_000)],
    ],
    ['batches', moons(), numbers(20, (at) => (at * 61) % 900)],
  ] as const)
    test(`${name}: what rests is not drawn again, and is as if it were`, async ({ page }) => {
      if (model !== undefined) await serveModel(page, model);
      await new DebuggerPage(page).open();
      expect(await differences(page, steps)).toEqual([]);
    });

  test('an edge at work has its usual width, which stands for a number', async ({ page }) => {
    await new DebuggerPage(page).open();
    const wrong = await page.evaluate(async () => {
      const element = document.querySelector('back-step') as HTMLElement & { session: Session };
      const tree = element.shadowRoot as ShadowRoot;
      const view = tree.querySelector('bs-network-drawing') as HTMLElement & {
        updateComplete: Promise<unknown>;
      };
      const widthOf = (line: Element) => getComputedStyle(line).strokeWidth;
      const found: string[] = [];
      let count = 0;
      for (let step = 1; step <= 60; step++) {
        element.session.goTo(step);
        await view.updateComplete;
        for (const line of view.querySelectorAll('.flow:not(.halo)')) {
          const [edge] = view.querySelectorAll(`[data-cell] > .edge[d="${line.getAttribute('d')}"]`);
          if (edge === undefined) continue;
          count++;
          if (widthOf(edge) !== widthOf(line))
            found.push(`step ${step}: ${widthOf(line)} for ${widthOf(edge)}`);
        }
      }
      return count > 20 ? found : [`only ${count}`];
    });
    expect(wrong).toEqual([]);
  });

  test('its weights and inputs are one stop of the keyboard, and are changed there', async ({ page }) => {
    const debug = new DebuggerPage(page);
    await debug.open();
    const numbers = debug.element.locator('.network .settable');
    const stop = debug.element.locator('.network .settable[tabindex="0"]');
    await expect(stop).toHaveCount(1);
    await stop.focus();
    await page.keyboard.press('End');
    await expect(numbers.last()).toBeFocused();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await expect(numbers.nth(1)).toBeFocused();
    await expect(stop).toHaveCount(1);
    // The other arrows step, and the focus stays.
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => debug.step()).toBe(1);
    await expect(numbers.nth(1)).toBeFocused();
    const cell = await stop.getAttribute('data-cell');
    await page.keyboard.press('Enter');
    await debug.element.locator('bs-what-if input').first().fill('0.25');
    await page.keyboard.press('Enter');
    await expect(debug.element.locator(`.network .settable[data-cell="${cell}"]`).first()).toContainText(
      '0.25',
    );
    await expect(stop).toHaveCount(1);
  });
});
