import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from 'playwright/test';
import { DebuggerPage } from './debugger-page.ts';
import { serveModel } from './model-page.ts';
import { convolution, digitNetwork, recurrence } from './networks.ts';

const large = digitNetwork();

/** Opens the page with another model and goes to an operation of a cell. */
async function open(page: Page, model: string, cell: string): Promise<DebuggerPage> {
  await serveModel(page, model);
  const debug = new DebuggerPage(page);
  await debug.open(`#at=lecture@1.${cell}`);
  return debug;
}

const elements = (debug: DebuggerPage): Promise<number> =>
  debug.element.evaluate(({ shadowRoot }) => shadowRoot?.querySelectorAll('*').length ?? 0);

test.describe('784-256-128-10', () => {
  test('shows the first term of a sum, the one at work and the last', async ({ page }) => {
    const debug = await open(page, large, 'z1[3].611');
    const formula = debug.element.locator('bs-formula');
    await expect(formula.locator('.count')).toHaveText('operation 611 of 1568');
    const shown = await formula
      .locator('.right')
      .first()
      .locator('[data-cell^="x["]')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.cell));
    expect([...new Set(shown)]).toEqual(['x[1]', 'x[306]', 'x[784]']);
    await debug.press('ArrowRight', 2);
    await expect(formula.locator('.right').first().locator('[data-cell="x[307]"]')).toBeAttached();
  });

  test('draws few units of each layer, those at work among them, and says how many there are', async ({
    page,
  }) => {
    const debug = await open(page, large, 'z1[3].611');
    const drawing = debug.element.locator('bs-network-drawing');
    await expect(drawing.locator('svg.network')).toHaveAttribute('aria-label', /784 inputs, then 256 units/);
    await expect(drawing.locator('.abridged')).toContainText(/[34] of 784 inputs/);
    for (const cell of ['x[1]', 'x[306]', 'x[784]', 'z1[3]', 'h1[256]'])
      await expect(drawing.locator(`.unit [data-cell="${cell}"]`).first()).toBeAttached();
    await expect(drawing.locator('.unit [data-cell="x[100]"]')).toHaveCount(0);
  });

  test('lists the cells at work, and any cell by its name', async ({ page }) => {
    const debug = await open(page, large, 'z1[3].611');
    const cells = debug.element.locator('bs-cell-table');
    const at = (cell: string) => cells.locator(`th button[data-cell="${cell}"]`);
    await expect(at('W1[3;306]')).toBeVisible();
    await expect(at('x[306]')).toBeVisible();
    await expect(cells.locator('.head', { hasText: '256 × 784' }).first()).toContainText('row 3 of 256');
    await cells
      .getByRole('button', { name: /^Next columns of/ })
      .first()
      .click();
    await expect(at('W1[3;306]')).toHaveCount(0);
    const finder = cells.getByLabel('Show cell');
    await finder.fill('W3[10,128]');
    await finder.press('Enter');
    await expect(at('W3[10;128]')).toBeInViewport();
    for (const wrong of ['W3[11,1]', 'W9[1]', 'x[0]', 'nonsense[', '']) {
      await finder.fill(wrong);
      await finder.press('Enter');
      await expect(cells.locator('.problem')).toHaveText(/no cell|no W9|name/);
    }
    await at('h1[3]').or(at('b1[3]')).first().click();
    await expect.poll(() => debug.step()).toBeGreaterThan(0);
  });

  test('takes a change of any weight, and marks what follows from it', async ({ page }) => {
    test.slow();
    const debug = await open(page, large, 'z1[3]');
    await debug.show('inputs');
    const finder = debug.element.getByLabel('Change cell');
    await finder.fill('W1[3,400]');
    await finder.press('Enter');
    const field = debug.field('W1[3,400]');
    await expect(field).toBeFocused();
    await field.fill('5');
    await field.press('Enter');
    await expect(debug.element.locator('.edits')).toContainText('W1[3,400] = 5');
    await debug.show('cells');
    await expect(debug.element.locator('bs-cell-table [data-cell="z1[3]"].differs')).toBeVisible();
    await debug.show('inputs');
    await finder.fill('z1[3]');
    await finder.press('Enter');
    await expect(debug.element.getByLabel('What if z1[3] were')).toBeFocused();
    await page.keyboard.type('0');
    await page.keyboard.press('Enter');
    await expect(debug.element.locator('.edits')).toContainText('z1[3] = 0 in iteration 1');
  });

  test('has no more in the page than a small network, and nothing for axe to find', async ({
    page,
    context,
  }) => {
    test.slow();
    const debug = await open(page, large, 'z1[3].20');
    const count = await elements(debug);
    const other = await open(await context.newPage(), digitNetwork([30, 20, 10, 10]), 'z1[3].20');
    expect(count).toBeLessThan(1.1 * (await elements(other)));
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`)),
    ).toEqual([]);
  });
});

test.describe('models that are no rows of units', () => {
  test('show the arrays at work as grids, and as tables of numbers', async ({ page }) => {
    const debug = await open(page, convolution(), 'c[2,4,5].9');
    const view = debug.element.locator('bs-tensor-grid');
    await expect(view.locator('figure')).toHaveCount(3);
    await expect(view.getByRole('img').first()).toHaveAttribute('aria-label', /computing c 2 4 5/);
    await view.getByRole('button', { name: 'numbers' }).click();
    await debug.press('ArrowDown');
    const value = await debug.value('c[2,4,5]', 'old', 1).innerText();
    await expect(view.locator('td .value[data-cell="c[2;4;5]"]')).toHaveText(value);
    await view.locator('td .value[data-cell="c[2;4;4]"]').click();
    await expect(debug.element.locator('bs-formula code')).toHaveText('c[2,4,4]');
  });

  test('light a cell in their grids when it is pointed at elsewhere, and elsewhere when it is pointed at in them', async ({
    page,
  }) => {
    const debug = await open(page, convolution(), 'c[2,4,5].9');
    const view = debug.element.locator('bs-tensor-grid');
    await expect(view.locator('figure')).toHaveCount(3);
    const formula = debug.element.locator('.lines .right [data-cell="x[4;5]"]').first();
    await formula.hover();
    const aim = view.locator('.aim[data-cell="x[4;5]"]');
    await expect(aim).toBeVisible();
    const drawn = (one: typeof aim) =>
      one.evaluate((element) => getComputedStyle(element).getPropertyValue('--drawn').trim() !== '');
    expect(await drawn(aim)).toBe(true);
    const grid = view.locator('figure', { hasText: '12 × 12' }).locator('svg').first();
    const side = (((await grid.boundingBox())?.width ?? 0) - 4) / 12;
    await grid.hover({ position: { x: 2 + 4.5 * side, y: 2 + 3.5 * side } });
    await expect(view.locator('.aim[data-cell="x[4;5]"]')).toBeAttached();
    await expect(formula).not.toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
    // A window that moves takes the place along.
    await debug.press('ArrowDown');
    await expect(view.locator('.aim[data-cell="x[4;5]"]')).toBeAttached();
  });

  for (const [name, model, cell] of [
    ['convolution', convolution(), 'm[1,2,3].2'],
    ['recurrence', recurrence(), 'a[3,2].5'],
  ] as const) {
    for (const width of [390, 1440])
      test(`${name} at ${width} px: axe finds nothing, nothing scrolls sideways`, async ({ page }) => {
        test.slow();
        await page.setViewportSize({ width, height: 844 });
        await open(page, model, cell);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`)),
        ).toEqual([]);
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wide).toBeLessThanOrEqual(0);
      });
  }
});
