import { expect as expectNow } from 'playwright/test';
import { debuggerChunk, readsChunk } from '../src/publish/chunks.ts';
import { toolWords } from '../src/words/shell/tools.ts';
import { lesson } from './debugger-page.ts';
import type { FailingSite } from './failing-site.ts';
import { withModel } from './model-page.ts';
import { changeInput, copyLink, filesOf, linkMenu, openInputs, type Scene } from './parts.ts';
import type { RemoteBrowser } from './remote-browser.ts';

/** Generous: parts load one after the other, and the computer may be busy. */
const expect = expectNow.configure({ timeout: 90_000 });

/** An expression: whether the page has fetched files. */
const fetched = (files: readonly string[]): string =>
  `${JSON.stringify(files)}.every((file) => performance.getEntriesByType('resource').some(({ name }) => name.endsWith(file)))`;

/** Expects that a part that fails at the first attempt is reported, and works after one retry. `name` is a key of `scenes`. */
export async function loseAndTryAgain(
  browser: RemoteBrowser,
  site: FailingSite,
  name: string,
  scene: Scene,
): Promise<void> {
  const {
    page: opened = lesson,
    isFullLink,
    files = filesOf(name),
    model,
    text,
    after = [],
    before = [],
    act,
    message = toolWords.failed,
    works,
  } = scene;
  const debug = `document.querySelector('back-step${model === undefined ? '' : `[model=${model}]`}')`;
  const inPage = (expression: string) =>
    `((debug) => { const part = (selector) => debug.shadowRoot.querySelector(selector); return ${expression}; })(${debug})`;
  const perform = (expression: string) => browser.read(inPage(`void (${expression})`));
  const say = (expression: string, what: string) =>
    expect.poll(() => browser.read(inPage(expression)).catch(String), {
      message: `${browser.name}, ${name}: ${what}`,
    });
  const retryButtons = `[...debug.shadowRoot.querySelectorAll('button')].filter((one) =>
    one.textContent.trim() === ${JSON.stringify(toolWords.retry)} && one.getClientRects().length > 0)`;

  // What every debugger loads by itself, at once or a little later.
  const usual = [debuggerChunk, readsChunk, 'code', 'announcer', 'prose', 'what-if', 'cell-inspector'].filter(
    (one) => one !== name,
  );
  // The address follows what a reader does first, quietly, and the menu's parts share a file: lost, it would fail elsewhere.
  const quiet = ['link-follower', 'full-link', 'more-commands', 'link-button'].filter(
    (one) => one !== name && act !== undefined,
  );
  const present = new Set([...usual, ...quiet, ...after].flatMap((one) => [...filesOf(one)]));
  const lost = [...files].filter((file) => !present.has(file));
  expect(lost, `the files of ${name}`).not.toEqual([]);

  site.rewrite = (html) => (text === undefined ? html : withModel(html, text));
  site.fail([]);
  let page = opened;
  if (isFullLink) {
    await browser.open(site.address + page);
    for (const [first, until] of [
      [openInputs, `part('bs-input-fields input') !== null`],
      [changeInput, 'debug.session.changes.length === 1'],
      linkMenu,
      [copyLink, `location.hash.startsWith('#go=')`],
    ]) {
      await say(`debug.shadowRoot?.querySelector('bs-formula p') != null`, 'the debugger is there').toBe(
        true,
      );
      await perform(first);
      await say(until, `after ${first}`).toBe(true);
    }
    page += String(await browser.read('location.hash'));
    await browser.open('about:blank');
  }
  if (act === undefined) site.fail(lost);
  await browser.open(site.address + page);
  if (act !== undefined) {
    await say(`debug.shadowRoot?.querySelector('bs-formula p') != null`, 'the debugger is there').toBe(true);
    await say(fetched(usual.flatMap((one) => [...filesOf(one)])), 'what is always loaded is there').toBe(
      true,
    );
    for (const [first, until] of before) {
      await perform(first);
      await say(until, `after ${first}`).toBe(true);
    }
    site.fail(lost);
    await perform(act);
  }
  await say(
    `debug.shadowRoot && ${retryButtons}.length`,
    `the reader is asked to try again; lost were: ${site.failed}`,
  ).toBe(1);
  await say(`debug.shadowRoot.textContent.includes(${JSON.stringify(message)})`, 'what is told').toBe(true);
  expect(site.failed, 'it was lost').not.toEqual([]);
  await perform(`${retryButtons}[0].click()`);
  await say(works, 'once is enough').toBe(true);
  await say(`${retryButtons}.length`, 'and nothing more is said of it').toBe(0);
}
