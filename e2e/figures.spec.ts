import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import { parseNumber } from '../src/number/parse-number.ts';
import { watch } from './debugger-page.ts';
import { lessonPages as lessons } from './lesson-pages.ts';

const digits = 'back-step[model=digits]';

/** Has the debugger of the digits go to a step, and tells whether it is there. */
const goTo = (step: string) =>
  `(async () => { const { session } = document.querySelector('${digits}'); await session.goToCursor(session.cursorAt(${step})); return session.state.cursor.step; })()`;

test('figures go along with the steps, are pointed at, and are a table', async ({ page }) => {
  const { complaints } = watch(page);
  await page.goto('reading-digits.html');
  const [scan, shares] = [0, 1].map((n) => page.locator('figure.figure').nth(n));
  await scan.scrollIntoViewIfNeeded();
  await expect(
    page
      .locator(`${digits} .toolbar`)
      .or(page.locator(`${digits} bs-toolbar`))
      .first(),
  ).toBeVisible();
  // Before anything is stepped through it is what the first iteration comes to; at its first step the shares are not computed yet.
  await shares.scrollIntoViewIfNeeded();
  await expect(shares.locator('rect')).toHaveCount(10);
  await expect(shares.locator('.when')).toHaveText('after iteration 1');
  await page.evaluate(goTo('1'));
  await expect(shares.locator('svg')).toHaveAttribute('aria-label', /Nothing of it is computed yet/);
  await expect(shares.locator('rect')).toHaveCount(0);
  await expect(shares.locator('.when')).toHaveText('');
  await page.evaluate(goTo('session.program.size'));
  await expect(shares.locator('rect')).toHaveCount(10);
  await expect(scan.locator('rect.square')).toHaveCount(64);
  // The table has the run's numbers.
  const texts = await shares.locator('tbody td').allTextContents();
  const run = await page.evaluate(
    `Array.from({ length: 10 }, (_, k) => document.querySelector('${digits}').session.machine.value(1, 'y', 'old', [1, k + 1]))`,
  );
  texts.forEach((text, k) => {
    expect(parseNumber(text)).toEqual({ value: expect.closeTo((run as number[])[k], 3) });
  });
  // What is pointed at in one figure is lit wherever it stands.
  const bar = shares.locator('rect').first();
  const cell = await bar.getAttribute('data-cell');
  await bar.hover();
  await expect.poll(() => bar.evaluate((one) => getComputedStyle(one).stroke)).not.toBe('none');
  expect(cell).toBe('y[1,1]');
  // After training, another picture.
  const before = await shares.locator('svg').getAttribute('aria-label');
  await page.evaluate(goTo('40 * session.program.size'));
  await expect(shares.locator('svg')).not.toHaveAttribute('aria-label', before ?? '');
  const { violations } = await new AxeBuilder({ page }).include('figure').analyze();
  expect(violations).toEqual([]);
  expect(complaints).toEqual([]);
});

test('a series is drawn on while a network is trained, wherever the reader stands', async ({ page }) => {
  await page.goto('from-one-sample-to-many.html');
  const series = page.locator('figure.series');
  await series.scrollIntoViewIfNeeded();
  await expect(series.locator('.when')).toHaveText('after iteration 300');
  await page.locator('back-step[model=xor] .tool-tab[data-tool=train]').click();
  await page.locator('back-step[model=xor] #iterations').fill('60');
  await page.keyboard.press('Enter');
  // The first column is this run, the others are those with other rates.
  await expect(series.locator('tbody td:nth-of-type(1):not(:text-is("–"))')).toHaveCount(60);
  await expect(series.locator('svg')).toHaveAttribute('aria-label', /the least is 0\.\d+, at iteration 60\./);
  // The debugger stands there then, too.
  await expect(page.locator('back-step[model=xor] #go-to-iteration')).toHaveValue('60');
  await expect(series.locator('.when')).toHaveText('');
});

test('a chain gets its numbers as they are computed, and its cells are pointed at', async ({ page }) => {
  const { complaints } = watch(page);
  await page.goto('the-chain-rule.html');
  const figure = page.locator('figure.chain[data-model=paths]');
  await figure.scrollIntoViewIfNeeded();
  const texts = (kind: string) => figure.locator(`svg text.${kind}`).allTextContents();
  const session = "document.querySelector('back-step[model=paths]').session";
  await page.evaluate(`${session}.goToCursor(${session}.cursorAt(1))`);
  await expect(figure.locator('svg')).toHaveAttribute('aria-label', /2 are not computed yet/);
  expect(await texts('number')).toEqual(['4', '16']);
  expect(await texts('derivative')).toEqual([]);
  await page.evaluate(`${session}.goToCursor(${session}.cursorAt(${session}.program.size))`);
  await expect(figure.locator('svg')).toHaveAttribute('aria-label', /Together the roads give 144\./);
  expect(await texts('derivative')).toEqual(['144', '12', '16']);
  const box = figure.locator('svg rect[data-cell=x]');
  await figure.locator('svg text.number[data-cell=x]').hover();
  await expect.poll(() => box.evaluate((one) => getComputedStyle(one).strokeWidth)).toBe('2px');
  const { violations } = await new AxeBuilder({ page }).include('figure.chain').analyze();
  expect(violations).toEqual([]);
  expect(complaints).toEqual([]);
});

