/*
 * How long a step takes from the key to the next painted frame, in a real browser: `npx tsx e2e/step-times.ts`, after
 * `npm run build`. It prints and judges nothing, so that no test depends on a clock.
 */
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { preview } from 'vite';
import { locateBrowser } from './browser.ts';
import { lesson } from './debugger-page.ts';
import { hasOpened, serveModel } from './model-page.ts';
import { digitNetwork } from './networks.ts';

const port = Number(process.env.BACKSTEP_PORT ?? 41732);
const root = fileURLToPath(new URL('..', import.meta.url));

/** What is done in the page: keys by their name, else steps to go to. */
type Actions = readonly (string | number)[];

interface Times {
  /** Until the views have been rendered and the browser has laid them out, in ms. */
  readonly work: readonly number[];
  /** Until the frame after is drawn. */
  readonly painted: readonly number[];
}

/** Does one thing after the other, each when the last has been painted. */
const time = (page: Page, actions: Actions): Promise<Times> =>
  page.evaluate(async (actions) => {
    const element = document.querySelector('back-step') as HTMLElement & {
      session: { goTo(step: number): void };
    };
    const frame = element.shadowRoot?.querySelector<HTMLElement>('.frame');
    const painted = () =>
      new Promise<number>((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
    const times = { work: [] as number[], painted: [] as number[] };
    for (const action of actions) {
      await painted();
      const before = performance.now();
      if (typeof action === 'number') element.session.goTo(action);
      else frame?.dispatchEvent(new KeyboardEvent('keydown', { key: action, bubbles: true, composed: true }));
      await new Promise((done) => setTimeout(done));
      document.body.getBoundingClientRect();
      times.work.push(performance.now() - before);
      times.painted.push((await painted()) - before);
    }
    return times;
  }, actions);

const quantile = (values: readonly number[], q: number): string =>
  [...values]
    .sort((a, b) => a - b)
    [Math.min(values.length - 1, Math.floor(q * values.length))].toFixed(1)
    .padStart(7);

function print(name: string, { work, painted }: Times): void {
  const both = (values: readonly number[]) => `${quantile(values, 0.5)} median ${quantile(values, 0.95)} p95`;
  console.log(`  ${name.padEnd(36)} work ${both(work)}   to the paint ${both(painted)} ms`);
}

const repeat = (key: string, times: number): Actions => Array.from({ length: times }, () => key);

/** Steps all over the first iterations, spread evenly. */
const spread = (steps: number, times: number): Actions =>
  Array.from({ length: times }, (_, n) => 1 + Math.floor(((n * 0.618034) % 1) * (steps - 1)));

const browser = locateBrowser();
const server = await preview({ root, preview: { port, strictPort: true, host: '127.0.0.1' } });
const chrome = await chromium.launch({
  ...(browser?.kind === 'system' && { executablePath: browser.path }),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  for (const [name, text, middles] of [
    ['2-2-1', undefined, [0, 30, 50]],
    ['784-256-128-10', digitNetwork(), [700, 800_000, 1_200_000]],
  ] as const) {
    const page = await chrome.newPage({ viewport: { width: 1440, height: 900 } });
    // The runner of this script names functions through a helper that a page does not have.
    await page.addInitScript('globalThis.__name = (one) => one');
    if (text !== undefined) await serveModel(page, text);
    const before = performance.now();
    await page.goto(`http://127.0.0.1:${port}/${lesson}`);
    await page.waitForFunction(hasOpened, undefined, { timeout: 60_000 });
    const size = await page.evaluate(
      () =>
        (document.querySelector('back-step') as unknown as { session: { program: { size: number } } }).session
          .program.size,
    );
    console.log(`${name}: ${size} operations, open after ${(performance.now() - before).toFixed(0)} ms`);
    for (const step of middles) {
      await time(page, [step]);
      print(`next, from step ${step}`, await time(page, repeat('ArrowRight', 60)));
    }
    print('back', await time(page, repeat('ArrowLeft', 60)));
    print('next cell', await time(page, repeat('ArrowDown', 40)));
    print('jump within an iteration', await time(page, spread(size, 40)));
    print('jump within ten iterations', await time(page, spread(10 * size, 40)));
    await page.close();
  }
} finally {
  await chrome.close();
  await server.close();
}
