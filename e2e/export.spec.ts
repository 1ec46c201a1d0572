import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from 'playwright/test';
import { DebuggerPage, watch } from './debugger-page.ts';

/** Opens the dialog and chooses a form. */
async function choose(debug: DebuggerPage, form: string) {
  await (await debug.openMenu()).getByRole('button', { name: /^Take it away/ }).click();
  const dialog = debug.element.getByRole('dialog', { name: 'Take it away' });
  await dialog.getByRole('radio', { name: form }).first().check();
  return dialog;
}

/** The file that an action saves. */
async function saved(page: Page, act: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString() };
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the drawing is saved as an SVG that stands alone, from a ${colorScheme} page`, async ({
    browser,
    baseURL,
  }) => {
    const context = await browser.newContext({ colorScheme, ...(baseURL && { baseURL }) });
    const page = await context.newPage();
    const { complaints } = watch(page);
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.δ1[1]');
    const dialog = await choose(debug, 'Drawing as SVG');
    const file = await saved(page, () => dialog.getByRole('button', { name: 'Save the file' }).click());
    expect(file.name).toBe('lecture-drawing.svg');
    expect(file.text).not.toMatch(/<style|\sstyle=|\sclass=|data-|var\(|light-dark|<!--|url\(|color-mix/);
    const shapes = 'path, line, rect, circle';
    const there = await debug.element.locator('bs-network-drawing svg.network').evaluate((svg, shapes) => {
      const isClear = (paint: string) => /^(none|transparent|rgba\(.*, 0\))$/.test(paint);
      const seen = [...svg.querySelectorAll(shapes)].filter((shape) => {
        const { fill, stroke } = getComputedStyle(shape);
        return !isClear(fill) || !isClear(stroke);
      });
      return {
        shapes: seen.length,
        units: seen.filter((shape) => shape.matches('.unit > .body')).length,
        edges: seen.filter((shape) => shape.matches('.edge')).length,
        texts: svg.querySelectorAll('text').length,
        words: svg.textContent?.replace(/\s+/g, '') ?? '',
      };
    }, shapes);
    const read = await page.evaluate(
      ([text, shapes]) => {
        const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
        const drawn = svg.querySelector('svg');
        for (const name of ['title', 'desc']) drawn?.querySelector(name)?.remove();
        const texts = [...(drawn?.querySelectorAll('text') ?? [])];
        return {
          error: svg.querySelector('parsererror')?.textContent ?? '',
          role: drawn?.getAttribute('role'),
          shapes: drawn?.querySelectorAll(shapes).length,
          dashed: drawn?.querySelectorAll('path[stroke-dasharray]').length,
          texts: texts.length,
          words: drawn?.textContent?.replace(/\s+/g, '') ?? '',
          inks: [...new Set(texts.map((one) => one.getAttribute('fill')))],
        };
      },
      [file.text, shapes] as const,
    );
    expect(read.error).toBe('');
    expect(read.role).toBe('img');
    expect([there.units, there.edges]).toEqual([7, 8]);
    // Everything drawn, and the background.
    expect(read.shapes).toBe(there.shapes + 1);
    expect(read.dashed).toBeGreaterThanOrEqual(2);
    expect(read.texts).toBe(there.texts);
    expect(read.words).toBe(there.words);
    // Dark ink on light paper, whatever the page has.
    for (const ink of read.inks) {
      const [r, g, b] = (ink?.match(/\d+/g) ?? []).map(Number);
      expect(r + g + b, String(ink)).toBeLessThan(360);
    }
    expect(file.text).toMatch(/<title id="title">lecture<\/title><desc id="description">Network of 2 inputs/);
    await page.goto(`data:image/svg+xml,${encodeURIComponent(file.text)}`).catch(() => undefined);
    await page.screenshot({ path: `.output/drawing-${colorScheme}.png` });
    expect(complaints).toEqual([]);
    await context.close();
  });
}

test('the derivation is saved as LaTeX, of as much as is asked for', async ({ page }) => {
  test.setTimeout(60_000);
  const { complaints } = watch(page);
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@1.δ1[1]');
  const dialog = await choose(debug, 'Derivation in LaTeX');
  const save = () => saved(page, () => dialog.getByRole('button', { name: 'Save the file' }).click());
  const whole = await save();
  expect(whole.name).toBe('lecture-derivation.tex');
  expect(whole.text).toContain('\\documentclass');
  expect(whole.text.match(/\\paragraph\{Formula\}/g)).toHaveLength(11);
  await dialog.getByRole('combobox').selectOption('this formula');
  expect((await save()).text.match(/\\paragraph\{Formula\}/g)).toHaveLength(1);
  await dialog.getByRole('combobox').selectOption('some steps');
  for (const [from, to] of [
    ['0', '5'],
    ['7', '6'],
    ['x', '9'],
    ['1', '99999999'],
  ]) {
    await dialog.locator('#export-first').fill(from);
    await dialog.locator('#export-last').fill(to);
    await dialog.getByRole('button', { name: 'Save the file' }).click();
    await expect(dialog.locator('.problem')).toHaveText(/Type two steps/);
  }
  await dialog.locator('#export-last').fill('6');
  await dialog.locator('#export-first').fill('4');
  expect((await save()).text).toContain('0.4 \\cdot 0.35 + 0.6 \\cdot 0.9');
  const { violations } = await new AxeBuilder({ page })
    .include({ fromShadowDom: ['back-step', 'dialog.export'] })
    .analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('a handout is printed with all that is needed on paper, and leaves no trace', async ({ page }) => {
  const { complaints } = watch(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@1.δ1[1]');
  // The page has sheets of its own, for what is pointed at in the text.
  await expect.poll(() => page.evaluate(() => document.adoptedStyleSheets.length)).toBe(1);
  await page.evaluate(() => {
    window.print = () => window.dispatchEvent(new Event('beforeprint'));
  });
  const dialog = await choose(debug, 'Handout to print');
  await dialog.getByRole('button', { name: 'Print…' }).click();
  await expect(page.locator('.backstep-handout')).toBeAttached();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.locator('main')).toBeHidden();
  const sheet = page.locator('.backstep-handout');
  await expect(sheet.locator('h1')).toHaveText('Derivation: lecture');
  await expect(sheet.locator('figure svg')).toBeVisible();
  expect(await sheet.locator('.general').count()).toBe(11);
  expect(await sheet.locator('.katex-error').count()).toBe(0);
  expect(await sheet.evaluate((one) => getComputedStyle(one).color)).toBe('rgb(0, 0, 0)');
  await page.pdf({ path: '.output/handout.pdf', preferCSSPageSize: true });
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(sheet).toHaveCount(0);
  expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(1);
  await page.evaluate(() => {
    window.print = () => undefined;
  });
  await dialog.getByRole('button', { name: 'Print…' }).click();
  await expect(dialog.locator('.problem')).toContainText('may not print');
  await expect(sheet).toHaveCount(0);
  expect(complaints).toEqual([]);
});
