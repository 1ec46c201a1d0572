import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import { DebuggerPage, watch } from './debugger-page.ts';
import { serveModel } from './model-page.ts';

const lecture = `
given  x = [0.35, 0.9]
given  t = [0.5]
param  W1 = [[0.1, 0.8], [0.4, 0.6]]
param  W2 = [[0.3, 0.9]]
eta = 1
forward
  net1[j] = sum(i: W1[j,i] * x[i])
  h[j]    = sigmoid(net1[j])
  net2[k] = sum(j: W2[k,j] * h[j])
  y[k]    = sigmoid(net2[k])
  L       = sum(k: (t[k] - y[k])^2) / 2
backward
  δ2[k]    = (t[k] - y[k]) * y[k]*(1 - y[k])             : -dL/dnet2[k]
  δ1[j]    = h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k])   : -dL/dnet1[j]
  g2[k,j]  = -δ2[k] * h[j]                               : dL/dW2[k,j]
  g1[j,i]  = -δ1[j] * x[i]                               : dL/dW1[j,i]
update
  W2[k,j] <- W2[k,j] - eta * g2[k,j]
  W1[j,i] <- W1[j,i] - eta * g1[j,i]
`;

test('checks the gradient where the reader is, and marks it in the drawing', async ({ page }) => {
  const { complaints } = watch(page);
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('k');
  const tool = debug.element.locator('bs-gradient-check');
  const outcome = tool.locator('[data-told]');
  await expect(outcome).toHaveText('All 9 derivatives agree with the differences.');
  await expect(tool.locator('.gradients tbody tr.agrees')).toHaveCount(9);
  await expect(debug.element.locator('bs-network-drawing').getByText('✓').first()).toBeVisible();
  await tool.getByLabel('Step', { exact: true }).selectOption({ label: '0.1' });
  await expect(tool.locator('.gradients tbody tr').first()).toContainText('0.0026');
  await tool.getByText('The same in numbers').click();
  await expect(tool.locator('.course tbody tr')).toHaveCount(13);
  await debug.press('End');
  await debug.press('ArrowRight', 2);
  await expect(tool).toContainText('In iteration 2,');
  await expect(outcome).toHaveText('All 9 derivatives agree with the differences.');
  const { violations } = await new AxeBuilder({ page }).include('back-step').analyze();
  expect(violations).toEqual([]);
  await debug.element.getByRole('tab', { name: 'Check' }).click();
  await expect(debug.element.locator('bs-network-drawing').getByText('✓')).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('points at the first formula that is wrong, and leads to it', async ({ page }) => {
  await serveModel(page, lecture.replace('* sum(k: W2[k,j] * δ2[k]) ', '* -sum(k: W2[k,j] * δ2[k])'));
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('k');
  const tool = debug.element.locator('bs-gradient-check');
  const outcome = tool.locator('[data-told]');
  await expect(outcome).toContainText('3 of 9 derivatives agree with the differences.');
  await expect(outcome).toContainText(
    'The first that is wrong is dL/dnet1[1], computed by δ1. The sign is turned.',
  );
  await tool.getByRole('button', { name: 'Go to its formula' }).click();
  await expect(debug.liveRegion).toContainText('delta 1');
});
