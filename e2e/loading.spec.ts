import { expect as expectNow, type Page, test } from 'playwright/test';
import { debuggerChunk, readsChunk } from '../src/publish/chunks.ts';
import { contentPolicyOf } from '../src/publish/settings/content-policy.ts';
import type { Session } from '../src/session/session.ts';
import { toolWords } from '../src/words/shell/tools.ts';
import { lesson } from './debugger-page.ts';
import { type FailingSite, openFailingSite } from './failing-site.ts';
import { startFirefox } from './firefox.ts';
import { loseAndTryAgain } from './loading-walk.ts';
import { filesOf, manifest, others, partNames, scenes, workers } from './parts.ts';
import { type RemoteBrowser, skipWithout } from './remote-browser.ts';
import { startWebKit } from './webkit.ts';

const contentPolicy = contentPolicyOf({ webAssembly: true });

/** Generous: parts load one after the other, and the computer may be busy. */
const expect = expectNow.configure({ timeout: 90_000 });
test.describe.configure({ timeout: 5 * 60_000 });

const chromium = (page: Page): RemoteBrowser => ({
  name: 'Chromium',
  open: async (address) => void (await page.goto(address)),
  press: (key) => page.keyboard.press(key),
  type: (text) => page.keyboard.type(text),
  read: (expression) => page.evaluate(expression),
  close: async () => {},
});

let site: FailingSite;
test.beforeEach(async () => {
  site = await openFailingSite(contentPolicy);
});
test.afterEach(() => site.close());

test('every part that the build loads on demand is tried', () => {
  const tried = Object.keys(scenes).filter((name) => scenes[name].files === undefined);
  expect([...tried, ...others].sort()).toEqual(partNames);
});

for (const [name, scene] of Object.entries(scenes))
  test(`${name}, lost at first, is there when it is asked for once more`, async ({ page }) => {
    await loseAndTryAgain(chromium(page), site, name, scene);
  });

/**
 * All are tried in Chromium, and some in each of the others as well, every ninth one: browsers differ in how they load a file once
 * more, not in what is in it.
 */
const everyNinth = (first: number) => Object.entries(scenes).filter((_, at) => at % 9 === first);

for (const [name, start, packages, first] of [
  ['Firefox', startFirefox, 'firefox-esr', 0],
  ['WebKit', startWebKit, 'webkit2gtk-driver xvfb', 3],
] as const) {
  const turn = everyNinth(first);
  test(`${name}: ${turn.map(([part]) => part).join(', ')}, lost at first, are there then`, async () => {
    test.setTimeout(15 * 60_000);
    const browser = await start();
    if (browser === undefined) skipWithout(name, packages);
    try {
      for (const [part, scene] of turn) await loseAndTryAgain(browser, site, part, scene);
    } finally {
      await browser.close();
    }
  });
}

test('without its language a debugger speaks English', async ({ page }) => {
  for (const part of ['languages', 'pseudo-language']) {
    site.rewrite = (html) => html.replace('<html lang="en">', '<html lang="en-xa">');
    site.fail([...filesOf(part)].filter((file) => !filesOf('debugger').has(file)));
    await page.goto(site.address + lesson);
    await expect(page.locator('back-step').getByRole('button', { name: /^Next operation/ })).toBeVisible();
    expect(site.failed).not.toEqual([]);
  }
});

test('what marks the drawing, lost at first, comes with the next step', async ({ page }) => {
  const files = [...filesOf(readsChunk)].filter((file) => !filesOf(debuggerChunk).has(file));
  site.fail(files);
  await page.goto(`${site.address}${lesson}#at=lecture@1.net2[1].2`);
  await expect(isReady(page)).toBeVisible();
  await expect.poll(() => [...site.failed].sort()).toEqual(files.sort());
  const element = page.locator('back-step');
  const marks = await element.locator('bs-network-drawing .mark.read').count();
  await element.locator('.frame').press('ArrowRight');
  await expect.poll(() => element.locator('bs-network-drawing .mark.read').count()).toBeGreaterThan(marks);
});

test('without its worker the debugger trains in the page itself', async ({ page }) => {
  site.fail(
    workers.map((name) => `assets/${name}`),
    9,
  );
  await page.goto(site.address + lesson);
  const element = page.locator('back-step');
  await element.locator('.tool-tab[data-tool=train]').click();
  await element.locator('bs-training button[type=submit]').click();
  await expect
    .poll(() => element.evaluate((debug) => (debug as HTMLElement & { session: Session }).session.furthest))
    .toBeGreaterThan(50);
  expect(site.failed.join()).toMatch(/training-worker/);
});

/** The files that every debugger needs: the page's script, the debugger, and their imports. */
const main = [
  ...new Set([
    ...filesOf('debugger'),
    ...Object.values(manifest).flatMap(({ file, name }) => (name === 'page' ? file : [])),
  ]),
];
const isReady = (page: Page) => page.locator('back-step').getByRole('button', { name: /^Next operation/ });

