import { BackStep } from './back-step.ts';
import { Divider } from './divider.ts';
import { FormulaView } from './formula.ts';
import { LinkButton } from './link-button.ts';
import { NetworkDrawing } from './network-drawing.ts';
import { Panels } from './panels.ts';
import { Remarks } from './remarks.ts';
import { Runs } from './runs.ts';
import { Timeline } from './timeline.ts';
import { ToolDrawers } from './tool-drawers.ts';
import { Toolbar } from './toolbar.ts';

/** Every element and its tag, views before the debugger that holds them. */
const elements: readonly [string, CustomElementConstructor][] = [
  ['bs-divider', Divider],
  ['bs-toolbar', Toolbar],
  ['bs-remarks', Remarks],
  ['bs-network', NetworkDrawing],
  ['bs-formula', FormulaView],
  ['bs-timeline', Timeline],
  ['bs-runs', Runs],
  ['bs-link', LinkButton],
  ['bs-drawers', ToolDrawers],
  ['bs-panels', Panels],
  ['back-step', BackStep],
];

function define(): void {
  for (const [tag, element] of elements) {
    if (customElements.get(tag) === undefined) customElements.define(tag, element);
  }
}

/** The page says in what language the debugger speaks, before anything is drawn. Pages in English load nothing for it. */
const { lang } = document.documentElement;
if (/^(en(-(?!xa).*)?)?$/i.test(lang)) define();
else
  void import('../src/words/languages.ts')
    .then(({ speakIn }) => speakIn(lang))
    .catch(() => undefined)
    .finally(define);
