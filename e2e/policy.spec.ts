import { expect, test } from 'playwright/test';
import { DebuggerPage, lesson, watch } from './debugger-page.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`works under a strict content policy, ${colorScheme}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    const { complaints, addresses } = watch(page);
    const response = await page.goto(lesson);
    expect(response?.headers()['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'",
    );
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.h[1].3');
    await debug.press('ArrowRight', 70);
    await debug.press('?');
    await expect(debug.element.locator('bs-help dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.goto('./');
    expect(complaints).toEqual([]);
    expect(
      addresses.filter((address) => !address.startsWith(baseURL as string) && !address.startsWith('data:')),
    ).toEqual([]);
    await context.close();
  });
}

test('runs nothing inline where no policy is sent either', async ({ page }) => {
  await page.route('**/*.html', async (route) => {
    const response = await route.fetch();
    const { 'content-security-policy': _, ...headers } = response.headers();
    const body = (await response.text())
      .replace('</title>', '</title><script>window.ran = "a script"</script>')
      .replace(
        '</main>',
        '<a id="run" href="javascript:window.ran=1">x</a><img src="x.png" onerror="window.ran=2"></main>',
      );
    await route.fulfill({ response, headers, body });
  });
  const { complaints } = watch(page);
  await page.goto(lesson);
  await expect(page.locator('back-step').getByRole('button', { name: /^Next operation/ })).toBeVisible();
  await page.evaluate(() => document.getElementById('run')?.click());
  await expect.poll(() => complaints.length).toBeGreaterThan(2);
  expect(await page.evaluate(() => Reflect.get(window, 'ran'))).toBeUndefined();
});

test('carries no style attributes in its pages', async ({ request }) => {
  for (const address of [lesson, './', 'the-formula-language.html']) {
    const text = await (await request.get(address)).text();
    expect(text).not.toMatch(/\sstyle\s*=/);
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(text).not.toMatch(/\son\w+\s*=\s*["']/);
  }
});

test('works with storage blocked', async ({ page }) => {
  const { complaints } = watch(page);
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('blocked', 'SecurityError');
        },
      });
    }
  });
  const debug = new DebuggerPage(page);
  await debug.open();
  await debug.press('r');
  await debug.press('End');
  await expect(debug.value('y[1]', 'old', 1)).toHaveText('0.69');
  expect(complaints).toEqual([]);
});

test('a page that is only read loads nothing of the debugger', async ({ page }) => {
  const { addresses } = watch(page);
  await page.goto('index.html');
  await expect(page.locator('main')).toBeVisible();
  await page.waitForLoadState('networkidle');
  const scripts = addresses.filter((address) => /\.m?js(\?|$)/.test(address));
  const names = scripts.map((address) => address.replace(/.*\/|-.{8}\.js$/g, ''));
  // What is loaded on demand is asked for twice: to see whether it is there, and from the cache.
  expect([...new Set(names)]).toEqual(['page', 'arrival']);
});
