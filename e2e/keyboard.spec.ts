import { type Page, test } from 'playwright/test';
import { startFirefox } from './firefox.ts';
import { walk } from './keyboard-walk.ts';
import { type RemoteBrowser, skipWithout } from './remote-browser.ts';
import { startWebKit } from './webkit.ts';

const chromium = (page: Page): RemoteBrowser => ({
  name: 'Chromium',
  open: async (address) => void (await page.goto(address)),
  press: (key) => page.keyboard.press(key),
  type: (text) => page.keyboard.type(text),
  read: (expression) => page.evaluate(expression),
  close: async () => {},
});

test('Chromium, by keyboard only', async ({ page, baseURL }) => {
  test.slow();
  await walk(chromium(page), `${baseURL}`);
});

for (const [name, start, packages] of [
  ['Firefox', startFirefox, 'firefox-esr'],
  ['WebKit', startWebKit, 'webkit2gtk-driver xvfb'],
] as const) {
  test(`${name}, by keyboard only`, async ({ baseURL }) => {
    test.slow();
    const browser = await start();
    if (browser === undefined) skipWithout(name, packages);
    try {
      await walk(browser, `${baseURL}`);
    } finally {
      await browser.close();
    }
  });
}
