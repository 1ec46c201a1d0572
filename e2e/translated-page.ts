import type { Page } from 'playwright/test';
import { withModel } from './model-page.ts';

interface Served {
  readonly lang: string;
  readonly dir?: 'ltr' | 'rtl';
  /** A model's text in place of the lesson's. */
  readonly model?: string | undefined;
}

/** Serves the site's pages with another `lang` and `dir`, so that the debugger uses that language. */
export async function serveTranslated(page: Page, { lang, dir = 'ltr', model }: Served): Promise<void> {
  await page.route(/\.html(\?|$)/, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace('<html lang="en">', `<html lang="${lang}" dir="${dir}">`);
    await route.fulfill({ response, body: model === undefined ? body : withModel(body, model) });
  });
}
