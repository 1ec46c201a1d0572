import { expect, type Page, test } from 'playwright/test';
import { FormulasPage } from './formulas-page.ts';

/**
 * Records what a screen reader would announce: the text of every live region of the page, in the document and in the debugger,
 * whenever it changes, and each new alert.
 */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const live = '[aria-live=polite], [aria-live=assertive], [role=status], [role=alert]';
    const heard: string[] = [];
    Object.assign(window, { heard });
    const said = new WeakMap<Element, string>();
    const textOf = (region: Element) => region.textContent?.replace(/\s+/g, ' ').trim() ?? '';
    const roots: (Document | ShadowRoot)[] = [document];
    const shadow = document.querySelector('back-step')?.shadowRoot;
    if (shadow) roots.push(shadow);
    for (const root of roots) {
      for (const region of root.querySelectorAll(live)) said.set(region, textOf(region));
      new MutationObserver((records) => {
        const touched = new Set<Element>();
        for (const { target, addedNodes } of records) {
          const around = (target instanceof Element ? target : target.parentElement)?.closest(live);
          if (around) touched.add(around);
          for (const node of addedNodes)
            if (node instanceof Element)
              for (const one of [node, ...node.querySelectorAll(live)])
                if (one.matches(live)) touched.add(one);
        }
        for (const region of touched) {
          const text = textOf(region);
          if (text !== '' && text !== said.get(region)) heard.push(text);
          said.set(region, text);
        }
      }).observe(root, { childList: true, characterData: true, subtree: true });
    }
  });
}

test('what happens is said once, in one place', async ({ page, context }) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const debug = new FormulasPage(page);
  await debug.open('#at=lecture@1.h[1]');
  const { element } = debug;
  await expect(debug.liveRegion).toHaveText(/Opened: /);
  await listen(page);
  const field = async (selector: string, text: string) => {
    await element.locator(selector).fill(text);
    await element.locator(selector).press('Enter');
  };
  const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard.splice(0));
  const says = async (what: string, act: () => Promise<unknown>, expected: RegExp) => {
    await act();
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { heard: string[] }).heard), { message: what })
      .toContainEqual(expect.stringMatching(expected));
    // Nothing follows it. A tool may take longer to find what it says than to open.
    await page.waitForTimeout(400);
    const all = (await heard()).filter((text) => !/^Opened: [^.]*$/.test(text));
    expect(all, what).toEqual([expect.stringMatching(expected)]);
  };

  await says(
    'a step',
    () => debug.press('ArrowRight'),
    /^−0\.68, part 1 of hidden 2: negative of net input of hidden 2, 0\.68\.$/,
  );
  // At once: how far apart real presses are depends on the machine.
  const burst = () =>
    element.locator('.frame').evaluate((frame) => {
      for (let n = 0; n < 6; n++)
        frame.dispatchEvent(
          new KeyboardEvent('keydown', {
            key: 'ArrowRight',
            bubbles: true,
            composed: true,
            cancelable: true,
          }),
        );
    });
  await says('a burst', burst, /^[−\d.]+, .*\.$/);
  await says('dull steps', () => debug.press('d'), /^Dull steps/);
  await debug.press('d');
  await page.waitForTimeout(400);
  await heard();
  await debug.show('inputs');
  await page.waitForTimeout(400);
  await heard();
  await says(
    'a change',
    () => field('bs-input-fields input[data-cell="W1[1;2]"]', '0.5'),
    /^Changed: W1\[1,2\] = 0\.5/,
  );
  await says('undo', () => debug.press('Control+z'), /^Undone/);
  await says('redo', () => debug.press('Control+y'), /^Changed again|^Redone|W1\[1,2\]/);
  await says('the way back', () => debug.press('Shift+R'), /^Back to the lesson/);
  await says('another run', () => debug.press('r'), /^Full precision\. [−\d.]+, /);
  await debug.press('r');
  await page.waitForTimeout(400);
  await heard();
  await says('why?', () => debug.press('w'), /reads/);
  await says('a watch', () => debug.press('Shift+W').then(() => field('#watch-text', 'L')), /L/);
  await says('a comparison', () => debug.press('v'), /They part first/);
  await says('the gradient', () => debug.press('k'), /./);
  await debug.openMenu();
  await says('a link', () => element.locator('bs-link-button button').click(), /^Link copied|copied/i);
  await debug.closeMenu();
  await says('a mistyped step', () => field('#go-to-step', '99'), /There is no step 99/);
  await says(
    'a breakpoint',
    async () => {
      await debug.press('Home');
      await page.waitForTimeout(400);
      await heard();
      await element.locator('.tool-tab[data-tool=breakpoints]').click();
      await field('#new-breakpoint', 'y');
      await page.waitForTimeout(400);
      await heard();
      await debug.press('F5');
    },
    /^Stopped in iteration 1: y/,
  );
  await says('training', () => debug.press('t'), /./);
  await debug.write();
  await debug.rewriteLine(11, '  y[k]    = tanh(net2[k])');
  await page.waitForTimeout(1200);
  await heard();
  await says('formulas of one’s own', () => debug.apply(), /^These formulas are yours now/);
});
