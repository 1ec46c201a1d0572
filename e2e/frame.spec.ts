import { expect, type Page, test } from 'playwright/test';
import { uniform } from '../src/number/random.ts';
import { lessonPages as pages } from './lesson-pages.ts';

/** What a browser leaves of common screens, and how many steps are looked at there. */
const sizes = [
  [390, 844, 10],
  [768, 1024, 3],
  [1024, 768, 10],
  [1280, 600, 3],
  [1366, 640, 10],
  [1440, 780, 3],
  [1920, 960, 3],
] as const;

/** How far the sheet of a narrow page is drawn up. */
type Detent = 'equation' | 'drawing' | 'all';

/** What is looked for: transport and equation always. */
interface Wanted {
  readonly drawing: boolean;
  readonly code: boolean;
}

/**
 * Goes to a step of the `at`-th debugger of the page (from 0) and gives what of the step is not wholly in sight, in words; empty
 * where all is. Runs in the page.
 */
async function missing(page: Page, at: number, step: number | undefined, wanted: Wanted): Promise<string[]> {
  return page.evaluate(
    async ([which, step, { drawing, code }]) => {
      const host = document.querySelectorAll<
        HTMLElement & { session: { goTo(step: number): void }; updateComplete: Promise<unknown> }
      >('back-step')[which];
      const root = host.shadowRoot as ShadowRoot;
      if (step !== undefined) host.session.goTo(step);
      await host.updateComplete;
      let found: string[] = [];
      /** Within the window and everything between that cuts off. */
      const look = (what: string, selector: string, isNeeded = true): void => {
        const all = [...root.querySelectorAll<Element>(selector)].filter((one) => one.checkVisibility());
        if (all.length === 0 && isNeeded) found.push(`${what}: not there`);
        for (const one of all) {
          const box = one.getBoundingClientRect();
          let [left, top, right, bottom] = [0, 0, innerWidth, innerHeight];
          for (let around = one.parentElement; around !== null; around = around.parentElement) {
            if (getComputedStyle(around).overflowY === 'visible' || around instanceof SVGElement) continue;
            const edge = around.getBoundingClientRect();
            [left, top] = [Math.max(left, edge.left), Math.max(top, edge.top)];
            [right, bottom] = [Math.min(right, edge.right), Math.min(bottom, edge.bottom)];
          }
          const off = Math.max(left - box.left, top - box.top, box.right - right, box.bottom - bottom);
          if (off > 1.5) found.push(`${what}: ${Math.round(off)} px of ${selector} are out of sight`);
        }
      };
      // What is measured again after a change of size comes with the next frames.
      for (let frames = 0; frames < 12 && (frames < 2 || found.length > 0); frames++) {
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        found = [];
        look('transport', '.bar .back, .bar .play, .bar .next');
        look('transport', '.bar .track, .bar #go-to-step');
        look('equation', 'bs-formula .lines > .left.numbers');
        // A line that is wider than its place scrolls; its height has to be in sight. The result is the last line, or begins the sentence.
        look('equation', 'bs-formula .lines > .right:last-of-type, bs-formula.without-so-far .sentence');
        if (drawing) {
          look('drawing', '.drawing .sight');
          // A shared weight is at work on several edges.
          const before = found.length;
          const marks = root.querySelectorAll('.drawing :is(.mark.target, td.target, .cell.target)').length;
          look('cell at work', '.drawing :is(.mark.target, td.target, .cell.target)', false);
          if (found.length - before < marks) found.length = before;
        }
        if (code) look('code', '.code .current');
      }
      return found;
    },
    [at, step, wanted] as const,
  );
}

/** The debuggers of a page, once they have opened, with the number of steps of each. */
async function open(page: Page, name: string): Promise<number[]> {
  await page.goto(name);
  return (
    await page.waitForFunction(() => {
      const all = [...document.querySelectorAll('back-step')] as unknown as {
        session?: { program: { size: number } };
        shadowRoot: ShadowRoot | null;
      }[];
      const sizes = all.map(({ session, shadowRoot }) =>
        shadowRoot?.querySelector('bs-formula p') && shadowRoot.querySelector('.code')
          ? (session?.program.size ?? 0)
          : 0,
      );
      return sizes.every((size) => size > 0) ? sizes : undefined;
    })
  ).jsonValue() as Promise<number[]>;
}