for (const file of main) {
  const name = file.replace(/.*\/|-.{8}\.js$/g, '');
  test(`without ${name} the page says that there is no debugger, and a reload brings it`, async ({
    page,
  }) => {
    site.fail([file], 99);
    await page.goto(`${site.address}${lesson}#at=lecture@1.h[1]`);
    const link = page.getByRole('link', { name: 'load the page again' });
    await expect(link).toBeVisible();
    expect(site.failed).not.toEqual([]);
    await expect(page.locator('back-step pre')).toBeVisible();
    const again = await link.elementHandle();
    site.fail([]);
    // The page may retry by itself meanwhile.
    await again?.evaluate((element) => (element as HTMLElement).click());
    await expect(isReady(page)).toBeVisible();
    await expect(page.locator('.unstarted')).toBeHidden();
    // The page's script, where it is loaded, keeps the scroll position.
    if (name !== 'page') await expect(page.locator('back-step #go-to-step')).not.toHaveValue('0');
  });
}

for (const [name, start, packages] of [
  ['Firefox', startFirefox, 'firefox-esr'],
  ['WebKit', startWebKit, 'webkit2gtk-driver xvfb'],
] as const) {
  test(`${name}: without the main part a reload brings it`, async () => {
    test.setTimeout(5 * 60_000);
    const browser = await start();
    if (browser === undefined) skipWithout(name, packages);
    let tried = 0;
    try {
      // Chromium tries each of them, above.
      for (const file of main.slice(0, 2)) {
        site.fail([file], 99);
        await browser.open(`${site.address}${lesson}`);
        const seen = `getComputedStyle(document.querySelector('.unstarted')).visibility`;
        await expect.poll(() => browser.read(seen)).toBe('visible');
        // A browser with the file in its cache needs no network.
        if (site.failed.length === 0) continue;
        expect(await browser.read(`customElements.get('back-step') === undefined`)).toBe(true);
        tried += 1;
        site.fail([]);
        await browser.read(`document.querySelector('.unstarted a').click()`);
        const drawn = `document.querySelector('back-step').shadowRoot?.querySelector('bs-toolbar button') != null`;
        await expect.poll(() => browser.read(drawn).catch(String), { message: file }).toBe(true);
      }
      expect(tried).toBeGreaterThan(0);
    } finally {
      await browser.close();
    }
  });
}

test('what comes in its time is not said to have failed', async ({ page }) => {
  site.fail([...filesOf('debugger')], 99);
  await page.goto(site.address + lesson, { waitUntil: 'commit' });
  const note = page.locator('.unstarted');
  const at = (time: number) =>
    note.evaluate((element, ms) => {
      const [animation] = element.getAnimations();
      animation.pause();
      animation.currentTime = ms;
      return getComputedStyle(element).visibility;
    }, time);
  await expect.poll(() => note.evaluate((element) => element.getAnimations().length)).toBe(1);
  expect(await at(0)).toBe('hidden');
  expect(await at(5000)).toBe('hidden');
  expect(await at(7000)).toBe('visible');
});

test('without scripts the page says at once what is missing, and reads well', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(site.address + lesson);
  const note = page.locator('.unstarted');
  await expect(note).toHaveCSS('animation-name', 'none');
  await expect(note).toBeVisible();
  await expect(note).toContainText('It needs JavaScript');
  await expect(page.locator('back-step pre')).toBeVisible();
  await context.close();
});

test('what is wrong inside of a part is not laid on the connection', async ({ page }) => {
  const said: string[] = [];
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  for (const [part, act] of [
    ['help', 'debug.perform("help")'],
    ['why', 'debug.perform("why")'],
    ['code', ''],
    ['run-to-breakpoint', 'debug.perform("runOn")'],
  ]) {
    await page.route(new RegExp(`/${part}-.{8}\\.js$`), (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: `throw new TypeError('wrong inside of ${part}');`,
      }),
    );
    await page.goto(site.address + lesson);
    await expect(isReady(page)).toBeVisible();
    await page.evaluate(`((debug) => { ${act} })(document.querySelector('back-step'))`);
    const element = page.locator('back-step');
    await expect(element.getByText(toolWords.broken).first(), part).toBeVisible();
    await expect(element.getByText(toolWords.failed)).toHaveCount(0);
    expect(said.join()).toContain(`wrong inside of ${part}`);
    await page.unrouteAll();
  }
});

test('a page whose policy allows our scripts and no requests has every part', async ({ page }) => {
  site.policy = contentPolicy.replace(/; connect-src [^;]*/, '');
  await page.goto(site.address + lesson);
  await page.locator('back-step .tool-tab[data-tool=why]').click();
  await expect(page.locator('back-step bs-why > *').first()).toBeVisible();
});
