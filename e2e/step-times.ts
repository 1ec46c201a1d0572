/*
 * How long a step takes from the key to the painted frame, in a real browser: `npx tsx e2e/step-times.ts`, after `npm run build`.
 * It prints times and checks nothing, so that no test depends on a clock. The browser is set not to wait for a display: measured
 * is how long the work takes, not when a display would show it.
 */
import { fileURLToPath } from 'node:url';
import { type CDPSession, chromium, type Page } from 'playwright';
import { preview } from 'vite';
import type { Session } from '../src/session/session.ts';
import { locateBrowser } from './browser.ts';
import { lesson } from './debugger-page.ts';
import { hasOpened, serveModel } from './model-page.ts';
import { digitNetwork } from './networks.ts';

const port = Number(process.env.BACKSTEP_PORT ?? 41732);
const root = fileURLToPath(new URL('..', import.meta.url));
const isQuick = process.argv.includes('--quick');
const few = isQuick ? 15 : 60;

/** A frame of a display, and two, in ms: the aims for a small network, and for a large one and for jumps. */
const [oneFrame, twoFrames] = [17, 33];

/** Key presses by name, and steps to go to. */
type Actions = readonly (string | number)[];

/** In the page: milliseconds from a key or jump to the message that follows painting. */
interface Clock {
  times: number[];
  go(step: number): void;
}

const installClock = (): void => {
  const clock: Clock = {
    times: [],
    go(step) {
      const before = performance.now();
      const element = document.querySelector('back-step') as HTMLElement & {
        session: { goTo(step: number): void };
      };
      element.session.goTo(step);
      afterPaint(before);
    },
  };
  const afterPaint = (before: number): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => clock.times.push(performance.now() - before);
      port2.postMessage(undefined);
    });
  };
  window.addEventListener('keydown', (event) => afterPaint(event.timeStamp), { capture: true });
  (globalThis as unknown as { clock: Clock }).clock = clock;
};

interface Times {
  readonly painted: readonly number[];
  /** Time of the main thread for each step, in ms. */
  readonly parts: Readonly<Record<'script' | 'style' | 'layout', number>>;
}

/** Performs actions one after the other, each once the last is painted and the page is idle. */
async function time(page: Page, cdp: CDPSession, actions: Actions): Promise<Times> {
  const clockTimes = () =>
    page.evaluate(() => (globalThis as unknown as { clock: Clock }).clock.times.splice(0));
  await clockTimes();
  const before = await metrics(cdp);
  const painted: number[] = [];
  for (const action of actions) {
    if (typeof action === 'string') await page.keyboard.press(action);
    else await page.evaluate((step) => (globalThis as unknown as { clock: Clock }).clock.go(step), action);
    await page.waitForFunction(
      () => (globalThis as unknown as { clock: Clock }).clock.times.length > 0,
      undefined,
      { polling: 5 },
    );
    painted.push(...(await clockTimes()));
  }
  const after = await metrics(cdp);
  const each = (name: string): number => (1000 * (after[name] - before[name])) / actions.length;
  return {
    painted,
    parts: {
      script: each('ScriptDuration'),
      style: each('RecalcStyleDuration'),
      layout: each('LayoutDuration'),
    },
  };
}

/** The main thread's own time for a step, in ms: steps follow each other in the page, each once painted. */
async function taskTime(page: Page, cdp: CDPSession, steps: number): Promise<number> {
  const before = await metrics(cdp);
  await page.evaluate(async (steps) => {
    type Debugger = HTMLElement & { session: Session };
    const { session } = document.querySelector('back-step') as Debugger;
    for (let n = 0; n < steps; n++) {
      session.dispatch('next');
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    }
  }, steps);
  return (1000 * ((await metrics(cdp)).TaskDuration - before.TaskDuration)) / steps;
}

async function metrics(cdp: CDPSession): Promise<Record<string, number>> {
  const { metrics: all } = await cdp.send('Performance.getMetrics');
  return Object.fromEntries(all.map(({ name, value }) => [name, value]));
}

const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))];

const wide = (value: number): string => value.toFixed(1).padStart(6);

