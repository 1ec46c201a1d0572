import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { isInstalled, keyActions, type RemoteBrowser, waitForOutput } from './remote-browser.ts';

const driver = 'WebKitWebDriver';
/** Debian's library folders, one of which contains the browser that the driver starts. */
const libraries = ['/usr/lib', '/usr/libexec', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'];
const browsers = ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0'];

/**
 * Starts WebKitGTK through its WebDriver, on a virtual display where there is none; undefined where it is not installed. `close`
 * ends all its programs.
 */
export async function startWebKit(): Promise<RemoteBrowser | undefined> {
  const binary = libraries
    .flatMap((folder) => browsers.map((name) => `${folder}/${name}/MiniBrowser`))
    .find((path) => existsSync(path));
  if (!isInstalled(driver) || binary === undefined) return undefined;
  const programs: ChildProcess[] = [];
  const display = process.env.DISPLAY ?? (isInstalled('Xvfb') ? await openScreen(programs) : undefined);
  if (display === undefined) return undefined;
  const port = await freePort();
  programs.push(
    spawn(driver, [`--port=${port}`], {
      // A container does not allow a sandbox.
      env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
      stdio: 'ignore',
    }),
  );
  const address = `http://127.0.0.1:${port}`;
  const options = { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } };
  const opened = await retried(() =>
    ask('POST', `${address}/session`, { capabilities: { alwaysMatch: options } }),
  );
  const { sessionId, capabilities } = opened as {
    sessionId: string;
    capabilities: { browserVersion: string };
  };
  const session = `${address}/session/${sessionId}`;
  const press = (keys: readonly string[]) => ask('POST', `${session}/actions`, { actions: keyActions(keys) });
  return {
    name: `WebKit ${capabilities.browserVersion}`,
    open: async (url) => void (await ask('POST', `${session}/url`, { url })),
    press: async (key) => void (await press([key])),
    type: async (text) => void (await press([...text])),
    read: (expression) =>
      ask('POST', `${session}/execute/sync`, { script: `return (${expression})`, args: [] }),
    close: async () => {
      await ask('DELETE', session).catch(() => undefined);
      for (const program of programs.reverse()) program.kill();
    },
  };
}

async function openScreen(programs: ChildProcess[]): Promise<string> {
  const screen = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  programs.push(screen);
  const [, number] = await waitForOutput(screen, /(\d+)\n/);
  return `:${number}`;
}

async function ask(method: string, address: string, body?: object): Promise<unknown> {
  const response = await fetch(address, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { value: { message?: string } };
  if (!response.ok) throw new Error(`${address}: ${value.message}`);
  return value;
}

/** Retries while the driver is starting. */
async function retried<Value>(attempt: () => Promise<Value>): Promise<Value> {
  for (let n = 0; ; n++) {
    try {
      return await attempt();
    } catch (error) {
      if (n === 40 || !(error instanceof TypeError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
