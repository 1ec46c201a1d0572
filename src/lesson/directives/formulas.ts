import { attributes, escapeHtml } from '../markdown/html.ts';
import { errorCard, shownModel } from '../page/page.ts';
import type { Directive } from './directive.ts';

/**
 * `:::{formulas} id`: a model as its author wrote it, and folded below it the formulas that its shorthand stands for. Needs no
 * script.
 */
export const formulasDirective: Directive = {
  options: [],
  prose: false,
  render({ argument: id, place }, page) {
    const model = shownModel(page, id, place);
    if (model === undefined) return errorCard(page, `There is no model ${id} to write out.`, []);
    const { written, expansion } = model;
    const listing = (text: string) =>
      `<pre${attributes({ tabindex: 0 })}><code>${escapeHtml(text.trim())}</code></pre>`;
    const formulas = expansion.hasShorthand
      ? `\n<details><summary>The formulas it stands for</summary>\n${listing(expansion.text)}\n</details>`
      : '';
    return `<div${attributes({ class: 'formulas' })}>\n${listing(written)}${formulas}\n</div>\n`;
  },
};
