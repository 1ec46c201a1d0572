import type { Page } from 'playwright/test';
import { lesson } from './debugger-page.ts';

/** Serves the site with a content policy that allows WebAssembly, and sets `webassembly` on its debuggers. */
export async function allowWebAssembly(page: Page): Promise<void> {
  await page.route(/\.(html|js)(\?|$)/, async (route) => {
    const response = await route.fetch();
    const allowing = (text: string): string =>
      text.replace(
        /script-src ('|&#39;)self\1/,
        (own, quote: string) => `${own} ${quote}wasm-unsafe-eval${quote}`,
      );
    const policy = response.headers()['content-security-policy'] ?? '';
    const headers = { ...response.headers(), 'content-security-policy': allowing(policy) };
    // The page's HTML contains its policy as well.
    const body = allowing(await response.text()).replace(/<back-step /g, '<back-step webassembly ');
    await route.fulfill({ response, headers, body });
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
