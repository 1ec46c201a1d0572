import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import { DebuggerPage, watch } from './debugger-page.ts';
import { forbidWebAssembly, serveModel, turnWebAssemblyOff } from './model-page.ts';
import { digitNetwork } from './networks.ts';
import { secondIteration } from './slides.ts';

test('trains, tells how far it is, and leads to every step of every iteration', async ({ page }) => {
  const { complaints, addresses } = watch(page);
  const debug = new DebuggerPage(page);
  await debug.open();
  const training = debug.element.locator('bs-training');
  await debug.press('t');
  await expect(training.locator('.so-far p')).toHaveText('100 iterations are trained.');
  await expect(debug.liveRegion).toContainText('Training ended at iteration 100. The loss is 0');
  await expect(debug.element.locator('.iteration')).toContainText('of 100');

  // There it stands then, at the last step.
  const iteration = debug.element.locator('#go-to-iteration');
  await expect(iteration).toHaveValue('100');
  await expect.poll(() => debug.step()).toBe(60);
  await iteration.fill('2');
  await iteration.press('Enter');
  await debug.show('cells');
  for (const { cell, version, printed } of secondIteration)
    await expect(debug.value(cell, version, 1), cell).toHaveText(printed);

  await debug.show('train');
  await iteration.fill('73');
  await iteration.press('Enter');
  await debug.press('Home');
  await debug.press('ArrowRight', 5);
  await expect.poll(() => debug.step()).toBe(5);
  await expect(training.locator('figcaption')).toContainText('at 73:');
  await training.getByText('The same in numbers').click();
  await training.getByRole('button', { name: '1', exact: true }).click();
  await expect(iteration).toHaveValue('1');
  await expect.poll(() => debug.step()).toBe(5);
  const slider = training.getByRole('slider', { name: 'Iteration' });
  await slider.fill('40');
  await expect(iteration).toHaveValue('40');

  // The curve's line at the present iteration stands above the slider's thumb, whose middle is half of its 16 px from both ends.
  const picture = training.getByRole('img', { name: /Series of loss\. Its least is 0/ });
  const [line, track] = await Promise.all([picture.locator('.present').boundingBox(), slider.boundingBox()]);
  const thumb = (track?.x ?? 0) + 8 + (((track?.width ?? 0) - 16) * 39) / 99;
  expect((line?.x ?? 0) + (line?.width ?? 0) / 2).toBeCloseTo(thumb, 0);
  expect(await picture.locator('.tick').first().textContent()).toBe('0');

  // A worker’s file is the site’s own.
  expect(
    addresses.every((address) => address.startsWith('http://127.0.0.1') || address.startsWith('data:')),
  ).toBe(true);
  expect(complaints).toEqual([]);
});

test('is watched by whole iterations, forwards and back, until a key is pressed', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  const iteration = debug.element.locator('#go-to-iteration');
  const at = async () => Number(await iteration.inputValue());
  await debug.press('Shift+T');
  await expect.poll(at).toBeGreaterThan(3);
  await debug.press('ArrowRight');
  const paused = await at();
  // Whole iterations: it stands at the end of one. The key has only paused it.
  expect(await debug.step()).toBe(60);
  await debug.show('train');
  await expect(debug.element.locator('bs-training .so-far p')).toContainText('Nothing is trained yet');
  await debug.press('Alt+Shift+T');
  await expect.poll(at).toBe(1);
  await expect(debug.element.getByRole('button', { name: 'Pause', exact: true })).toHaveCount(0);
  expect(paused).toBeGreaterThan(3);

  // Another rate from there on is one change, and what comes of it is seen in the next iteration.
  const rate = debug.element.locator('bs-training .rate input');
  await rate.fill('5');
  await rate.press('Enter');
  await expect(debug.element.locator('.notice.changes')).toContainText('eta');
  await rate.fill('x');
  await rate.press('Enter');
  await expect(debug.element.locator('#iterations-problem')).toContainText('not a number');
});

test('pauses, goes on and is cancelled, by keyboard alone; what was trained stays', async ({ page }) => {
  test.slow();
  await serveModel(page, digitNetwork([100, 60, 40, 10]));
  const debug = new DebuggerPage(page);
  await debug.open();
  const training = debug.element.locator('bs-training');
  await debug.press('t');
  await expect(training.locator('.so-far p')).toHaveText('100 iterations are trained.', { timeout: 30_000 });
  const field = training.getByLabel('Train for');
  await field.fill('100000');
  await field.press('Enter');
  const progress = training.getByRole('progressbar');
  await expect(training.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(debug.liveRegion).toContainText('Training, to iteration 100100');
  await expect.poll(() => progress.evaluate((bar: HTMLProgressElement) => bar.value)).toBeGreaterThan(110);
  await debug.press('t');
  await expect(training.locator('.so-far p')).toContainText('Paused at iteration');
  await expect(debug.liveRegion).toContainText('Training paused at iteration');
  await debug.press('t');
  await expect(training.getByRole('button', { name: 'Pause' })).toBeVisible();
  const cancel = training.getByRole('button', { name: 'Cancel' });
  await cancel.focus();
  await page.keyboard.press('Enter');
  await expect(training.locator('.so-far p')).toContainText('iterations are trained.');
  await expect(cancel).toBeFocused();
  const reached = await progress.evaluate((bar: HTMLProgressElement) => bar.value);
  await debug.element.locator('#go-to-iteration').fill(String(Math.floor(reached / 2)));
  await page.keyboard.press('Enter');
  await debug.press('ArrowRight', 3);
  await expect(debug.element.locator('bs-formula code')).toHaveText('z1[1]');
});

test('a number of iterations that is none, and an iteration that is not there, get a message', async ({
  page,
}) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.element.locator('.tool-tab[data-tool=train]').click();
  const training = debug.element.locator('bs-training');
  const field = training.getByLabel('Train for');
  for (const wrong of ['', '0', '-5', '1.5', 'x', '1000000']) {
    await field.fill(wrong);
    await field.press('Enter');
    await expect(training.locator('#iterations-problem')).toHaveText(/whole number|At most/);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
  }
  const iteration = debug.element.locator('#go-to-iteration');
  for (const wrong of ['0', 'x', '999999999']) {
    await iteration.fill(wrong);
    await iteration.press('Enter');
    await expect(debug.element.locator('#go-to-step-problem')).toHaveText(/whole number|Train first/);
  }
});

