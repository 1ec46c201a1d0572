import type { CellLinks } from '../base/cell-links.ts';
import { ProseFigures } from './figures.ts';
import { PrintedNumbers } from './printed-numbers.ts';
import { type ProseHost, ProseMarks } from './prose-marks.ts';
import { ProsePointing } from './prose-pointing.ts';
import { ProseQuestions } from './prose-questions.ts';
import { RailTicks } from './rail-ticks.ts';

/** Has the page's text go along with a debugger, from now on. */
export function accompany(host: ProseHost, cells: CellLinks): void {
  new ProseMarks(host);
  new ProsePointing(host, cells);
  new ProseQuestions(host);
  new RailTicks(host);
  new ProseFigures(host);
  new PrintedNumbers(host);
  host.requestUpdate();
}
