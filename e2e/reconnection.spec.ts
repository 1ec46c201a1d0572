import { type CDPSession, expect as expectNow, type Page, test } from 'playwright/test';

/** Generous: parts load one after the other, and the computer may be busy. */
const expect = expectNow.configure({ timeout: 90_000 });
test.describe.configure({ timeout: 5 * 60_000 });

/** The number of event listeners in the page after a garbage collection, as the browser counts them. */
async function listeners(browser: CDPSession): Promise<number> {
  await browser.send('HeapProfiler.collectGarbage');
  const { metrics } = await browser.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSEventListeners')?.value ?? Number.NaN;
}

/** Counts what the browser does not: active timers and observers. */
const counting = `
  window.atWork = { timers: new Set(), observers: new Map(), workers: 0 };
  const { setInterval: start, clearInterval: stop } = window;
  window.setInterval = (...all) => { const id = start(...all); atWork.timers.add(id); return id; };
  window.clearInterval = (id) => { atWork.timers.delete(id); stop(id); };
  for (const name of ['ResizeObserver', 'IntersectionObserver', 'MutationObserver']) {
    const { observe, unobserve, disconnect } = window[name].prototype;
    window[name].prototype.observe = function (target, ...all) {
      const seen = atWork.observers.get(this) ?? new Set();
      atWork.observers.set(this, seen.add(target));
      return observe.call(this, target, ...all);
    };
    if (unobserve) window[name].prototype.unobserve = function (target) {
      atWork.observers.get(this)?.delete(target);
      return unobserve.call(this, target);
    };
    window[name].prototype.disconnect = function () {
      atWork.observers.delete(this);
      return disconnect.call(this);
    };
  }
  window.Worker = class extends Worker {
    constructor(...all) { super(...all); atWork.workers++; }
    terminate() { atWork.workers--; super.terminate(); }
  };
  window.countAtWork = () => [
    atWork.timers.size, [...atWork.observers.values()].reduce((sum, { size }) => sum + size, 0), atWork.workers,
    document.querySelectorAll('.back-step-spoken').length, document.adoptedStyleSheets.length,
  ].join();
`;

/** Removes the debugger from the page and puts it back, several times, at once or after a moment. */
const putBack = (page: Page, times: number, isAway: boolean): Promise<void> =>
  page.evaluate(
    async ([count, waits]) => {
      const debug = document.querySelector('back-step') as HTMLElement & { updateComplete: Promise<unknown> };
      const { parentElement, nextSibling } = debug;
      for (let n = 0; n < count; n++) {
        debug.remove();
        if (waits) await new Promise((done) => setTimeout(done));
        parentElement?.insertBefore(debug, nextSibling);
        await debug.updateComplete;
      }
      await new Promise((done) => setTimeout(done, 500));
    },
    [times, isAway] as const,
  );

for (const [file, tools] of [
  [
    'backpropagation-by-hand.html',
    [
      'train',
      'formulas',
      'breakpoints',
      'why',
      'watches',
      'compare',
      'gradient',
      'decision',
      'cells',
      'inputs',
    ],
  ],
  ['convolution-and-pooling.html', ['train', 'why']],
  ['through-time.html', ['why', 'watches']],
] as const) {
  test(`a debugger that is put back leaves nothing behind: ${file}`, async ({ page }) => {
    await page.addInitScript({ content: counting });
    await page.goto(file);
    const element = page.locator('back-step').first();
    for (const tool of tools) {
      await element.locator(`.tool-tab[data-tool=${tool}]`).click();
      await expect(element.locator(`.tool-content[data-tool=${tool}] > *:not(.quiet)`)).toBeVisible();
    }
    const browser = await page.context().newCDPSession(page);
    await browser.send('Performance.enable');
    const counts = async () => [await listeners(browser), await page.evaluate('countAtWork()')];
    await putBack(page, 2, true);
    // Loading has finished when nothing changes any more.
    let before = await counts();
    await expect
      .poll(async () => {
        const last = before;
        before = await counts();
        return `${last}` === `${before}`;
      })
      .toBe(true);
    for (const isAway of [false, true]) {
      await putBack(page, 20, isAway);
      expect(await counts(), isAway ? 'gone for a moment' : 'moved').toEqual(before);
    }
  });
}
