import { NetworkDrawing } from './drawing/network-drawing.ts';
import { FormulaView } from './reading/formula.ts';
import { StatusLine } from './run/status-line.ts';
import { Timeline } from './run/timeline.ts';
import { Toolbar } from './run/toolbar.ts';
import { BackStep } from './shell/back-step.ts';
import { Divider } from './shell/divider.ts';
import { ToolTabs } from './shell/tool-tabs.ts';

/**
 * The elements that every page needs at once, by tag, views before the debugger that contains them. All other views are loaded
 * and defined by `shell/lazy-views.ts`.
 */
const elements: readonly [string, CustomElementConstructor][] = [
  ['bs-toolbar', Toolbar],
  ['bs-status-line', StatusLine],
  ['bs-network-drawing', NetworkDrawing],
  ['bs-formula', FormulaView],
  ['bs-timeline', Timeline],
  ['bs-divider', Divider],
  ['bs-tool-tabs', ToolTabs],
  ['back-step', BackStep],
];

function define(): void {
  for (const [tag, element] of elements) {
    if (customElements.get(tag) === undefined) customElements.define(tag, element);
  }
}

/**
 * Sets the language of the debugger's texts from the page's `lang` before anything is drawn. English pages load no language file;
 * where one cannot be loaded, the debugger starts in English.
 */
const { lang } = document.documentElement;
if (/^(en(-(?!xa).*)?)?$/i.test(lang)) define();
else
  void import('../src/words/languages.ts')
    .then(({ setLanguage }) => setLanguage(lang))
    .catch(() => undefined)
    .finally(define);
