import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import { npy, zip } from '../src/data/npy.testing.ts';
import type { Session } from '../src/session/session.ts';
import { DebuggerPage, watch } from './debugger-page.ts';
import { FormulasPage } from './formulas-page.ts';
import { serveModel } from './model-page.ts';
import { awaitedData, moons } from './networks.ts';

/** A file in MNIST's own format. */
function idx(shape: readonly number[], at: (n: number) => number): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  for (const [d, size] of shape.entries()) header.writeUInt32BE(size, 4 + 4 * d);
  const count = shape.reduce((product, size) => product * size, 1);
  return Buffer.concat([header, Buffer.from(Array.from({ length: count }, (_, n) => at(n)))]);
}

const images = idx([20, 4, 4], (n) => (n * 37) % 256);
const labels = idx([20], (n) => n % 10);
const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

test('takes files that the reader brings, packed or not, and loses nothing to those that cannot be read', async ({
  page,
}) => {
  const { complaints } = watch(page);
  await serveModel(page, awaitedData());
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@1.y[1,1].3');
  const files = debug.element.locator('bs-data-files');
  await expect(files).toContainText('train-images-idx3-ubyte.gz is not there yet');
  await expect(debug.element.locator('bs-cell-table bs-cell-finder input')).toBeAttached();
  const before = await debug.element.locator('bs-cell-table').innerText();
  const input = files.locator('input[type=file]');

  for (const [name, buffer, message] of [
    ['train-images-idx3-ubyte', images.subarray(0, 100), /cut off/],
    ['train-images-idx3-ubyte.gz', gzipSync(images).subarray(0, 30), /cannot be read/],
    ['train-images-idx3-ubyte', Buffer.from('hello'), /no IDX file/],
    ['holiday.jpg', Buffer.from([1, 2, 3]), /not one of the files/],
    ['train-images-idx3-ubyte', idx([20, 5, 5], () => 0), /25 columns/],
  ] as const) {
    await input.setInputFiles([file(name, buffer)]);
    await expect(files.locator('.problem')).toHaveText(message);
    expect(await debug.element.locator('bs-cell-table').innerText()).toBe(before);
    await expect.poll(() => debug.step()).toBe(3);
  }

  await input.setInputFiles([
    file('train-images.idx3-ubyte (1).gz', gzipSync(images)),
    file('train-labels-idx1-ubyte', labels),
  ]);
  await expect(files).toContainText('20 images of 4 × 4 read');
  await expect(files).toContainText('20 labels read');
  await expect(files.locator('.problem')).toHaveCount(0);
  await debug.press('ArrowRight');
  await expect(debug.element.locator('bs-formula .sample')).toHaveText(
    'sample 1 of a batch of 2: row 1 of 20, epoch 1',
  );
  expect(complaints).toEqual([]);
});

test('takes files for formulas that are written in a page, which came with its model compiled', async ({
  page,
}) => {
  const debug = new FormulasPage(page);
  await debug.open();
  await debug.write();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(awaitedData());
  await debug.apply();
  const files = debug.element.locator('bs-data-files');
  await expect(files).toContainText('train-images-idx3-ubyte.gz is not there yet');
  await files.locator('input[type=file]').setInputFiles([file('train-images-idx3-ubyte', images)]);
  await expect(files).toContainText('20 images of 4 × 4 read');
  await expect(files.locator('.problem')).toHaveCount(0);
});

test('takes a file that is dropped', async ({ page }) => {
  await serveModel(page, awaitedData());
  const debug = new DebuggerPage(page);
  await debug.open();
  const transfer = await page.evaluateHandle(
    (bytes) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], 'train-images-idx3-ubyte'));
      return data;
    },
    [...images],
  );
  const zone = debug.element.locator('.files');
  await zone.dispatchEvent('dragover', { dataTransfer: transfer });
  await expect(zone).toHaveClass(/aimed/);
  await zone.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(zone).toContainText('20 images of 4 × 4 read');
  await expect(zone).not.toHaveClass(/aimed/);
});

test('takes weights that NumPy has saved, several arrays in one file', async ({ page }) => {
  const { complaints } = watch(page);
  await serveModel(
    page,
    `table w = dropped "net.npz/W1" like 2
table b = dropped "net.npz/b1" like 1
given x = [10, 1]
param W1 = w[1..2]
param b1 = b[1]
forward
  y[j] = sum(i: W1[j,i] * x[i]) + b1[j]`,
  );
  const debug = new DebuggerPage(page);
  await debug.open();
  const files = debug.element.locator('bs-data-files');
  await expect(files).toContainText('net.npz/b1 is not there yet');
  const arrays = { 'W1.npy': npy('|u1', [3, 2], [1, 4, 2, 5, 3, 6]), 'b1.npy': npy('|i1', [3], [0, 0, 255]) };
  await files.locator('input[type=file]').setInputFiles([file('net (1).npz', Buffer.from(zip(arrays, 8)))]);
  await expect(files).toContainText('net.npz/b1 3 numbers read');
  await expect(files.locator('.problem')).toHaveCount(0);
  await debug.press('End');
  await debug.show('cells');
  for (const [cell, value] of [
    ['y[1]', '14'],
    ['y[2]', '25'],
    ['y[3]', '35'],
  ] as const)
    await expect(debug.value(cell, 'old', 1), cell).toHaveText(value);
  expect(complaints).toEqual([]);
});

