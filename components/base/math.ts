import katex, { type KatexOptions } from 'katex';
import { noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';
import { longestSetTex, texBounds, texFault } from '../../src/formula/tex-limits.ts';
import { breakBeforeSigns } from './line-breaks.ts';

/** The data attributes that our own formulas carry; KaTeX lets no other through. */
const ownData = new Set(['data-cell', 'data-now']);

const options: KatexOptions = {
  ...texBounds,
  output: 'html',
  strict: (code: string) => (code === 'htmlExtension' ? 'ignore' : 'warn'),
  trust: (context) =>
    context.command === '\\htmlData' && Object.keys(context.attributes).every((key) => ownData.has(key)),
};

/** In a line of text; free-standing; one that may go on below; or only to be looked at, in something that has words of its own. */
type Style = 'text' | 'display' | 'broken' | 'silent';

class MathDirective extends Directive {
  private shown: string | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new TypeError('math stands in a tag, not in its content');
  }

  render(_tex: string, _style: Style = 'text'): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [tex, style = 'text']: [string, Style?]): unknown {
    const key = `${style} ${tex}`;
    if (key !== this.shown) {
      this.shown = key;
      // Nodes, not markup: a strict content policy allows styles that are set from a script.
      element.replaceChildren(typeset(tex, style).cloneNode(true));
      if (style === 'silent') withoutSpokenText.delete(element);
      else addSpokenTextLater(element, tex);
    }
    return noChange;
  }
}

/** What has been set lately, the oldest first: a copy costs a fraction of setting it again. */
const settings = new Map<string, DocumentFragment>();
const mostSettings = 400;

/** A formula set by KaTeX, to be copied. */
function typeset(tex: string, style: Style): DocumentFragment {
  const key = `${style} ${tex}`;
  const known = settings.get(key);
  if (known !== undefined) {
    // The latest goes last.
    settings.delete(key);
    settings.set(key, known);
    return known;
  }
  const holder = document.createElement('span');
  set(tex, holder, { ...options, displayMode: style === 'display' });
  freeSpaces(holder);
  if (style === 'broken') holder.querySelectorAll('.katex-html').forEach(breakBeforeSigns);
  const made = document.createDocumentFragment();
  made.append(...holder.childNodes);
  settings.set(key, made);
  if (settings.size > mostSettings) settings.delete(settings.keys().next().value as string);
  return made;
}

/** KaTeX shows what it cannot set in a color of its own, as an inline style; here it is the TeX itself, in a class. */
function set(tex: string, holder: HTMLElement, how: KatexOptions): void {
  try {
    if (texFault(tex) === undefined) {
      katex.render(tex, holder, how);
      return;
    }
  } catch {
    // Neither a notation that is no TeX nor one that is too deep may take the rest of the view with it.
  }
  const written = document.createElement('code');
  written.className = 'math-error';
  written.textContent = tex.length > longestSetTex ? `${tex.slice(0, longestSetTex)}…` : tex;
  holder.replaceChildren(written);
}

/** Formulas that are seen but cannot be read out yet, with their TeX. */
const withoutSpokenText = new Map<Element, string>();
/** Nobody listens to a formula that is replaced sooner. */
const pause = 200;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Screen readers read MathML, of which the browser lays out as much as of what is seen. So that comes when the reader rests: a
 * step is spoken of in the live region anyway.
 */
function addSpokenTextLater(element: Element, tex: string): void {
  withoutSpokenText.set(element, tex);
  clearTimeout(timer);
  timer = setTimeout(() => {
    for (const [formula, text] of withoutSpokenText) addSpokenText(formula, text);
    withoutSpokenText.clear();
  }, pause);
}

function addSpokenText(element: Element, tex: string): void {
  const whole = element.querySelector('.katex');
  if (whole === null || !element.isConnected) return;
  const made = document.createElement('span');
  set(tex, made, { ...options, output: 'mathml' });
  const words = document.createElement('span');
  words.className = 'katex-mathml';
  words.append(...made.querySelectorAll('math'));
  whole.prepend(words);
}

/** KaTeX puts the space that follows a marked part inside of it; the mark should end with its last sign. */
function freeSpaces(element: Element): void {
  // From the last to the first, so that a space leaves inner parts before outer ones.
  for (const part of [...element.querySelectorAll('.enclosing')].reverse()) {
    for (let last = part.lastElementChild; last?.matches('.mspace'); last = part.lastElementChild)
      part.after(last);
  }
}

/** `<span ${math(tex)}></span>`: a formula as the content of its element, set again only when its text has changed. */
export const math = directive(MathDirective);
