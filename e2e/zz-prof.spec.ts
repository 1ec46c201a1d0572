import { test } from 'playwright/test';
import { writeFileSync } from 'node:fs';
import { DebuggerPage, lesson } from './debugger-page.ts';
import { hasOpened, serveModel } from './model-page.ts';
const N = 100000;
const text = `sample x = [${Array.from({length:N},(_,i)=>((i*7919)%1000)/1000)}]\nsample t = [${Array.from({length:N},(_,i)=>((i*7907)%1000)/1000)}]\nparam w = 0.5\nparam b = 0.1\nbatch n = all\nforward\n  y = tanh(w*x + b)\n  L = (y-t)^2/2\nupdate\n  w <- w - 0.1*dL/dw\n  b <- b - 0.1*dL/db`;
test('prof', async ({ page }) => {
  test.setTimeout(200_000);
  await serveModel(page, text);
  const debug = new DebuggerPage(page);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Profiler.enable'); await cdp.send('Profiler.setSamplingInterval', { interval: 200 });
  await cdp.send('Profiler.start');
  await page.goto(lesson);
  await page.waitForFunction(hasOpened, undefined, { timeout: 60_000 });
  await page.waitForTimeout(1500);
  let { profile } = await cdp.send('Profiler.stop'); writeFileSync('/tmp/prof-load.json', JSON.stringify(profile));
  await cdp.send('Profiler.start');
  for (let i = 0; i < 20; i++) { await debug.press('ArrowRight'); await page.waitForTimeout(50); }
  ({ profile } = await cdp.send('Profiler.stop')); writeFileSync('/tmp/prof-keys.json', JSON.stringify(profile));
});
