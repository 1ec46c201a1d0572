import type { Page } from 'playwright/test';
import { lesson } from './debugger-page.ts';

/** Serves the site as one whose content policy lets pages make WebAssembly, and says so to its debugger. */
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
    // The page carries its policy as well.
    const body = allowing(await response.text()).replace(/<back-step /g, '<back-step webassembly ');
    await route.fulfill({ response, headers, body });
  });
}

/** A lesson's page with another model in its debugger. */
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

/** Whether the page's debugger is open; to be waited for in the page. */
export const hasOpened = (): boolean =>
  document.querySelector('back-step')?.shadowRoot?.querySelector('bs-formula p') != null;
