import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from 'playwright/test';
import { DebuggerPage } from './debugger-page.ts';
import { hasOpened, serveModel } from './model-page.ts';
import { recurrence } from './networks.ts';

const violations = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).include('back-step').analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
};

/** Gives the card a size. */
const resize = (debug: DebuggerPage, width: number, height: number): Promise<void> =>
  debug.element.evaluate(
    ({ shadowRoot }, [inline, block]) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        `bs-formula { inline-size: ${inline}px; block-size: ${block}px !important; min-block-size: 0 !important; padding: 8px 12px !important; }`,
      );
      (shadowRoot as ShadowRoot).adoptedStyleSheets.push(sheet);
    },
    [width, height],
  );

test.describe('the step card', () => {
  test('shows one equation with its numbers, and what storing made of the result', async ({ page }) => {
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.δ1[2].4');
    const card = debug.element.locator('bs-formula');
    await expect(card.locator('.caption')).toHaveText(
      /backward\s*δ1\[2\]\s*sensitivity of hidden 2\s*operation 4 of 4/,
    );
    const seen = (row: string) => card.locator(`${row} .katex-html`).allTextContents();
    expect((await seen('.right.numbers')).join('')).toBe('=0.6637⋅(1−0.6637)⋅(0.9⋅(−0.0406))');
    expect(await seen('.result')).toEqual(['=−0.00815581', '→−0.0082']);
    await expect(card.locator('.stored')).toHaveText('stored with 4 decimal places');
    await debug.press('ArrowLeft', 3);
    expect((await seen('.so-far')).join('')).toBe('=0.6637⋅0.3363⋅(0.9⋅(−0.0406))');
    await expect(card.locator('.result')).toHaveCount(0);
  });

  test('has the general rule on demand, and keeps it open', async ({ page }) => {
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.δ1[2].4');
    const rule = debug.element.getByRole('button', { name: 'rule', exact: true });
    await expect(debug.element.locator('bs-formula .general')).toHaveCount(0);
    await rule.click();
    await expect(rule).toHaveAttribute('aria-expanded', 'true');
    await debug.press('ArrowRight', 5);
    await expect(debug.element.locator('bs-formula .right.general')).toContainText('i');
    expect(await violations(page)).toEqual([]);
    await rule.click();
    await expect(debug.element.locator('bs-formula .general')).toHaveCount(0);
  });

  test('answers, asks, watches and stops at its number', async ({ page }) => {
    test.slow();
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.δ1[2].4');
    const actions = debug.element.getByRole('group', { name: 'About this number' });
    await actions.getByRole('button', { name: 'Stop here' }).click();
    await expect(actions.getByRole('button', { name: 'Stop here' })).toHaveAttribute('aria-pressed', 'true');
    await debug.press('F9');
    await expect(actions.getByRole('button', { name: 'Stop here' })).toHaveAttribute('aria-pressed', 'false');
    await actions.getByRole('button', { name: 'Watch' }).click();
    await expect(debug.element.locator('bs-watches li code').first()).toHaveText('δ1[2]');
    await actions.getByRole('button', { name: 'Why?' }).click();
    await expect(debug.element.locator('bs-why')).toContainText('−0.0082');
    await actions.getByRole('button', { name: 'What if?' }).click();
    await expect(debug.element.getByLabel('What if δ1[2] were')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(actions.getByRole('button', { name: 'What if?' })).toBeFocused();
  });

  test('is read at a glance: 230 pixels at most, and in 90 the equation alone', async ({ page }) => {
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.net1[1].1');
    await resize(debug, 480, 230);
    const card = debug.element.locator('bs-formula');
    const rest = () => card.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
    for (const cell of ['net1[1].1', 'net1[1].3', 'δ2[1].4', 'δ1[2].1', 'δ1[2].4', 'W1[1,2].2']) {
      await page.goto(`${page.url().split('#')[0]}#at=lecture@1.${cell}`);
      await expect(card.locator('.count')).toContainText(`operation ${cell.split('.').at(-1)} of`);
      await expect.poll(rest, { message: cell }).toBeLessThanOrEqual(1);
    }
    await resize(debug, 480, 90);
    await expect.poll(rest).toBeLessThanOrEqual(1);
    for (const part of ['.right.numbers', '.result']) await expect(card.locator(part)).toBeVisible();
    for (const part of ['.caption', '.symbols', '.sentence', '.step-actions'])
      await expect(card.locator(part).first()).toBeHidden();
  });

  test('goes on below only before a sign outside parentheses', async ({ page }) => {
    await serveModel(page, recurrence());
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.a[3,2].5');
    const lines = await debug.element.locator('bs-formula .right .katex-base').allTextContents();
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line.split('(').length, line).toBe(line.split(')').length);
  });

  test('is set smaller rather than cut where its equation is long, the same from wherever one comes', async ({
    page,
  }) => {
    await page.setViewportSize({ width: 1280, height: 720 });
    const debug = new DebuggerPage(page);
    await page.goto('two-losses.html');
    await page.waitForFunction(hasOpened);
    const card = debug.element.locator('bs-formula');
    const goTo = async (step: number) => {
      await debug.element.evaluate(
        (one, to) => (one as unknown as { session: { goTo(step: number): void } }).session.goTo(to),
        step,
      );
      await expect(card.locator('.numbers:is(.scrolled, .goes-further)'), `step ${step}`).toHaveCount(0);
      return card.evaluate(({ className, style }) => `${className} ${style.cssText}`);
    };
    const direct = await goTo(144);
    for (const step of [106, 120, 137]) {
      await goTo(step);
      expect(await goTo(144), `after ${step}`).toBe(direct);
    }
  });

  test('has the result of a function in sight where there is room for little else', async ({ page }) => {
    const debug = new DebuggerPage(page);
    await debug.open('#at=lecture@1.h[1].4');
    await resize(debug, 366, 70);
    const lines = debug.element.locator('bs-formula > .lines > .right');
    await expect(lines.last()).toBeVisible();
    await expect(lines.last()).toContainText('0.68');
    await expect(debug.element.locator('bs-formula .call')).toBeHidden();
    await debug.press('ArrowLeft');
    await expect(debug.element.locator('bs-formula .call')).toBeVisible();
  });
});
