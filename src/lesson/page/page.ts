import type { Tables } from '../../formula/compile/tables.ts';
import { type Finding, type FindingPlace, type Findings, showFinding } from '../markdown/finding.ts';
import { attributes, escapeHtml } from '../markdown/html.ts';
import { markdownLimits } from '../markdown/limits.ts';
import type { MathRenderer } from '../markdown/math.ts';
import type { LessonModel } from '../model/model.ts';

/** What roles and directives render with. */
export interface Page {
  readonly findings: Findings;
  readonly math: MathRenderer;
  readonly models: ReadonlyMap<string, LessonModel>;
  /** How many blocks have shown a model so far. */
  shown: number;
  /** The data files beside the lesson. */
  readonly tables: Tables | undefined;
  /** The lesson's own text, for showing a finding in its line. */
  readonly markdown: string;
}

/** A heading in a page: its level from 1 to 6, the id that links name, and its words without markup. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** As many names are a help. */
const mostNamed = 12;
/** As many findings are read in a card; all are told where the lesson is checked. */
const mostShown = 12;

/** The model of that name, if it is there and runs; what is wrong else is reported, once and at its own place. */
export function runningModel(page: Page, id: string, place: FindingPlace): LessonModel | undefined {
  const model = page.models.get(id);
  if (model === undefined) {
    const known = [...page.models.keys()];
    const more = known.length > mostNamed ? ` and ${known.length - mostNamed} more` : '';
    const hint =
      known.length === 0
        ? 'define it in a fence ```{model}'
        : `this lesson has ${known.slice(0, mostNamed).join(', ')}${more}`;
    page.findings.error(place, 'model', `there is no model ${id || 'without a name'} here; ${hint}`);
  }
  return model?.program && model;
}

/** The model that a block shows in full; one block too many gets none. */
export function shownModel(page: Page, id: string, place: FindingPlace): LessonModel | undefined {
  page.shown += 1;
  if (page.shown <= markdownLimits.instruments) return runningModel(page, id, place);
  const message = `at most ${markdownLimits.instruments} blocks of a lesson show a model; make two lessons of it`;
  page.findings.error(place, 'limit', message);
  return undefined;
}

/** What stands in a place where something cannot: why, with each line and a caret. */
export function errorCard(page: Page, title: string, findings: readonly Finding[]): string {
  const list = findings
    .slice(0, mostShown)
    .map(
      (finding) => `<pre tabindex="0"><code>${escapeHtml(showFinding(page.markdown, finding))}</code></pre>`,
    );
  return `<section${attributes({ class: 'error-card', role: 'alert' })}><p>${escapeHtml(title)}</p>${list.join('')}${findings.length > mostShown ? `<p>… and ${findings.length - mostShown} more.</p>` : ''}</section>\n`;
}