test('axe finds nothing in the training on a phone, and nothing scrolls sideways', async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 390, height: 844 });
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@1.h[1].3');
  await debug.press('t');
  const training = debug.element.locator('bs-training');
  await expect(training.locator('.so-far p')).toHaveText('100 iterations are trained.');
  await training.getByText('The same in numbers').click();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`)),
  ).toEqual([]);
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wide).toBeLessThanOrEqual(0);
});

for (const allowed of [true, false]) {
  test(`trains ${allowed ? 'as WebAssembly' : 'without WebAssembly where it is turned off'}, with the same numbers`, async ({
    page,
  }) => {
    const { complaints } = watch(page);
    await page.addInitScript(() => {
      const { Module } = WebAssembly;
      Object.assign(globalThis, { modules: 0 });
      // WebAssembly of a worker is not visible here, so training runs in the page, and without rounding.
      Reflect.deleteProperty(globalThis, 'Worker');
      localStorage.setItem('backstep:run', 'full');
      WebAssembly.Module = new Proxy(Module, {
        construct(target, given) {
          Object.assign(globalThis, { modules: Reflect.get(globalThis, 'modules') + 1 });
          return Reflect.construct(target, given);
        },
      });
    });
    if (!allowed) await turnWebAssemblyOff(page);
    const debug = new DebuggerPage(page);
    await debug.open();
    await debug.press('t');
    await expect(debug.liveRegion).toContainText('Training ended at iteration 100. The loss is 0');
    const iteration = debug.element.locator('#go-to-iteration');
    await expect(iteration).toHaveValue('100');
    await iteration.fill('2');
    await iteration.press('Enter');
    await debug.show('cells');
    for (const { cell, version, printed } of secondIteration)
      await expect(debug.value(cell, version, 1), cell).toHaveText(printed);
    const modules = await page.evaluate(() => Reflect.get(globalThis, 'modules'));
    if (allowed) expect(modules).toBeGreaterThan(0);
    else expect(modules).toBe(0);
    expect(complaints).toEqual([]);
  });
}

test('a host that forbids WebAssembly refuses it once, however often one trains, and the numbers are the same', async ({
  page,
}) => {
  const { complaints } = watch(page);
  await page.addInitScript(() => {
    localStorage.setItem('backstep:run', 'full');
    const seen = { violations: 0, threads: [] as unknown[] };
    Object.assign(globalThis, { seen });
    addEventListener('securitypolicyviolation', () => {
      seen.violations += 1;
    });
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function send(
      message: { kind: string; task: { limits: { webAssembly: unknown } } },
      transfer: never,
    ) {
      if (message.kind === 'start') seen.threads.push(message.task.limits.webAssembly);
      postMessage.call(this, message, transfer);
    };
  });
  await forbidWebAssembly(page);
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('t');
  await expect(debug.liveRegion).toContainText('Training ended at iteration 100.');
  await debug.press('t');
  await expect(debug.liveRegion).toContainText('Training ended at iteration 200.');
  const iteration = debug.element.locator('#go-to-iteration');
  await iteration.fill('2');
  await iteration.press('Enter');
  await debug.show('cells');
  for (const { cell, version, printed } of secondIteration)
    await expect(debug.value(cell, version, 1), cell).toHaveText(printed);
  expect(await page.evaluate(() => Reflect.get(globalThis, 'seen'))).toEqual({
    violations: 1,
    threads: [false, false],
  });
  expect(complaints.filter((complaint) => !/wasm-unsafe-eval|WebAssembly/.test(complaint))).toEqual([]);
  expect(complaints.length).toBeLessThanOrEqual(1);
});

test('an iteration far ahead is run aside, and the reader gets there', async ({ page }) => {
  const { complaints } = watch(page);
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('ArrowRight', 3);
  const field = debug.element.locator('#go-to-iteration');
  await field.fill('9990');
  await field.press('Enter');
  // The weights are those of that iteration.
  await expect(debug.element.locator('.iteration')).toContainText('of 9990', { timeout: 60_000 });
  await expect(debug.value('W2[1,1]', 'old', 1)).toHaveText('−0.288');
  await expect.poll(() => debug.step()).toBe(3);
  await expect(debug.element.locator('progress')).toHaveCount(0);
  await expect(field).toHaveValue('9990');
  expect(complaints).toEqual([]);
});
