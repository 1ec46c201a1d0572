import { fileURLToPath } from 'node:url';
import { defineConfig } from 'playwright/test';
import { locateBrowser } from './browser.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Concurrent runs on one computer need a port each. */
const port = Number(process.env.BACKSTEP_PORT ?? 41731);
const browser = locateBrowser();

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../.output/e2e',
  reporter: 'line',
  workers: 2,
  retries: 0,
  fullyParallel: true,
  // In ms, and generous: they are to catch hangs, not a busy machine.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    viewport: { width: 1440, height: 900 },
    baseURL: `http://127.0.0.1:${port}/`,
    screenshot: 'only-on-failure',
    // What is not there will not come: a click on it fails before the test's own time is over.
    actionTimeout: 60_000,
    launchOptions:
      browser?.kind === 'system'
        ? {
            executablePath: browser.path,
            args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
          }
        : {},
  },
  // Serves the published pages: run `npm run build` first.
  webServer: {
    command: `npm run -s preview -- --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: root,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
  },
});
