import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import type { Session } from '../src/session/session.ts';
import { DebuggerPage } from './debugger-page.ts';
import { serveModel } from './model-page.ts';
import { recurrence } from './networks.ts';

for (const width of [320, 1200])
  test(`a recurrent model is unrolled in time, follows the steps, and is a table, at ${width} px`, async ({
    page,
  }) => {
    test.slow();
    await page.setViewportSize({ width, height: 900 });
    await serveModel(page, recurrence());
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.a[3,2].5');
    await debug.raise();
    // It stands where other models have their network.
    const view = debug.element.locator('bs-network-drawing bs-unrolled-time');
    await expect(view.locator('.moment').last()).toBeVisible();
    const at = (cell: string) => view.locator(`svg [data-cell="${cell}"]`);
    await expect(at('a[3;2]')).toBeAttached();
    await expect(view.locator('.mark.target')).toHaveCount(1);
    // Through all moments and back.
    for (const cell of ['a[1,1]', 'a[5,3]', 'dL/da[2,1]']) {
      const [name, indices] = cell.split('[');
      await debug.element.evaluate(
        (element, [name, indices]) =>
          (element as HTMLElement & { session: Session }).session.goToCell(
            name,
            'old',
            indices.split(',').map(Number),
          ),
        [name, indices.replace(']', '')] as const,
      );
      await expect(at(cell.replace(',', ';'))).toBeAttached();
    }
    await view.getByText('The same in numbers').click();
    const value = await view.locator('td [data-cell="a[2;1]"]').innerText();
    expect((await at('a[2;1]').locator('text').textContent())?.slice(0, 4)).toBe(value.slice(0, 4));
    const { violations } = await new AxeBuilder({ page }).include('back-step').analyze();
    expect(
      violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)),
    ).toEqual([]);
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide).toBeLessThanOrEqual(0);
  });
