import { expect, type Page, test } from 'playwright/test';
import { tryHostileLesson } from '../src/publish/hostile-lessons.testing.ts';
import { lesson, watch } from './debugger-page.ts';

/** Seeds of the lessons; `BACKSTEP_HOSTILE=from-to` tries another range. */
const [from, to] = (process.env.BACKSTEP_HOSTILE ?? '0-40').split('-').map(Number);
const perTest = 20;

/** The main part and the title of a page: once each, since their content is escaped. */
const main = /<main [\s\S]*<\/main>/;
const title = /<title>[\s\S]*?<\/title>/;

/** The site's page with a hostile lesson in it, and without a content policy that would block anything. */
async function serveHostile(page: Page, template: string): Promise<void> {
  await page.route('**/hostile-*.html*', async (route) => {
    const seed = Number(/hostile-(\d+)/.exec(route.request().url())?.[1]);
    const { html } = tryHostileLesson(seed);
    const body = template
      .replace(/<meta http-equiv=[^>]*>/, '')
      .replace(title, () => title.exec(html)?.[0] ?? '')
      .replace(main, () => main.exec(html)?.[0] ?? '');
    await route.fulfill({ contentType: 'text/html', body });
  });
}

/** Clicks and points at everything interactive, without leaving the page. */
async function provoke(page: Page): Promise<void> {
  await page.evaluate(() => {
    addEventListener('click', (event) => {
      const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement);
      // A link with a scheme that runs code is not stopped, to see whether it does.
      if (link && /^(https?|mailto):$/.test(link.protocol)) event.preventDefault();
    });
    for (const one of document.querySelectorAll<HTMLElement>('main *')) {
      one.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
      // The page's own link reloads it.
      if (one.matches('.unstarted a')) continue;
      if (one.matches('a, button, summary, svg, [onclick]'))
        one.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
      if (one instanceof HTMLElement && one.tabIndex >= 0) one.focus();
    }
  });
}

for (let start = from; start < to; start += perTest) {
  test(`hostile lessons run nothing and ask for nothing, from seed ${start} on`, async ({
    page,
    baseURL,
  }) => {
    test.setTimeout(perTest * 20_000);
    const template = await (await page.request.get(lesson)).text();
    await serveHostile(page, template);
    const { addresses } = watch(page);
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    for (let seed = start; seed < Math.min(to, start + perTest); seed++) {
      const again = `seed ${seed}`;
      const response = await page.goto(`hostile-${seed}.html`);
      expect(response?.status(), again).toBe(200);
      await provoke(page);
      await page.waitForTimeout(50);
      expect(await page.evaluate(() => Reflect.get(window, 'ran')), again).toBeUndefined();
      expect(new URL(page.url()).pathname, again).toBe(`/hostile-${seed}.html`);
      expect(dialogs, again).toEqual([]);
      const elsewhere = addresses
        .splice(0)
        .filter((address) => !address.startsWith(baseURL as string) && !address.startsWith('data:image/'));
      expect(elsewhere, again).toEqual([]);
    }
  });
}
