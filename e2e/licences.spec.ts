import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { packagesFile } from '../src/publish/build-lists.ts';
import { lesson } from './debugger-page.ts';

/** The packages in the site's scripts, as listed by the build. */
const bundled = JSON.parse(readFileSync(packagesFile, 'utf8')) as {
  name: string;
  version: string;
  text: string;
}[];

for (const address of ['./', lesson])
  test(`${address} links to the licences of all that the site is made of`, async ({ page }) => {
    await page.goto(address);
    const link = page.locator('footer').getByRole('link', { name: 'Licences' });
    // Relative, so that it works in any folder.
    await expect(link).toHaveAttribute('href', './licences.txt');
    await link.click();
    await expect(page).toHaveURL(/\/licences\.txt$/);
    const text = await page.locator('body').innerText();
    expect(text).toContain(readFileSync('LICENSE', 'utf8').split('\n')[2]);
    expect(bundled.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['katex', 'lit', '@codemirror/view']),
    );
    for (const { name, version, text: own } of bundled) {
      expect(text).toContain(`${name} ${version}`);
      expect(text).toContain(
        own.split('\n').find((line) => line.startsWith('Copyright')) ?? own.split('\n')[0],
      );
    }
    expect(text).toContain('with Reserved Font Name KaTeX_Main.');
    expect(text).toContain('SIL OPEN FONT LICENSE Version 1.1');
  });

test('the site has no list of its parts in it: those of the build lie elsewhere', () => {
  expect(readdirSync('dist').filter((name) => name.startsWith('.'))).toEqual([]);
});