/** Whether a time keeps to its aim, in words. */
const verdict = (value: number, aim: number): string =>
  `aim ${aim} ${value <= aim ? 'met' : 'MISSED'}`.padEnd(14);

/** `aim`: for 95 of 100, in ms. */
function print(name: string, { painted, parts }: Times, aim: number): void {
  const times = [0.5, 0.95, 1].map((q) => quantile(painted, q));
  const [median, p95, worst] = times.map(wide);
  console.log(
    `  ${name.padEnd(32)} ${median} median ${p95} p95 ${verdict(times[1], aim)} ${worst} worst   script ${wide(parts.script)} style ${wide(parts.style)} layout ${wide(parts.layout)}`,
  );
}

const repeat = (key: string, times: number): Actions => Array.from({ length: times }, () => key);

/** Steps spread evenly over the first `steps` steps. */
const spread = (steps: number, times: number): Actions =>
  Array.from({ length: times }, (_, n) => 1 + Math.floor(((n * 0.618034) % 1) * (steps - 1)));

/** The first steps of some cells; `new W[1,1]` is the one that an update writes. Runs in the page. */
const stepsOf = (cells: readonly string[]): number[] => {
  type Debugger = HTMLElement & { session: Session };
  const { program } = (document.querySelector('back-step') as Debugger).session;
  return cells.map((text) => {
    const [, isNew, name, indices] = /^(new )?([^[]+)\[([\d,]+)\]$/.exec(text) as RegExpExecArray;
    return program.writing(name, isNew ? 'new' : 'old', indices.split(',').map(Number))?.first ?? 0;
  });
};

/** Stops all views but one from rendering. Runs in the page. */
const stopViews = (but: string): void => {
  const tree = document.querySelector('back-step')?.shadowRoot;
  for (const view of tree?.querySelectorAll('*') ?? [])
    if (view.localName.includes('-') && view.localName !== but)
      Object.assign(view, { shouldUpdate: () => false });
};

/** A slow phone: its processor this many times slower, its connection in bits a second and milliseconds; aims in seconds. */
const phone = { slower: 4, rate: 1.6e6, latency: 150, readable: 1.2, stepping: 3 };

/** How long the lecture's page takes on a slow phone to be read, and to be stepped; the median of some openings. */
async function openOnPhone(): Promise<void> {
  const opened: { readable: number; stepping: number }[] = [];
  for (let n = 0; n < (isQuick ? 1 : 5); n++) {
    const context = await chrome.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: phone.slower });
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: phone.latency,
      downloadThroughput: phone.rate / 8,
      uploadThroughput: phone.rate / 8,
    });
    await page.addInitScript('globalThis.__name = (one) => one');
    await page.goto(`http://127.0.0.1:${port}/${lesson}`, { waitUntil: 'commit' });
    const readable = await page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    );
    const stepping = await page.waitForFunction(() => {
      const root = document.querySelector('back-step')?.shadowRoot;
      return root?.querySelector('bs-formula p') == null ? undefined : performance.now();
    });
    opened.push({
      readable: Number(await readable.jsonValue()) / 1000,
      stepping: Number(await stepping.jsonValue()) / 1000,
    });
    await context.close();
  }
  for (const what of ['readable', 'stepping'] as const) {
    const median = quantile(
      opened.map((one) => one[what]),
      0.5,
    );
    console.log(`a slow phone: ${what} after ${median.toFixed(2)} s, ${verdict(median, phone[what])}`);
  }
}

/** Has the figures of the page stand together at the window's top. Runs in the page. */
const gatherFigures = (): void => {
  const [first, ...others] = document.querySelectorAll('figure.figure');
  first.after(...others);
  first.scrollIntoView();
};

