import { html, nothing, type TemplateResult } from 'lit';
import type { Writing } from '../../src/explain/provenance.ts';
import { whyWords as words } from '../../src/words/tools/why.ts';
import { math } from '../base/math.ts';

/** The formula that wrote a number: in general, with the cells that it read, with their numbers, and what came of it. */
export function writingTemplate({
  general,
  symbols,
  numbers,
  computed,
  stored,
  rule,
  isOverridden,
}: Writing): TemplateResult {
  const result = isOverridden || rule !== undefined ? `${computed} \\longrightarrow ${stored}` : computed;
  const note = isOverridden ? words.overridden : rule === undefined ? undefined : words.stored(rule);
  return html`<h3>${words.wroteIt}</h3>
    <div class="math" role="group" aria-label=${words.wroteIt} tabindex="0">
      <div class="general" ${math(general)}></div>
      <div ${math(`\\displaystyle ${symbols}`)}></div>
      <div ${math(`\\displaystyle {}= ${numbers}`)}></div>
      <div ${math(`\\displaystyle {}= ${result}`)}></div>
    </div>${note === undefined ? nothing : html`<p class="quiet">${note}</p>`}`;
}
