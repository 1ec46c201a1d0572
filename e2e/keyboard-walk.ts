import { expect } from 'playwright/test';
import { lesson } from './debugger-page.ts';
import type { RemoteBrowser } from './remote-browser.ts';

/** The debugger, as an expression. */
const element = `document.querySelector('back-step')`;
const session = `${element}.session`;

/** A reader at the lecture's example who has a keyboard only. */
export async function walk(browser: RemoteBrowser, site: string): Promise<void> {
  const say = (expression: string, what: string) =>
    expect.poll(() => browser.read(expression).catch(String), { message: `${browser.name}: ${what}` });
  const text = (selector: string) =>
    `${element}.shadowRoot.querySelector(${JSON.stringify(selector)})?.textContent.replace(/\\s+/g, ' ').trim()`;
  const press = async (key: string, times = 1) => {
    for (let n = 0; n < times; n++) await browser.press(key);
  };

  await browser.open(`${site}${lesson}#at=lecture@0`);
  await say(`${session}?.state.cursor.step`, 'the lesson opens before the first step').toBe(0);
  await browser.read(`${element}.focusKeys() ?? 0`);

  const size = Number(await browser.read(`${session}.program.size`));
  await press('ArrowRight', size);
  await say(`${session}.state.cursor.step`, 'a whole iteration forwards').toBe(size);
  await say(text('bs-formula code'), 'the last formula is an update').toMatch(/^W/);
  await press('ArrowLeft', size);
  await say(`${session}.state.cursor.step`, 'and all the way back').toBe(0);
}
