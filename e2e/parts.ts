import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { manifestFile } from '../src/publish/build-lists.ts';
import type { Manifest } from '../src/publish/sizes.ts';
import { pageLinkWords } from '../src/words/links/page-links.ts';
import { modelEditingWords } from '../src/words/model/model-editing.ts';
import { lesson } from './debugger-page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The build's manifest, of `dist`. */
export const manifest = JSON.parse(readFileSync(`${root}/${manifestFile}`, 'utf8')) as Manifest &
  Readonly<Record<string, { readonly dynamicImports?: readonly string[] }>>;

/** The names of all dynamic imports: their files' names without hash and extension, sorted. */
export const partNames: readonly string[] = [
  ...new Set(
    Object.values(manifest).flatMap(({ dynamicImports = [] }) => dynamicImports.map((one) => nameOf(one))),
  ),
].sort();

/** The file names of the worker scripts in `dist/assets`. */
export const workers: readonly string[] = readdirSync(`${root}/dist/assets`).filter((name) =>
  /worker/.test(name),
);

function nameOf(key: string): string {
  return key.replace(/^_|-.{8}\.js$|\.ts$/g, '').replace(/.*\//, '');
}

/** The files of a part with all their static imports, relative to `dist`; empty for an unknown name. */
export function filesOf(part: string): Set<string> {
  const found = new Set<string>();
  const add = (key: string): void => {
    const { file, imports = [] } = manifest[key];
    if (found.has(file)) return;
    found.add(file);
    imports.forEach(add);
  };
  for (const { dynamicImports = [] } of Object.values(manifest))
    dynamicImports.filter((key) => nameOf(key) === part).forEach(add);
  return found;
}

/**
 * How a reader comes to need a part. Actions and conditions are expressions in the page, in which `debug` is the debugger and
 * `part(selector)` an element in it.
 */
export interface Scene {
  /** The page, by default the lecture's example, and the model of the debugger in it, by default the first. */
  readonly page?: string;
  readonly model?: string;
  /** A model in place of the page's. */
  readonly text?: string;
  /** The files that fail, by default those of the part. */
  readonly files?: readonly string[];
  /** Whether the page is opened by a link to a run with a changed number. */
  readonly isFullLink?: true;
  /** Parts that are loaded before. */
  readonly after?: readonly string[];
  /**
   * Actions before, each with the condition to wait for, and the one that needs the part; without `act` opening the page needs
   * it.
   */
  readonly before?: readonly [act: string, until: string][];
  readonly act?: string;
  /** The message that the reader gets, by default the one for all parts. */
  readonly message?: string;
  /** The condition that holds once the part has done its work. */
  readonly works: string;
}

const click = (selector: string): string => `part(${JSON.stringify(selector)}).click()`;
const isThere = (selector: string): string => `part(${JSON.stringify(selector)}) !== null`;
const drawn = (tag: string): string => `(part('${tag}')?.childElementCount ?? 0) > 0`;

const tool = (id: string, tag: string, scene: Partial<Scene> = {}): Scene => ({
  act: click(`.tool-tab[data-tool=${id}]`),
  works: drawn(tag),
  ...scene,
});

const openMenu = click('.unfold');
const opened = [openMenu, isThere('.menu bs-head-tools .head-tools > button')] satisfies [
  act: string,
  until: string,
];

const exporting = {
  after: ['export-dialog', 'catalogue'],
  before: [
    opened,
    [
      `debug.perform('help'), ${click('bs-head-tools .head-tools > button')}`,
      isThere('bs-export-dialog input[name=form]'),
    ],
  ],
} satisfies Partial<Scene>;
const choose = (form: string): string => `${click(`bs-export-dialog input[value=${form}]`)}, `;

/** An expression that opens the tool of the input fields. */
export const openInputs = click('.tool-tab[data-tool=inputs]');
/** An expression that changes the first input field to 0.5. */
export const changeInput = `part('bs-input-fields input').value = '0.5', part('bs-input-fields input').dispatchEvent(new Event('change', { bubbles: true }))`;
/** Expressions that open the menu, and press the link button in it. */
export const linkMenu = [openMenu, isThere('bs-link-button button')] satisfies [act: string, until: string];
export const copyLink = click('bs-link-button button');

/** Dynamic imports without a scene; they have tests of their own. */
export const others = [
  'head-tools',
  'sheet-drag',
  'what-if',
  'cell-inspector',
  'announcer',
  'arrival',
  'debugger',
  'languages',
  'pseudo-language',
  'reads',
  'figure-view',
  'full-sentence',
  'training-sentence',
];

/** A scene for every lazily loaded part of the debugger, by the part's name. */
export const scenes: Readonly<Record<string, Scene>> = {
  training: tool('train', 'bs-training'),
  'formula-editor': tool('formulas', 'bs-formula-editor'),
  'breakpoint-list': tool('breakpoints', 'bs-breakpoint-list'),
  why: tool('why', 'bs-why'),
  watches: tool('watches', 'bs-watches'),
  compare: tool('compare', 'bs-compare'),
  'gradient-check': tool('gradient', 'bs-gradient-check'),
  'decision-boundary': tool('decision', 'bs-decision-boundary'),
  // The page’s other debugger shares a file with it.
  'unrolled-time': { page: 'through-time.html', after: ['tensor-grid'], works: drawn('bs-unrolled-time') },
  code: { works: drawn('bs-code') },
  'cell-table': tool('cells', 'bs-cell-table'),
  'input-fields': tool('inputs', 'bs-input-fields'),
  'cell-finder': {
    page: 'reading-digits.html',
    after: ['cell-table'],
    act: click('.tool-tab[data-tool=cells]'),
    works: drawn('bs-cell-finder'),
  },
  'shorthand-listing': tool('written', 'bs-shorthand-listing', { page: 'from-one-sample-to-many.html' }),
  'tensor-grid': { page: 'convolution-and-pooling.html', works: drawn('bs-tensor-grid') },
  'precision-bar': { act: click('.unfold'), works: drawn('bs-precision-bar') },
  'link-button': { act: click('.unfold'), works: drawn('bs-link-button') },
  'more-commands': { act: click('.unfold'), works: drawn('bs-more-commands') },
  'changes-bar': {
    after: ['input-fields'],
    before: [[openInputs, drawn('bs-input-fields')]],
    act: changeInput,
    works: drawn('bs-changes-bar'),
  },
  'typed-place': {
    act: `part('#go-to-step').value = '3', part('#go-to-step').dispatchEvent(new Event('change', { bubbles: true }))`,
    works: 'debug.session.state.cursor.step === 3',
  },
  'full-screen': {
    act: `Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('not allowed')), debug.perform('fullScreen')`,
    works: `debug.hasAttribute('data-full')`,
  },
  help: { act: `debug.perform('help')`, works: `part('bs-help dialog')?.open === true` },
  'export-dialog': {
    before: [opened],
    act: click('bs-head-tools .head-tools > button'),
    works: `part('bs-export-dialog dialog')?.open === true`,
  },
  catalogue: {
    after: ['export-dialog'],
    before: [opened],
    act: click('bs-head-tools .head-tools > button'),
    works: isThere('bs-export-dialog input[name=form]'),
  },
  'svg-file': {
    ...exporting,
    act: `HTMLAnchorElement.prototype.click = () => { window.saved = true; }, ${choose('drawing')}${click('bs-export-dialog button[type=submit]')}`,
    works: 'window.saved === true',
  },
  handout: {
    ...exporting,
    act: `window.print = () => { window.printed = true; }, ${choose('handout')}${click('bs-export-dialog button[type=submit]')}`,
    works: 'window.printed === true',
  },
  prose: { works: 'document.adoptedStyleSheets.length === 1' },
  'network-table': { act: click('.as-table'), works: isThere('bs-network-drawing table') },
  'network-lens': { act: `debug.perform('zoomIn')`, works: isThere('bs-network-drawing .enlarged') },
  'run-to-breakpoint': { act: `debug.perform('runOn')`, works: 'debug.session.state.cursor.step > 0' },
  'model-editing': {
    act: `debug.perform('nextDivergence')`,
    works: `debug.notice === ${JSON.stringify(modelEditingWords.noDivergence)}`,
  },
  compiler: {
    text: 'given x = 2\nparam w = 3\nforward\n  y = w*x\n',
    works: isThere('bs-toolbar'),
  },
  'fast-machine': { page: 'from-one-sample-to-many.html', model: 'moons', works: isThere('bs-toolbar') },
  'uncommon-functions': { page: 'two-losses.html', works: isThere('bs-toolbar') },
  'link-follower': {
    page: `${lesson}#at=lecture@1.h[1]`,
    message: pageLinkWords.unloaded,
    works: 'debug.session.state.cursor.step > 0',
  },
  'full-link': {
    isFullLink: true,
    after: ['link-follower'],
    message: pageLinkWords.unloaded,
    works: 'debug.session.changes.length === 1',
  },
  'a data file': {
    page: 'the-formula-language.html',
    model: 'digits',
    files: ['data/digits-8x8.csv.gz'],
    works: isThere('bs-toolbar'),
  },
  'late-views': tool('train', 'bs-training'),
  examination: tool('examine', 'bs-examination', {
    page: 'reading-digits.html',
    model: 'digits',
    after: ['figure-view', 'fast-machine'],
  }),
};
