import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { isInstalled, keyActions, type RemoteBrowser, waitForOutput } from './remote-browser.ts';

const programs = ['firefox-esr', 'firefox'];

/**
 * Starts a headless Firefox, driven by WebDriver BiDi; undefined where none is installed. `close` ends it and removes its
 * profile.
 */
export async function startFirefox(): Promise<RemoteBrowser | undefined> {
  const program = programs.find(isInstalled);
  if (program === undefined) return undefined;
  const profile = mkdtempSync(join(tmpdir(), 'firefox-'));
  const firefox = spawn(
    program,
    ['--headless', '--no-remote', '--remote-debugging-port', '0', '--profile', profile, 'about:blank'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const [, address] = await waitForOutput(firefox, /WebDriver BiDi listening on (ws:\S+)/, 60);
  const send = await talk(`${address}/session`);
  const { capabilities } = (await send('session.new', { capabilities: {} })) as {
    capabilities: { browserVersion: string };
  };
  const { contexts } = (await send('browsingContext.getTree', {})) as { contexts: { context: string }[] };
  const { context } = contexts[0];
  const press = (keys: readonly string[]) =>
    send('input.performActions', { context, actions: keyActions(keys) });
  return {
    name: `Firefox ${capabilities.browserVersion}`,
    open: async (url) => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
    press: async (key) => void (await press([key])),
    type: async (text) => void (await press([...text])),
    read: async (expression) => {
      const found = (await send('script.evaluate', {
        expression,
        target: { context },
        awaitPromise: true,
      })) as {
        result?: { value?: unknown };
        exceptionDetails?: { text: string };
      };
      if (found.exceptionDetails !== undefined) throw new Error(found.exceptionDetails.text);
      return found.result?.value;
    },
    close: async () => {
      const gone = new Promise((resolve) => firefox.once('exit', resolve));
      firefox.kill();
      await gone;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

type Send = (method: string, params: object) => Promise<unknown>;

/** Opens a WebDriver BiDi connection; the result sends a command and resolves with its result. */
async function talk(address: string): Promise<Send> {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const waiting = new Map<number, (answer: { type: string; result: unknown; message?: string }) => void>();
  socket.on('message', (data) => {
    const answer = JSON.parse(String(data));
    waiting.get(answer.id)?.(answer);
  });
  let count = 0;
  return (method, params) =>
    new Promise((resolve, reject) => {
      count += 1;
      waiting.set(count, ({ type, result, message }) => {
        if (type === 'error') reject(new Error(`${method}: ${message}`));
        else resolve(result);
      });
      socket.send(JSON.stringify({ id: count, method, params }));
    });
}
