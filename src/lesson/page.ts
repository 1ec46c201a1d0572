import type { Tables } from '../formula/tables.ts';
import { type Finding, type Findings, type Place, showFinding } from './finding.ts';
import { attributes, escapeHtml } from './html.ts';
import type { MathRenderer } from './math.ts';
import type { LessonModel } from './model.ts';

/** What roles and directives render with. */
export interface Page {
  readonly findings: Findings;
  readonly math: MathRenderer;
  readonly models: ReadonlyMap<string, LessonModel>;
  /** The data files beside the lesson. */
  readonly tables: Tables | undefined;
  /** The lesson's own text, for showing a finding in its line. */
  readonly markdown: string;
}

/** The model of that name, if it is there and runs; what is wrong else is reported, once and at its own place. */
export function runningModel(page: Page, id: string, place: Place): LessonModel | undefined {
  const model = page.models.get(id);
  if (model === undefined) {
    const known = [...page.models.keys()];
    const hint =
      known.length === 0 ? 'define it in a fence ```{model}' : `this lesson has ${known.join(', ')}`;
    page.findings.error(place, 'model', `there is no model ${id || 'without a name'} here; ${hint}`);
  }
  return model?.program && model;
}

/** What stands in a place where something cannot: why, with each line and a caret. */
export function errorCard(page: Page, title: string, findings: readonly Finding[]): string {
  const list = findings.map(
    (finding) => `<pre tabindex="0"><code>${escapeHtml(showFinding(page.markdown, finding))}</code></pre>`,
  );
  return `<section${attributes({ class: 'error-card', role: 'alert' })}><p>${escapeHtml(title)}</p>${list.join('')}</section>\n`;
}