/** How long a step of the lecture takes while three figures of its page are in sight. */
async function stepWithFigures(): Promise<void> {
  const page = await chrome.newPage({ viewport: { width: 1440, height: 1300 } });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.addInitScript('globalThis.__name = (one) => one');
  await page.addInitScript(installClock);
  await page.goto(`http://127.0.0.1:${port}/${lesson}`);
  await page.waitForFunction(hasOpened, undefined, { timeout: 60_000 });
  await page.locator('back-step .frame').focus();
  // The window is as tall as the figures need; the text without one is what they are compared with.
  for (const where of ['no figure', 'figures']) {
    if (where === 'figures') await page.evaluate(gatherFigures);
    await time(page, cdp, repeat('ArrowRight', 10));
    console.log(`2-2-1 in a tall window, ${where} in sight`);
    print('next', await time(page, cdp, repeat('ArrowRight', few)), oneFrame);
    print('back', await time(page, cdp, repeat('ArrowLeft', few)), oneFrame);
    print('jump within ten iterations', await time(page, cdp, spread(600, few)), twoFrames);
  }
  await page.close();
}

const browser = locateBrowser();
const server = await preview({ root, preview: { port, strictPort: true, host: '127.0.0.1' } });
const chrome = await chromium.launch({
  ...(browser?.kind === 'system' && { executablePath: browser.path }),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-frame-rate-limit',
    '--disable-gpu-vsync',
  ],
});
const drawings = new Map<string, number>();
try {
  for (const [name, text, middles, aim] of [
    ['2-2-1', undefined, ['net1[1]', 'δ1[1]', 'new W1[1,1]'], oneFrame],
    ['30-20-10', digitNetwork([30, 20, 10]), ['z1[3]', 'dL/dW1[3,5]', 'new W1[3,5]'], twoFrames],
    ['784-256-128-10', digitNetwork(), ['z1[3]', 'dL/dW1[3,5]', 'new W1[3,5]'], twoFrames],
  ] as const) {
    const page = await chrome.newPage({ viewport: { width: 1440, height: 900 } });
    const cdp = await page.context().newCDPSession(page);
    // Time of other processes is not counted.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    // `tsx` names functions through a helper that the page lacks.
    await page.addInitScript('globalThis.__name = (one) => one');
    await page.addInitScript(installClock);
    if (text !== undefined) await serveModel(page, text);
    const before = performance.now();
    await page.goto(`http://127.0.0.1:${port}/${lesson}`);
    await page.waitForFunction(hasOpened, undefined, { timeout: 60_000 });
    const size = await page.evaluate(
      () => (document.querySelector('back-step') as HTMLElement & { session: Session }).session.program.size,
    );
    console.log(`${name}: ${size} operations, open after ${(performance.now() - before).toFixed(0)} ms`);
    await page.locator('back-step .frame').focus();
    await time(page, cdp, repeat('ArrowRight', 10));
    // What of each time is the browser's own.
    print('a key that does nothing', await time(page, cdp, repeat('F2', few)), aim);
    const starts = await page.evaluate(stepsOf, middles);
    for (const [at, step] of starts.entries()) {
      await time(page, cdp, [step]);
      print(`next, from ${middles[at]}`, await time(page, cdp, repeat('ArrowRight', few)), aim);
    }
    print('back', await time(page, cdp, repeat('ArrowLeft', few)), aim);
    print('next cell', await time(page, cdp, repeat('ArrowDown', few)), aim);
    print('jump within an iteration', await time(page, cdp, spread(size, few)), twoFrames);
    print('jump within ten iterations', await time(page, cdp, spread(10 * size, few)), twoFrames);
    // The cost of a step with the drawing alone, less that without any view.
    const tasks: number[] = [];
    for (const but of ['bs-network-drawing', '']) {
      await page.evaluate(stopViews, but);
      const own: number[] = [];
      for (const step of starts) {
        await time(page, cdp, [step]);
        own.push(await taskTime(page, cdp, 2 * few));
      }
      tasks.push(own.reduce((sum, one) => sum + one) / own.length);
    }
    const [both, none] = tasks;
    drawings.set(name, both - none);
    console.log(
      `  the drawing, per step            ${wide(both - none)} ms of the main thread; ${wide(none)} ms with no view`,
    );
    await page.close();
  }
  await stepWithFigures();
  await openOnPhone();
  const ratio = (drawings.get('784-256-128-10') as number) / (drawings.get('30-20-10') as number);
  console.log(`drawing of 784-256-128-10 : drawing of 30-20-10 = ${ratio.toFixed(2)}`);
} finally {
  await chrome.close();
  await server.close();
}
