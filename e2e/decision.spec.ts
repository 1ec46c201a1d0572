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
      await expect(view.locator('path.line')).toHaveAttribute('d', /^M/);
      await expect(view.locator('.plane .point')).toHaveCount(60);
      await expect(view.locator('.plane .here')).toHaveCount(4);
      const painted = await view.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
        const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        const colours = new Set<string>();
        for (let at = 0; at < pixels.length; at += 4) colours.add(pixels.slice(at, at + 4).join());
        return colours.size;
      });
      expect(painted).toBeGreaterThan(20);
      const before = await view.locator('path.line').getAttribute('d');
      await view.getByText('The same in numbers').click();
      const cell = view.locator('table').first().locator('td:not(:empty)').first();
      const first = await cell.innerText();
      // The upper left corner of the table is that of the plane.
      const field = view.locator('.field');
      await field.scrollIntoViewIfNeeded();
      await field.hover({ position: { x: 1, y: 1 }, force: true });
      await expect(view.locator('.answer')).toContainText(first.slice(0, 4));
      await debug.press('End');
      await debug.press('ArrowRight');
      await expect(view.locator('path.line')).not.toHaveAttribute('d', before ?? '');
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