test('reads a large file while the page goes on, and stops reading where that is cancelled', async ({
  page,
}) => {
  const { complaints } = watch(page);
  await serveModel(page, awaitedData());
  const debug = new DebuggerPage(page);
  await debug.open();
  const zone = debug.element.locator('.files');
  const drop = async (megabytes: number, row: string) => {
    const transfer = await page.evaluateHandle(
      ([size, line]) => {
        const megabyte = line.repeat(Math.ceil(2 ** 20 / line.length));
        const data = new DataTransfer();
        data.items.add(
          new File(
            Array.from({ length: size }, () => megabyte),
            'train-images-idx3-ubyte',
          ),
        );
        return data;
      },
      [megabytes, row] as const,
    );
    await zone.dispatchEvent('drop', { dataTransfer: transfer });
  };

  // However fast the machine is, reading waits until it is cancelled.
  await page.evaluate(() => {
    const { arrayBuffer } = Blob.prototype;
    let pieces = 0;
    Object.assign(window, { isHeld: true });
    Blob.prototype.arrayBuffer = async function () {
      pieces += 1;
      while (pieces > 20 && (window as unknown as { isHeld: boolean }).isHeld)
        await new Promise((resolve) => setTimeout(resolve, 20));
      return arrayBuffer.call(this);
    };
  });
  // In the format of its name; all of it would be read before its end is found to be missing.
  const header = String.fromCharCode(0, 0, 8, 1, 127, 0, 0, 0);
  await drop(10, header.repeat(2));
  const progress = zone.getByRole('progressbar', { name: 'Reading the files' });
  await expect(progress).toBeVisible();
  const before = await debug.step();
  await debug.press('ArrowRight');
  await expect.poll(() => debug.step()).toBe(before + 1);
  await zone.getByRole('button', { name: 'Cancel' }).click();
  await page.evaluate(() => Object.assign(window, { isHeld: false }));
  await expect(progress).toHaveCount(0);
  await expect(zone.locator('input[type=file]')).toBeFocused();
  await expect(zone).toContainText('train-images-idx3-ubyte.gz is not there yet');
  await expect(zone.locator('.problem')).toHaveCount(0);

  // A file dropped after that is read to its end.
  await drop(1, header.repeat(2));
  await expect(zone.locator('.problem')).toHaveText(/cut off/);
  expect(complaints).toEqual([]);
});

test('says which sample a step works on, and in which epoch', async ({ page }) => {
  await serveModel(page, moons());
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@1.h[2,3]');
  const where = debug.element.locator('bs-formula .sample');
  await expect(where).toHaveText(/^sample 2 of a batch of 4: row \d+ of 60, epoch 1$/);
  await expect(debug.element.locator('bs-network-drawing .unit [data-cell="h[2;3]"]').first()).toBeAttached();
  await debug.press('PageDown');
  await expect(where).toHaveText(/^sample 2 of/);
  const iteration = debug.element.locator('#go-to-iteration');
  await iteration.fill('16');
  await iteration.press('Enter');
  await expect(where).toContainText('epoch 2');
  await debug.press('End');
  await expect(where).toHaveText(/^batch of 4: rows \d+, \d+, \d+, \d+ of 60, epoch 2$/);
});

test('shows an iteration as it is in training, or as the network is put to use', async ({ page }) => {
  test.slow();
  await serveModel(page, moons('together'));
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@3.L[4]');
  const dropped = () =>
    debug.element.evaluate((element) => {
      const { moment } = (element as unknown as { session: Session }).session;
      const cells = Array.from({ length: 16 }, (_, n) => [1 + Math.floor(n / 4), 1 + (n % 4)]);
      return cells.filter((cell) => moment.value('d', 'old', cell) === 0).length;
    });
  expect(await dropped()).toBeGreaterThan(0);
  await debug.openMenu();
  await debug.element.getByRole('button', { name: 'Evaluating', exact: true }).click();
  expect(await dropped()).toBe(0);
  await debug.element.getByRole('button', { name: 'Training', exact: true }).click();
  expect(await dropped()).toBeGreaterThan(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`)),
  ).toEqual([]);
});

test('saves the model and its run, and nothing is sent anywhere', async ({ page }) => {
  const { complaints, addresses } = watch(page);
  const debug = new DebuggerPage(page);
  await debug.open();
  await (await debug.openMenu()).getByRole('button', { name: /^Take it away/ }).click();
  const dialog = debug.element.getByRole('dialog', { name: 'Take it away' });
  const save = async (form: string, frames: string) => {
    await dialog.getByRole('radio', { name: form }).check();
    await dialog.getByRole('textbox').fill(frames);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save the file' }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString() };
  };
  const program = await save('NumPy program', '2');
  expect(program.name).toBe('lecture-numpy.py');
  expect(program.text).toContain('import numpy as np');
  const steps = await save('Steps as CSV', '2');
  expect(steps.text.trim().split('\n')).toHaveLength(1 + 2 * 60);
  await dialog.getByRole('radio', { name: 'Steps as CSV' }).check();
  for (const wrong of ['', '0', 'x', '99999999']) {
    await dialog.getByRole('textbox').fill(wrong);
    await dialog.getByRole('button', { name: 'Save the file' }).click();
    await expect(dialog.locator('.problem')).toHaveText(/whole number|would be/);
  }
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`)),
  ).toEqual([]);
  expect(complaints).toEqual([]);
  expect(
    addresses.filter((address) => !/^(http:\/\/127\.0\.0\.1|data:|blob:http:\/\/127\.0\.0\.1)/.test(address)),
  ).toEqual([]);
});
