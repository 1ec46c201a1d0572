import type { Page } from 'playwright/test';
import type { Session } from '../src/session/session.ts';

/**
 * The debugger's texts that are in no section of `src/words`, in a page in the pseudo-language, where all others are between ⟦
 * and ⟧. Code, formulas, names of the model and the lesson's own text do not count; an empty list means that nothing is missing.
 */
export const untranslated = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const host = document.querySelector('back-step') as HTMLElement & {
      session?: Session;
    };
    const model = host.session?.model;
    const own = new Set(
      [
        ...(model?.quantities.keys() ?? []),
        ...[...(model?.words.values() ?? [])].map((one) => one.text),
      ].flatMap((name) => name.match(/\p{L}+/gu) ?? []),
    );
    const code = '.code';
    const ofNoLanguage =
      'code, pre, .katex, math, kbd, style, script, .cm-editor .cm-content, .cm-gutters, .preview, [data-author]';
    /** The words outside brackets and isolates that are no names of the model. */
    const rest = (text: string): string[] => {
      let depth = 0;
      let left = '';
      for (const letter of text.replace(/\u2068[^\u2068\u2069]*\u2069/g, '')) {
        if (letter === '⟦') depth++;
        if (depth === 0) left += letter;
        if (letter === '⟧') depth--;
      }
      // Names of files are names.
      return (left.replace(/\S*\.\p{L}\S*/gu, '').match(/\p{L}{3,}/gu) ?? []).filter(
        (word) => !own.has(word),
      );
    };
    const found = new Set<string>();
    const look = (text: string | null, where: Element, what: string): void => {
      if (!text || rest(text).length === 0 || where.closest(ofNoLanguage) !== null) return;
      if (what === 'text' && where.closest(code) !== null) return;
      const tag = where.closest('bs-network-drawing, bs-formula, bs-code, [class]') ?? where;
      const view = where.closest('[data-tool], dialog, bs-toolbar, bs-timeline') ?? where;
      found.add(
        `${what} in ${view.localName}.${view.getAttribute('data-tool') ?? view.className} ${tag.localName}.${tag.getAttribute('class') ?? ''}: ${text.trim().slice(0, 120)}`,
      );
    };
    const visit = (root: Node): void => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      for (let node: Node | null = walker.currentNode; node !== null; node = walker.nextNode()) {
        if (node instanceof Text && node.parentElement !== null)
          look(node.textContent, node.parentElement, 'text');
        if (!(node instanceof Element)) continue;
        for (const name of [
          'aria-label',
          'title',
          'placeholder',
          'aria-valuetext',
          'aria-description',
          'aria-roledescription',
          'alt',
        ])
          look(node.getAttribute(name), node, name);
        for (const side of ['::before', '::after']) {
          const { content } = getComputedStyle(node, side);
          if (content !== 'none' && content !== 'normal') look(content, node, side);
        }
      }
    };
    if (host.shadowRoot !== null) visit(host.shadowRoot);
    for (const region of document.querySelectorAll('.back-step-spoken')) visit(region);
    return [...found];
  });
