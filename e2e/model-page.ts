import type { Page } from 'playwright/test';
import { lesson } from './debugger-page.ts';

/** Serves the site as a host does whose own policy, a header, forbids WebAssembly, whatever the page's says. */
export async function forbidWebAssembly(page: Page): Promise<void> {
  await page.route(/\.(html|js)(\?|$)/, async (route) => {
    const response = await route.fetch();
    const policy = response.headers()['content-security-policy'].replace(" 'wasm-unsafe-eval'", '');
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  });
}

/** Serves the site's pages as an author writes them who wants no WebAssembly. */
export async function turnWebAssemblyOff(page: Page): Promise<void> {
  await page.route(/\.html(\?|$)/, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll('<back-step ', '<back-step webassembly="off" ');
    await route.fulfill({ response, body });
  });
}

/**
 * The HTML of a lesson's page with another model in its first debugger; the compiled one no longer fits the text, so the page
 * compiles it.
 */
export const withModel = (body: string, text: string): string =>
  body.replace(
    /(<back-step[^>]*>\s*<p .*\s*<pre[^>]*><code>)[\s\S]*?(<\/code>)/,
    (_, before: string, after: string) =>
      `${before}${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}${after}`,
  );

/** Serves the lesson with another model in its debugger, as if an author had written that one. */
export async function serveModel(page: Page, text: string): Promise<void> {
  await page.route(`**/${lesson}*`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: withModel(await response.text(), text) });
  });
}

/** Whether the page's debugger shows a formula; runs in the page. */
export const hasOpened = (): boolean =>
  document.querySelector('back-step')?.shadowRoot?.querySelector('bs-formula p') != null;