/** Scrolls a debugger into the place that it has while its prose is read, and draws its sheet up. */
const come = (page: Page, at: number, detent: Detent): Promise<void> =>
  page.evaluate(
    ([at, detent]) => {
      const host = document.querySelectorAll<HTMLElement>('back-step')[at];
      scrollTo(0, 0);
      const isSheet = host.hasAttribute('data-detent');
      const { top } = ((isSheet && host.closest('.stage')) || host).getBoundingClientRect();
      // A sheet stands at the foot of the window while its prose is in it.
      scrollTo(0, top - (isSheet ? innerHeight / 3 : 0));
      const grip = host.shadowRoot?.querySelector<HTMLElement>('.grip');
      const press = (key: string) => grip?.dispatchEvent(new KeyboardEvent('keydown', { key }));
      for (let n = 0; n < 2; n++) press('ArrowDown');
      for (let n = 0; n < ['equation', 'drawing', 'all'].indexOf(detent); n++) press('ArrowUp');
    },
    [at, detent] as const,
  );

for (const name of pages)
  test(`a step is seen whole at every size: ${name}`, async ({ page }) => {
    test.slow();
    const debuggers = await open(page, name);
    const problems: string[] = [];
    for (const [width, height, count] of sizes) {
      await page.setViewportSize({ width, height });
      let drawn = 0;
      const draw = (): number => uniform(width, height, drawn++);
      for (const [at, size] of debuggers.entries()) {
        const where = `${width} × ${height}, debugger ${at + 1}`;
        await come(page, at, 'drawing');
        for (let n = 0; n < count; n++) {
          const step = 1 + Math.floor(draw() * 2 * size);
          for (const one of await missing(page, at, step, { drawing: true, code: width >= 1024 }))
            problems.push(`${where}, step ${step}: ${one}`);
        }
        if (width >= 768) continue;
        await come(page, at, 'equation');
        for (const one of await missing(page, at, undefined, { drawing: false, code: false }))
          problems.push(`${where}, least: ${one}`);
      }
    }
    expect(problems).toEqual([]);
  });

// The smallest of each layout tells for models of other shapes.
const smallest = sizes.filter(([, , count]) => count > 3);

for (const [name, places] of [
  ['backpropagation-by-hand.html', sizes],
  ['through-time.html', smallest],
  ['reading-digits.html', smallest],
] as const)
  test(`with each tool open the step stays in sight at every size: ${name}`, async ({ page }) => {
    test.slow();
    await open(page, name);
    const host = page.locator('back-step').first();
    const problems: string[] = [];
    for (const tab of await host.locator('.tool-tab').all()) {
      for (const [width, height] of places) {
        await page.setViewportSize({ width, height });
        await come(page, 0, 'all');
        if ((await tab.getAttribute('aria-selected')) === 'false')
          await tab.evaluate((one: HTMLElement) => one.click());
        await expect(host.locator('.tool-content > * > *').last()).toBeAttached();
        for (const one of await missing(page, 0, 33, { drawing: true, code: false }))
          problems.push(`${width} × ${height}, ${await tab.textContent()}: ${one}`);
      }
    }
    expect(problems).toEqual([]);
  });

for (const [width, height, shows] of [
  [650, 480, true],
  [800, 600, true],
  [366, 480, false],
  [650, 666, true],
] as const)
  test(`alone in a frame of ${width} × ${height} the step is seen`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.addInitScript(() => {
      Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('not allowed'));
    });
    const [size] = await open(page, 'backpropagation-by-hand.html');
    const host = page.locator('back-step').first();
    await host.locator('.frame').press('f');
    await expect(host).toHaveAttribute('data-full', '');
    let drawn = 0;
    const draw = (): number => uniform(width, height, drawn++);
    const problems: string[] = [];
    for (let n = 0; n < 10; n++) {
      const step = 1 + Math.floor(draw() * size);
      for (const one of await missing(page, 0, step, { drawing: true, code: false }))
        problems.push(`step ${step}: ${one}`);
      // With a tool open the smallest frame shows the drawing again once it is closed.
      await host.locator('.tool-tab[data-tool=inputs]').click();
      for (const one of await missing(page, 0, undefined, { drawing: shows, code: false }))
        problems.push(`step ${step}, changing: ${one}`);
      await page.keyboard.press('Escape');
    }
    expect(problems).toEqual([]);
  });
