import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

/** A Chromium to test with: Playwright's own download, which needs no path, or one of the system. */
export type Browser = { readonly kind: 'playwright' } | { readonly kind: 'system'; readonly path: string };

/** The environment variable with the path of a Chromium or Chrome to use. */
export const browserVariable = 'BACKSTEP_BROWSER';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

const wellKnown = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * An installed browser: the one named in the environment, Playwright's own, or the system's, in this order; undefined where none
 * starts.
 */
export function locateBrowser(): Browser | undefined {
  const named = process.env[browserVariable];
  if (named) return { kind: 'system', path: named };
  if (starts(chromium.executablePath())) return { kind: 'playwright' };
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const path = [...candidates, ...wellKnown].find(starts);
  return path === undefined ? undefined : { kind: 'system', path };
}

/**
 * Installs a browser, synchronously: Playwright's download, else Debian's package where that is allowed; undefined where neither
 * works.
 */
export function installBrowser(): Browser | undefined {
  for (const install of [download, installDebianPackage]) {
    const found = install() ? locateBrowser() : undefined;
    if (found) return found;
  }
  return undefined;
}

function download(): boolean {
  return run('npx', ['playwright', 'install', 'chromium']);
}

function installDebianPackage(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  return (
    run('apt-get', ['update']) && run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])
  );
}

/** Runs an installer with its output on the error stream: standard output may be read by a program. */
function run(command: string, args: string[]): boolean {
  console.error(`No browser yet: trying ${command} ${args.join(' ')}`);
  const installer = spawnSync(command, args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 2, 2],
    timeout: 10 * 60_000,
    shell: process.platform === 'win32',
  });
  return installer.status === 0;
}

/** Whether a program starts: a download may lack system libraries, a wrapper its content. */
function starts(path: string): boolean {
  if (!path || !existsSync(path)) return false;
  if (process.platform === 'win32') return true; // there, asking for the version opens a window
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}
