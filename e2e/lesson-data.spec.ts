import { expect, test } from 'playwright/test';
import { watch } from './debugger-page.ts';

test('a data file of the lesson is fetched from the site itself, and the page goes where its address says', async ({
  page,
  baseURL,
}) => {
  const { complaints, addresses } = watch(page);
  await page.goto('the-formula-language.html#at=digits@1.p%5B1,4%5D');
  const debug = page.locator('back-step[model=digits]');
  await expect(debug).toContainText('sample 1 of a batch of 20: row 957 of 1797, epoch 1');
  await expect(debug.locator('bs-formula')).toContainText('0.1');
  expect(addresses.filter((address) => address.endsWith('digits-8x8.csv.gz'))).toEqual([
    `${baseURL}data/digits-8x8.csv.gz`,
  ]);
  const credit = page.locator('p.data');
  await expect(credit).toContainText('E. Alpaydin and C. Kaynak');
  await expect(credit).toContainText('CC BY 4.0');
  expect(complaints).toEqual([]);
});

test('a data file that cannot be fetched is told of in the debugger’s place, the page stays', async ({
  page,
}) => {
  await page.route('**/data/*', (route) => route.fulfill({ status: 404 }));
  await page.goto('the-formula-language.html');
  const debug = page.locator('back-step[model=digits]');
  await expect(debug).toContainText('there is no file digits-8x8.csv.gz beside the lesson');
  await expect(page.locator('back-step[model=line] bs-toolbar')).toBeVisible();
});
