import { test } from 'playwright/test';
import { DebuggerPage, lesson } from './debugger-page.ts';
import { hasOpened, serveModel } from './model-page.ts';
const N = 100000;
const models: Record<string,string> = {
 ordinary: '',
 samples: `sample x = [${Array.from({length:N},(_,i)=>((i*7919)%1000)/1000)}]\nsample t = [${Array.from({length:N},(_,i)=>((i*7907)%1000)/1000)}]\nparam w = 0.5\nparam b = 0.1\nbatch n = all\nforward\n  y = tanh(w*x + b)\n  L = (y-t)^2/2\nupdate\n  w <- w - 0.1*dL/dw\n  b <- b - 0.1*dL/db`,
 ten: `given x = 0.3\nparam a = 0.5\nindex i = 1..3163\nindex j = 1..3163\nforward\n  y = sum(i, j: x * x)\n  L = (a * y)^2\nupdate\n  a <- a - 0.1 * dL/da`,
 most: `given x = 0.3\nparam a = 0.5\nindex i = 1..4900\nindex j = 1..4900\nforward\n  y = sum(i, j: x * x)\n  L = (a * y)^2\nupdate\n  a <- a - 0.1 * dL/da`,
};
for (const [name, text] of Object.entries(models)) test(name, async ({ page }) => {
  test.setTimeout(200_000);
  if (text) await serveModel(page, text);
  await page.addInitScript(() => { const tasks: number[] = []; Object.assign(window, { tasks }); new PerformanceObserver((l) => tasks.push(...l.getEntries().map((e) => Math.round(e.duration)))).observe({ type: 'longtask' }); });
  const debug = new DebuggerPage(page);
  await page.goto(lesson);
  await page.waitForFunction(hasOpened, undefined, { timeout: 60_000 });
  await page.waitForTimeout(1500);
  const tasks = () => page.evaluate(() => (window as any).tasks.splice(0));
  const goTo = (f: number) => page.evaluate((f) => { const s = (document.querySelector('back-step') as any).session; s.goTo(Math.floor(s.program.size * f)); }, f);
  const out: string[] = [`load ${await tasks()}`];
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'w', 'Escape', 'PageDown', 'ArrowLeft','ArrowUp']) { await debug.press(key); await page.waitForTimeout(500); out.push(`${key} ${await tasks()}`); }
  for (const f of [0.3, 0.55, 0.8, 0.99, 1.4, 1.9, 20.5]) { await goTo(f); await page.waitForTimeout(700); out.push(`to ${f}: ${await tasks()}`); await debug.press('ArrowRight'); await debug.press('ArrowLeft'); await page.waitForTimeout(200); out.push(`keys: ${await tasks()}`); }
  console.log(name + '\n  ' + out.join('\n  '));
});
