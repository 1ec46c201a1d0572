import { expect } from 'playwright/test';
import { lesson } from './debugger-page.ts';
import type { RemoteBrowser } from './remote-browser.ts';

/** The debugger, as an expression. */
const element = `document.querySelector('back-step')`;
const session = `${element}.session`;

/**
 * Walks through the lecture's example by keyboard only, and expects what a reader should find; `site` is the address with a slash
 * at its end.
 */
export async function walk(browser: RemoteBrowser, site: string): Promise<void> {
  const say = (expression: string, what: string) =>
    expect.poll(() => browser.read(expression).catch(String), { message: `${browser.name}: ${what}` });
  const text = (selector: string) =>
    `${element}.shadowRoot.querySelector(${JSON.stringify(selector)})?.textContent.replace(/\\s+/g, ' ').trim()`;
  const press = async (key: string, times = 1) => {
    for (let n = 0; n < times; n++) await browser.press(key);
  };

  await browser.open(`${site}${lesson}#at=lecture@0`);
  await say(`${element}.shadowRoot?.querySelector('.frame') === null`, 'the debugger is there').toBe(false);
  await say(`${session}.state.cursor.step`, 'the lesson opens before the first step').toBe(0);
  // Fields and choices use the arrow keys themselves.
  const focused = `${element}.shadowRoot.activeElement?.localName`;
  for (let n = 0; n < 100 && (await browser.read(focused)) !== 'button'; n++) await press('Tab');
  await say(focused, 'Tab leads to a button of the debugger').toBe('button');

  const size = Number(await browser.read(`${session}.program.size`));
  await press('ArrowRight', size);
  await say(`${session}.state.cursor.step`, 'a whole iteration forwards').toBe(size);
  await say(text('bs-formula code'), 'the last formula is an update').toMatch(/^W/);
  await press('ArrowLeft', size);
  await say(`${session}.state.cursor.step`, 'and all the way back').toBe(0);

  // A breakpoint at the line of δ2, and back to it from the end of the iteration.
  await press('PageDown');
  await press('ArrowDown');
  await say(text('bs-formula code'), 'the first backward cell').toBe('δ2[1]');
  await press('F9');
  await say(`${session}.state.breakpoints.map(({ text }) => text).join()`, 'a breakpoint is set').toBe('δ2');
  await press('End');
  await press('Shift+F8');
  await say(text('.status-line'), 'it stops the run backwards').toMatch(/^Stopped in iteration 1: δ2/);
  await say(text('bs-formula code'), 'where it is').toBe('δ2[1]');

  // Why is it what it is?
  await press('w');
  await say(text('bs-why'), 'why? tells what wrote the number and what it read').toMatch(/−0.0406/);
  await press('Escape');

  // What if it were another, and back.
  const stored = `${session}.machine.value(1, 'W2', 'new', [1, 1])`;
  const before = await browser.read(stored);
  await press('c');
  await say(`${element}.shadowRoot.activeElement?.localName`, 'the field has the focus').toBe('input');
  await press('Control+a');
  await browser.type('0.25');
  await press('Enter');
  await say(`${session}.changes.length`, 'the number is another').toBe(1);
  await say(stored, 'and what comes after it').not.toBe(before);
  await press('Escape');
  await press('Control+z');
  await say(`${session}.changes.length`, 'it is taken back').toBe(0);
  await say(stored, 'to the bit').toBe(before);

  // The backward pass with a mistake in it: σ′ is missing at the hidden units.
  await press('e');
  await say(text('bs-formula-editor .cm-content'), 'the formulas can be written').toMatch(/δ1\[i\]/);
  await press('Control+Home');
  const line = `${element}.shadowRoot.querySelector('bs-formula-editor .cm-activeLine')?.textContent`;
  for (let n = 0; n < 40 && !/^ *δ1/.test(String(await browser.read(line))); n++) await press('ArrowDown');
  await press('Control+Shift+K');
  await press('ArrowUp');
  await press('End', 2);
  await press('Enter');
  await browser.type('δ1[i] = sum(k: W2[k,i] * δ2[k]) : -dL/dnet1[i]');
  await press('Control+Enter');
  await say(text('bs-divergence-notice'), 'the mistake is named').toMatch(
    /σ′ is missing at the hidden unit h/,
  );
  await say(text('bs-formula code'), 'and the debugger is where it shows').toBe('δ1[1]');
}
