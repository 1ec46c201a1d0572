import { expect, type Page, test } from 'playwright/test';
import { DebuggerPage } from './debugger-page.ts';

/** What the page's live region has said, without repetitions. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const region = document.querySelector('[aria-live="polite"]') as HTMLElement;
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver(() => {
      const text = region.textContent?.trim() ?? '';
      if (text !== '') heard.push(text);
    }).observe(region, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}

test('what has no step of its own is said, too', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@1.h[1]');
  const { liveRegion } = debug;
  await expect(liveRegion).toHaveText(/Opened: All numbers$/);
  await debug.press('ArrowLeft');
  await expect(liveRegion).toHaveText('Back: 1.47001, part 3 of hidden 1: 1 plus 0.470011.');
  await debug.press('r');
  await expect(liveRegion).toHaveText(/^Full precision\. 1\.47/);
  await debug.press('1');
  await debug.press('2');
  await expect(liveRegion).toHaveText(/^12 times/);
  await debug.press('Escape');
  await debug.press('=');
  await expect(liveRegion).toHaveText(/^Drawing at \d+ percent\.$/);
  await debug.element.locator('.tool-tab[data-tool=breakpoints]').click();
  await expect(liveRegion).toHaveText('Opened: Breakpoints');
  await debug.press('Control+Home');
  await expect(liveRegion).toHaveText('Before the first step.');
  const heard = await listen(page);
  await debug.press('ArrowLeft');
  await expect(liveRegion).toHaveText('This is the start.');
  // Once more: it is said again.
  await debug.press('ArrowLeft');
  await expect.poll(heard).toEqual(['This is the start.', 'This is the start.']);
});

test('while it plays, passes and the stop are said, and no steps', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@1.L.2');
  const menu = await debug.openMenu();
  await menu.getByLabel('pace').selectOption('quick');
  await debug.closeMenu();
  const heard = await listen(page);
  await debug.press('p');
  await expect(debug.liveRegion).toHaveText('backward.');
  await expect.poll(() => debug.step()).toBeGreaterThan(28);
  await debug.press('p');
  await expect(debug.liveRegion).toHaveText(/^Paused: /);
  expect(await heard()).toEqual(['backward.', expect.stringMatching(/^Paused: /)]);
});

test('how much is said of a step is chosen in the menu, and remembered', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open('#at=lecture@1.h[1].3');
  const choose = async (level: string) => {
    await (await debug.openMenu())
      .getByRole('group', { name: 'Spoken' })
      .getByRole('button', { name: level, exact: true })
      .click();
    await debug.closeMenu();
  };
  await choose('short');
  await debug.press('ArrowRight');
  await expect(debug.liveRegion).toHaveText('0.68, hidden 1.');
  // What is read on the step card has no level.
  await expect(debug.element.locator('.sentence')).toHaveText(
    '0.68, hidden 1: 1 divided by 1.47001, rounded.',
  );
  await choose('full');
  await debug.press('ArrowLeft');
  await debug.press('ArrowRight');
  await expect(debug.liveRegion).toHaveText(/2 decimal places\. That finishes hidden 1\. Step 10 of 60\.$/);
  await debug.open('#at=lecture@1.h[1].3');
  await debug.press('ArrowRight');
  await expect(debug.liveRegion).toHaveText(/Step 10 of 60\.$/);
});

test('each debugger of a page is a landmark with a name of its own and a heading', async ({ page }) => {
  await page.goto('one-network-four-conventions.html');
  const all = page.locator('back-step');
  const count = await all.count();
  expect(count).toBeGreaterThanOrEqual(4);
  const names = new Set<string>();
  for (let n = 0; n < count; n++) {
    await all.nth(n).scrollIntoViewIfNeeded();
    const heading = all.nth(n).getByRole('heading', { name: /^Debugger: / });
    const name = (await heading.textContent()) ?? '';
    await expect(all.nth(n).getByRole('region', { name, exact: true })).toBeVisible();
    names.add(name);
  }
  expect(names.size).toBe(count);
});

test('controls are named as they read', async ({ page }) => {
  const debug = new DebuggerPage(page);
  await debug.open();
  await (await debug.openMenu()).locator('bs-more-commands .pace').waitFor();
  await debug.element.locator('bs-link-button button').waitFor();
  const names = await debug.element.evaluate((host) => {
    const shown = (of: Element): string => {
      const copy = of.cloneNode(true) as Element;
      for (const hidden of copy.querySelectorAll('svg, select, input, .visually-hidden')) hidden.remove();
      return copy.textContent?.replace(/\s+/g, ' ').trim() ?? '';
    };
    const root = host.shadowRoot as ShadowRoot;
    const within = [...root.querySelectorAll('bs-toolbar, .menu, .tabs, .step-actions, .network-foot')];
    return within.flatMap((part) =>
      [...part.querySelectorAll<HTMLElement>('button, [role=tab], input, select')].map((one) => {
        const labels = 'labels' in one ? [...((one as HTMLInputElement).labels ?? [])] : [];
        const label = labels.map(shown).join(' ');
        return {
          text: one.matches('input, select') ? label : shown(one),
          name: one.getAttribute('aria-label') ?? (label || shown(one)),
        };
      }),
    );
  });
  expect(names.length).toBeGreaterThan(40);
  for (const { text, name } of names) {
    expect(name, text).not.toBe('');
    // A sign such as ‹ is an icon.
    if (/\p{L}/u.test(text)) expect(name.toLowerCase(), name).toContain(text.toLowerCase());
  }
});
