import { BackStep } from './back-step.ts';
import { CellFinder } from './cell-finder.ts';
import { Cells } from './cells.ts';
import { CodeView } from './code.ts';
import { ExportDialog } from './export.ts';
import { FormulaView } from './formula.ts';
import { Help } from './help.ts';
import { Inputs } from './inputs.ts';
import { LinkButton } from './link-button.ts';
import { NetworkDrawing } from './network-drawing.ts';
import { Remarks } from './remarks.ts';
import { Runs } from './runs.ts';
import { Tensors } from './tensors.ts';
import { Timeline } from './timeline.ts';
import { ToolDrawers } from './tool-drawers.ts';
import { Toolbar } from './toolbar.ts';
import { WrittenModel } from './written-model.ts';

/** Every element and its tag, views before the debugger that holds them. */
const elements: readonly [string, CustomElementConstructor][] = [
  ['bs-toolbar', Toolbar],
  ['bs-remarks', Remarks],
  ['bs-tensors', Tensors],
  ['bs-network', NetworkDrawing],
  ['bs-formula', FormulaView],
  ['bs-code', CodeView],
  ['bs-finder', CellFinder],
  ['bs-cells', Cells],
  ['bs-timeline', Timeline],
  ['bs-inputs', Inputs],
  ['bs-runs', Runs],
  ['bs-link', LinkButton],
  ['bs-drawers', ToolDrawers],
  ['bs-help', Help],
  ['bs-written', WrittenModel],
  ['bs-export', ExportDialog],
  ['back-step', BackStep],
];

for (const [tag, element] of elements) {
  if (customElements.get(tag) === undefined) customElements.define(tag, element);
}