test('before the first step a figure is of the precision and the formulas that are chosen', async ({
  page,
}) => {
  await page.goto('backpropagation-by-hand.html');
  const figure = page.locator('figure.function');
  await figure.scrollIntoViewIfNeeded();
  const net = figure.locator('tbody tr').last().locator('td').first();
  await expect(page.locator('back-step .bar .next')).toBeVisible();
  await expect(net).toHaveText('0.8013');
  await page.evaluate(`document.querySelector('back-step').session.setPrecision('full')`);
  await expect(net).toHaveText('0.8014');
  await page.reload();
  // The choice is kept, and nothing has been stepped through.
  await figure.scrollIntoViewIfNeeded();
  await expect(net).toHaveText('0.8014');
  await page.evaluate(`(async () => {
    const host = document.querySelector('back-step');
    host.session.setPrecision('lesson');
    await host.rewrite(host.modelText.replace('[0.35, 0.9]', '[0.35, 0.5]'));
  })()`);
  await expect(net).not.toHaveText(/0\.801/);
});

test('figures are drawn without scripts', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${test.info().project.use.baseURL ?? ''}reading-digits.html`);
  await expect(page.locator('figure.figure')).toHaveCount(6);
  await expect(page.locator('figure.bars').first().locator('rect.bar')).toHaveCount(10);
  await expect(page.locator('figure.image').first().locator('rect.square')).toHaveCount(64);
  await context.close();
});

test('level lines and regions are those of the iteration, a walk is the run’s, and training shows in them', async ({
  page,
}) => {
  const { complaints } = watch(page);
  await page.goto('from-one-sample-to-many.html');
  const regions = page.locator('figure.regions').first();
  await regions.scrollIntoViewIfNeeded();
  const areas = () =>
    regions.locator('path.region').evaluateAll((all) => all.map((one) => one.getAttribute('d')));
  await expect(regions.locator('svg')).toHaveAttribute('aria-label', /Of 4 samples, \d lie/);
  const before = await areas();
  await page.locator('back-step[model=xor] .tool-tab[data-tool=train]').click();
  await page.locator('back-step[model=xor] #iterations').fill('400');
  await page.keyboard.press('Enter');
  await expect(regions.locator('svg')).toHaveAttribute('aria-label', /Of 4 samples, 4 lie/);
  expect(await areas()).not.toEqual(before);
  // They say what the model answers.
  const answers = await regions
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => Number([...row.querySelectorAll('td')].at(-2)?.textContent)));
  const run = await page.evaluate(
    `Array.from({ length: 4 }, (_, n) => document.querySelector('back-step[model=xor]').session.machine.value(400, 'y', 'old', [n + 1, 1]))`,
  );
  answers.forEach((one, n) => {
    expect(one).toBeCloseTo((run as number[])[n], 3);
  });
  await page.goto('two-losses.html');
  const field = page.locator('figure.field');
  await field.scrollIntoViewIfNeeded();
  await expect(field.locator('svg')).toHaveAttribute(
    'aria-label',
    /The run is at b = 3\.\d+, w = −?0\.0\d+,/,
  );
  // A change at the beginning shows at once what it does.
  await page.goto('backpropagation-by-hand.html');
  const curve = page.locator('figure.curve');
  await curve.scrollIntoViewIfNeeded();
  const step = async () => {
    const [line] = await curve.locator('line.step').all();
    return Number(await line.getAttribute('x1')) - Number(await line.getAttribute('x2'));
  };
  const short = await step();
  await page.evaluate(
    `document.querySelector('back-step').session.replaceChanges([{ kind: 'edit', cell: 'eta', value: 45, frame: 1 }])`,
  );
  await expect.poll(step).toBeGreaterThan(20 * short);
  expect(complaints).toEqual([]);
});

for (const [colorScheme, width] of [
  ['dark', 320],
  ['light', 1440],
] as const)
  test(`every figure of the lessons, ${colorScheme} at ${width} px: axe finds nothing, nothing is cut off, letters are large enough`, async ({
    browser,
  }) => {
    test.slow();
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    const page = await context.newPage();
    const { complaints } = watch(page);
    for (const [n, name] of lessons.entries()) {
      await page.goto(name);
      const found = page.locator('figure.figure');
      if ((await found.count()) === 0) continue;
      // The colours of both schemes are those of all lessons: in the second, every third is asked.
      const isAsked = colorScheme === 'dark' || n % 3 === 0;
      const { violations } = isAsked
        ? await new AxeBuilder({ page }).include('figure.figure').analyze()
        : { violations: [] };
      expect(violations.map(({ id, nodes }) => `${name} ${id}: ${nodes[0].html}`)).toEqual([]);
      const problems = await found.evaluateAll((all) =>
        all.flatMap((figure, n) => {
          const svg = figure.querySelector('svg') as SVGSVGElement;
          const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
          const letters = Number.parseFloat(getComputedStyle(svg).fontSize) * scale;
          const texts = [...svg.querySelectorAll('text')].filter((text) => {
            const { left, right } = text.getBoundingClientRect();
            return left < -1 || right > innerWidth + 1;
          });
          return [
            ...(letters < 10.9 ? [`figure ${n + 1}: letters of ${letters.toFixed(1)} px`] : []),
            ...texts.map((text) => `figure ${n + 1}: ${text.textContent} is cut off`),
          ];
        }),
      );
      expect(problems, name).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
