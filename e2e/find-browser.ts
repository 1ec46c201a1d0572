/*
 * Run before the browser tests: finds a Chromium, or installs one, and then runs Playwright with the arguments
 * given: `tsx e2e/find-browser.ts test --config e2e/playwright.config.ts`. Without arguments it prints what it found.
 */
import { spawnSync } from 'node:child_process';
import { chromium } from 'playwright';
import { browserVariable, installBrowser, locateBrowser } from './browser.ts';

const browser = locateBrowser() ?? installBrowser();

if (!browser) {
  console.error(
    [
      'The browser tests need a Chromium or Chrome, and none could be found or installed. Do one of these:',
      '  npx playwright install --with-deps chromium',
      '  install Chromium or Chrome with the system (on Debian: apt-get install chromium)',
      `  set ${browserVariable} to the path of the one you have`,
    ].join('\n'),
  );
  process.exit(1);
}

const path = browser.kind === 'system' ? browser.path : '';
const args = process.argv.slice(2);

if (args.length === 0) {
  console.log(path || chromium.executablePath());
} else {
  const env = { ...process.env, [browserVariable]: path };
  const { status } = spawnSync('npx', ['playwright', ...args], {
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  process.exit(status ?? 1);
}
