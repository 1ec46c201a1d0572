import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import { DebuggerPage } from './debugger-page.ts';
import { serveModel } from './model-page.ts';
import { moons } from './networks.ts';

test.describe('the decision boundary', () => {
  for (const width of [320, 1200])
    test(`is drawn with the data, follows the iterations, and is a table, at ${width} px`, async ({
      page,
    }) => {
      test.slow();
      await page.setViewportSize({ width, height: 900 });
      await serveModel(page, moons());
      const debug = new DebuggerPage(page);
      await debug.open();
      await debug.show('decision');
      const view = debug.element.locator('bs-decision-boundary');
      const line = view.locator('path.divide');
      await expect(line).toHaveAttribute('d', /^M/);
      await expect(view.locator('.plane .datum')).toHaveCount(60);
      await expect(view.locator('.plane .here')).toHaveCount(4);
      const fills = await view
        .locator('path.region')
        .evaluateAll((all) => [...new Set(all.map((one) => getComputedStyle(one).fill))]);
      expect(fills).toHaveLength(2);
      // Units are CSS pixels: letters are as large as they say.
      const scale = await view
        .locator('.plane svg')
        .evaluate((one: SVGSVGElement) => one.getBoundingClientRect().width / one.viewBox.baseVal.width);
      expect(scale).toBeCloseTo(1, 2);
      const before = await line.getAttribute('d');
      await view.getByText('The same in numbers').click();
      const cell = view.locator('table').first().locator('td:not(:empty)').first();
      const first = await cell.innerText();
      // The upper left corner of the table is that of the plane.
      const ground = view.locator('.plane .ground');
      await ground.scrollIntoViewIfNeeded();
      await ground.hover({ position: { x: 1, y: 1 }, force: true });
      await expect(view.locator('.answer')).toContainText(first.slice(0, 4));
      await debug.press('End');
      await debug.press('ArrowRight');
      await expect(line).not.toHaveAttribute('d', before ?? '');
      await debug.press('ArrowRight');
      await expect(view.locator('.plane .here.now')).toHaveCount(1);
      const { violations } = await new AxeBuilder({ page }).include('back-step').analyze();
      expect(
        violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)),
      ).toEqual([]);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide).toBeLessThanOrEqual(0);
    });
});
