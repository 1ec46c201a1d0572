import type { Place } from '../markdown/finding.ts';
import type { Page } from '../page/page.ts';
import { debuggerDirective } from './debugger.ts';
import { formulasDirective } from './formulas.ts';
import { noteToInstructor } from './note.ts';

/** A block between `:::{name} argument` and `:::`. */
export interface DirectiveContent {
  readonly argument: string;
  readonly options: ReadonlyMap<string, { readonly value: string; readonly place: Place }>;
  /** The Markdown inside, rendered. */
  readonly html: string;
  /** Where the name stands. */
  readonly place: Place;
}

export interface Directive {
  /** The keys of `key: value` lines at the start; without any, all is prose. */
  readonly options: readonly string[];
  /** Whether what follows is read beside it, up to the next such block. */
  readonly stage?: boolean;
  /** Whether Markdown may stand inside. */
  readonly prose: boolean;
  readonly render: (content: DirectiveContent, page: Page) => string;
}

/** The block constructs, by the name in braces after the colons. */
export const directives: ReadonlyMap<string, Directive> = new Map([
  ['debugger', debuggerDirective],
  ['formulas', formulasDirective],
  ['note-to-instructor', noteToInstructor],
]);

export function renderDirective(name: string, content: DirectiveContent, page: Page): string {
  const directive = directives.get(name);
  if (directive !== undefined) return directive.render(content, page);
  const known = [...directives.keys()].join(', ');
  const hint =
    name === 'model' ? 'a model is data; write it between ```{model} and ```' : `there are ${known}`;
  page.findings.error(content.place, 'directive', `there is no directive ${name}; ${hint}`);
  return content.html;
}
