import { html, nothing, type TemplateResult } from 'lit';
import { type NetworkTerm, Terms } from '../../src/explain/terms.ts';
import type { Model } from '../../src/formula/model.ts';
import { termWords } from '../../src/words/tools/terms.ts';
import { whyWords as words } from '../../src/words/tools/why.ts';

/** Says what the numbers of a model are to its network, as links to the page's glossary where the page names one. */
export class TermLinks {
  private readonly terms: Terms;

  constructor(readonly model: Model) {
    this.terms = new Terms(model);
  }

  /** The term for a quantity; nothing where it has none. A link opens beside the debugger, which would be left behind. */
  template(name: string): TemplateResult | typeof nothing {
    const term = this.terms.of(name);
    if (term === undefined) return nothing;
    const address = entryOf(term);
    return address === undefined
      ? html`<span class="term">${termWords[term]}</span>`
      : html`<a class="term" href=${address} target="_blank" title=${words.glossary}>${termWords[term]}</a>`;
  }
}

/** The address of a term's entry in the page's glossary; undefined where the page names none. */
function entryOf(term: NetworkTerm): string | undefined {
  const glossary = document.querySelector<HTMLLinkElement>('link[rel="glossary"]');
  return glossary === null ? undefined : `${glossary.href.replace(/#.*$/s, '')}#${term.replaceAll(' ', '-')}`;
}
