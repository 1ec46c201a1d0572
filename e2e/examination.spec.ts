import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from 'playwright/test';
import type { Session } from '../src/session/session.ts';

/** Rows of the digits that the lesson holds back, and that it has. */
const [held, all] = [360, 1797];

/** The scans, by hand: 64 pixels from 0 to 1, and the digit. */
const scans = gunzipSync(readFileSync('lessons/digits-8x8.csv.gz'))
  .toString('utf8')
  .split('\n')
  .filter((line) => /^\d/.test(line))
  .map((line) => line.split(',').map(Number))
  .map((numbers) => ({ x: numbers.slice(0, 64).map((one) => one / 16), digit: numbers[64] }));

type Numbers = Readonly<Record<'W1' | 'b1' | 'W2' | 'b2', readonly number[]>>;

/** A textbook's forward pass: which digit these parameters take a scan for, and its loss. */
function answerOf({ W1, b1, W2, b2 }: Numbers, { x, digit }: (typeof scans)[number]) {
  const h = b1.map((bias, j) =>
    Math.max(
      0,
      x.reduce((sum, one, p) => sum + W1[64 * j + p] * one, bias),
    ),
  );
  const z = b2.map((bias, k) => h.reduce((sum, one, j) => sum + W2[b1.length * k + j] * one, bias));
  const total = z.reduce((sum, one) => sum + Math.exp(one), 0);
  return { taken: z.indexOf(Math.max(...z)), loss: Math.log(total) - z[digit] };
}

/** How the parameters do with the scans that are held back. */
function evaluated(numbers: Numbers) {
  const answers = scans.slice(-held).map((scan) => ({ digit: scan.digit, ...answerOf(numbers, scan) }));
  return {
    right: answers.filter(({ digit, taken }) => digit === taken).length,
    loss: answers.reduce((sum, { loss }) => sum + loss, 0) / held,
    confusion: Array.from({ length: 10 }, (_, digit) =>
      Array.from(
        { length: 10 },
        (_, taken) => answers.filter((one) => one.digit === digit && one.taken === taken).length,
      ),
    ),
  };
}

const parametersAfter = (debug: Locator, frame: number): Promise<Numbers> =>
  debug.evaluate((element, frame) => {
    const { trained } = (element as unknown as { session: Session }).session;
    return Object.fromEntries(
      ['W1', 'b1', 'W2', 'b2'].map((name) => [name, [...trained.array(frame, name, 'new')]]),
    ) as unknown as Numbers;
  }, frame);

async function open(page: Page, iterations: number): Promise<Locator> {
  await page.goto('reading-digits.html');
  const debug = page.locator('back-step[model=digits]');
  await expect(debug.getByRole('button', { name: /^Next operation/ })).toBeVisible();
  await debug.locator('.tool-tab[data-tool=train]').click();
  await debug.locator('#iterations').fill(String(iterations));
  await debug.locator('#iterations').press('Enter');
  await debug.locator('.tool-tab[data-tool=examine]').click();
  return debug;
}

/** The numbers that the tool shows of what is held back, once it is of an iteration. */
async function shown(tool: Locator, iteration: number) {
  await expect(tool.locator('.when')).toHaveText(`After iteration ${iteration}`);
  const marks = await tool.locator('.marks tbody td:nth-child(2)').allTextContents();
  const rows = tool.locator('.confusion tbody tr');
  const confusion = await rows.evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))),
  );
  return { marks, confusion };
}

test('says what an evaluation of its own says, while it trains and after any iteration', async ({ page }) => {
  expect(scans).toHaveLength(all);
  const debug = await open(page, 120);
  const tool = debug.locator('bs-examination');
  for (const iteration of [120, 31]) {
    if (iteration !== 120) {
      await debug.locator('#go-to-iteration').fill(String(iteration));
      await debug.locator('#go-to-iteration').press('Enter');
    }
    const { marks, confusion } = await shown(tool, iteration);
    const wanted = evaluated(await parametersAfter(debug, iteration));
    expect(marks.slice(0, 2)).toEqual([String(held), String(wanted.right)]);
    expect(Number.parseFloat(marks[2])).toBeCloseTo((100 * (held - wanted.right)) / held, 1);
    expect(Number(marks[3])).toBeCloseTo(wanted.loss, 2);
    expect(confusion).toEqual(wanted.confusion);
    await expect(tool.locator('.misread > p')).toContainText(`Misread: ${held - wanted.right} of ${held}`);
  }
  const { violations } = await new AxeBuilder({ page }).include('back-step[model=digits]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0].html])).toEqual([]);

  // It goes along with the training, and what it asks changes nothing there.
  const before = await parametersAfter(debug, 120);
  await debug.locator('.tool-tab[data-tool=train]').click();
  await debug.locator('#iterations').fill('50000');
  await debug.locator('#iterations').press('Enter');
  await debug.locator('.tool-tab[data-tool=examine]').click();
  await expect(tool.locator('.when')).toHaveText(
    /After iteration (12[1-9]|1[3-9]\d|[2-9]\d\d|\d[\d {2}]{4,})/,
  );
  await debug.locator('.tool-tab[data-tool=train]').click();
  await debug.getByRole('button', { name: 'Cancel' }).click();
  expect(await parametersAfter(debug, 120)).toEqual(before);
});

test('from a misread digit to one of its sensitivities in two clicks, and back to the training', async ({
  page,
}) => {
  const debug = await open(page, 100);
  const tool = debug.locator('bs-examination');
  await expect(tool.locator('.when')).toHaveText('After iteration 100');
  const chosen = tool.locator('.misread li').first();
  const row = Number(
    /\d+/.exec((await chosen.locator('.quiet').textContent())?.replace(/\s/g, '') ?? '')?.[0],
  );
  const numbers = await parametersAfter(debug, 100);
  const { taken } = answerOf(numbers, scans[row - 1]);
  await expect(chosen).toContainText(`${scans[row - 1].digit}, taken for ${taken}`);

  await chosen.getByRole('button', { name: /^Step through sample/ }).click();
  await expect(debug.locator('.notice.changes')).toContainText('as each iteration evaluates it');
  const value = (name: string, index: number) =>
    debug.evaluate(
      (element, [name, index]) => {
        const { machine, moment } = (element as unknown as { session: Session }).session;
        return machine.value(moment.frame, String(name), 'old', [1, Number(index)]);
      },
      [name, index] as const,
    );
  const y = await Promise.all(Array.from({ length: 10 }, (_, k) => value('y', k + 1)));
  expect(y.indexOf(Math.max(...y))).toBe(taken);
  await debug.locator('[data-cell^="δ2[1"]').first().click();
  await expect
    .poll(() =>
      debug.evaluate((element) => {
        const { location } = (element as unknown as { session: Session }).session.moment;
        return location?.formula.target;
      }),
    )
    .toBe('δ2');

  await debug.getByRole('button', { name: 'Back to the training' }).click();
  await expect(debug.locator('.notice.changes')).toHaveCount(0);
  expect(
    await debug.evaluate((element) => (element as unknown as { session: Session }).session.state.mode),
  ).toBe('train');
});
