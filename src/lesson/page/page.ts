import type { Tables } from '../../formula/compile/tables.ts';
import { type Finding, type FindingPlace, type Findings, showFinding } from '../markdown/finding.ts';
import { attributes, escapeHtml } from '../markdown/html.ts';
import { markdownLimits } from '../markdown/limits.ts';
import type { MathRenderer } from '../markdown/math.ts';
import type { LessonModel } from '../model/model.ts';
import type { Contents } from './contents.ts';

/** The page that is being rendered, as roles and directives use it. Mutable: they add findings and count blocks. */
export interface Page {
  readonly findings: Findings;
  readonly math: MathRenderer;
  /** By name, also those with errors. */
  readonly models: ReadonlyMap<string, LessonModel>;
  /** The names of the models that have a debugger on the page: links lead there only. */
  readonly instruments: ReadonlySet<string>;
  /** How many blocks have shown a model so far: see `shownModel`. */
  shown: number;
  readonly contents: Contents;
  /** The data files beside the lesson. */
  readonly tables: Tables | undefined;
  /** Whether its debuggers may use WebAssembly. */
  readonly webAssembly: boolean;
  /** The lesson's own text, for showing a finding in its line. */
  readonly markdown: string;
}

/** How many models' names a hint lists. */
const mostNamed = 12;
/** How many findings a card shows; the check of the lesson reports all. */
const mostShown = 12;

/**
 * The model of that name, if it has a program, else undefined. An unknown name is reported in the page's findings at `place`;
 * errors in a model have been reported at their own places.
 */
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

/**
 * As `runningModel`, for a block that shows the model in full; every call counts. Undefined, with an error at `place`, once a
 * lesson has too many such blocks.
 */
export function shownModel(page: Page, id: string, place: FindingPlace): LessonModel | undefined {
  page.shown += 1;
  if (page.shown <= markdownLimits.instruments) return runningModel(page, id, place);
  const message = `at most ${markdownLimits.instruments} blocks of a lesson show a model; make two lessons of it`;
  page.findings.error(place, 'limit', message);
  return undefined;
}

/**
 * An HTML card in place of a block that cannot be shown: the title (plain text), and the first 12 findings, each with its line
 * and a caret; a line says how many more there are. They are not added to the page's.
 */
export function errorCard(page: Page, title: string, findings: readonly Finding[]): string {
  const list = findings
    .slice(0, mostShown)
    .map(
      (finding) => `<pre tabindex="0"><code>${escapeHtml(showFinding(page.markdown, finding))}</code></pre>`,
    );
  return `<section${attributes({ class: 'error-card', role: 'alert' })}><p>${escapeHtml(title)}</p>${list.join('')}${findings.length > mostShown ? `<p>… and ${findings.length - mostShown} more.</p>` : ''}</section>\n`;
}
