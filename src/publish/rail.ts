import type { Phase } from '../formula/statement.ts';
import type { Lesson } from '../lesson/lesson.ts';
import { attributes, escapeHtml } from '../lesson/markdown/html.ts';
import type { ContentsEntry } from '../lesson/page/contents.ts';
import { pageWords as words } from '../words/lesson/page.ts';

/** The sign of each phase, beside its colour: the way the numbers go, and the change of the weights. */
const signs: Readonly<Record<Phase, string>> = { forward: '→', backward: '←', update: 'Δ' };

/**
 * A lesson's table of contents twice, since no style sheet can open a fold: for the page's header as a fold, and as the rail that
 * replaces it in wide windows. Both are empty where there is nothing to choose from.
 */
export function rail({ contents }: Pick<Lesson, 'contents'>): { fold: string; rail: string } {
  if (contents.length < 2) return { fold: '', rail: '' };
  const list = listOf(contents);
  const label = attributes({ 'aria-label': words.contents });
  return {
    fold: `<details class="contents"><summary>${words.contents}</summary><nav${label}>${list}</nav></details>\n`,
    rail: `<nav class="rail"${label}>${list}</nav>\n`,
  };
}

function listOf(contents: readonly ContentsEntry[]): string {
  let number = 0;
  const items = contents.map(({ level, id, text, model, phases }) => {
    if (level === 2) number += 1;
    const marks = phases.map(
      (phase) => `<span${attributes({ 'data-phase': phase, title: words[phase] })}>${signs[phase]}</span>`,
    );
    const told = phases.map((phase) => words[phase]).join(', ');
    const data = {
      href: `#${encodeURIComponent(id)}`,
      'data-model': model,
      'data-phases': phases.length > 0 ? phases.join(' ') : undefined,
    };
    const parts = [
      `<span class="number" aria-hidden="true">${level === 2 ? number : '·'}</span>`,
      `<span class="marks" aria-hidden="true">${marks.join('')}</span>`,
      `<span class="title">${escapeHtml(text)}</span>`,
      told === '' ? '' : `<span class="told">: ${told}</span>`,
    ];
    return `<li${attributes({ class: level === 3 ? 'within' : undefined })}><a${attributes(data)}>${parts.join('')}</a></li>`;
  });
  return `<ol>${items.join('')}</ol>`;
}
