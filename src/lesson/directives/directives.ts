import type { Page } from '../page/page.ts';
import { debuggerDirective } from './debugger.ts';
import type { Directive, DirectiveContent } from './directive.ts';
import { figureDirective } from './figure.ts';
import { formulasDirective } from './formulas.ts';
import { noteToInstructor } from './note.ts';

/** The block constructs, by the name in braces after the colons. */
export const directives: ReadonlyMap<string, Directive> = new Map([
  ['debugger', debuggerDirective],
  ['figure', figureDirective],
  ['formulas', formulasDirective],
  ['note-to-instructor', noteToInstructor],
]);

/**
 * The HTML of a block; faults are added to the page's findings. For an unknown name, an error is reported and the block's
 * content is returned as it is. Options and prose must have been checked: see `DirectiveContent`.
 */
export function renderDirective(name: string, content: DirectiveContent, page: Page): string {
  const directive = directives.get(name);
  if (directive !== undefined) return directive.render(content, page);
  const known = [...directives.keys()].join(', ');
  const hint =
    name === 'model' ? 'a model is data; write it between ```{model} and ```' : `there are ${known}`;
  page.findings.error(content.place, 'directive', `there is no directive ${name}; ${hint}`);
  return content.html;
}
