import katex, { type KatexOptions } from 'katex';
import { noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';
import { longestSetTex, texBounds, texFault } from '../../src/formula/tex-limits.ts';
import { breakBeforeSigns } from './line-breaks.ts';

/** The data attributes of our own formulas; KaTeX lets no other through. */
const ownData = new Set(['data-cell', 'data-now']);

const options: KatexOptions = {
  ...texBounds,
  output: 'html',
  strict: (code: string) => (code === 'htmlExtension' ? 'ignore' : 'warn'),
  trust: (context) =>
    context.command === '\\htmlData' && Object.keys(context.attributes).every((key) => ownData.has(key)),
};

/**
 * How a formula is set: within a line of text; displayed on its own; in text style with line breaks allowed; or without MathML,
 * inside an element that has an accessible name of its own.
 */
type Style = 'text' | 'display' | 'broken' | 'silent';

class MathDirective extends Directive {
  private shown: string | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new TypeError('math stands in a tag');
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

/** Formulas set recently, the oldest first: a copy costs a fraction of setting one again. */
const settings = new Map<string, DocumentFragment>();
const mostSettings = 400;

/** A formula set by KaTeX; the fragment is shared, so callers clone it. */
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

/**
 * Sets a formula in an element. What KaTeX cannot set is shown as its TeX, in the class `math-error`: KaTeX's own error color
 * would be an inline style.
 */
function set(tex: string, holder: HTMLElement, how: KatexOptions): void {
  try {
    if (texFault(tex) === undefined) {
      katex.render(tex, holder, how);
      return;
    }
  } catch {
    // A notation that is no TeX, or one nested too deeply, must not break the rest of the view.
  }
  const written = document.createElement('code');
  written.className = 'math-error';
  written.textContent = tex.length > longestSetTex ? `${tex.slice(0, longestSetTex)}…` : tex;
  holder.replaceChildren(written);
}

/** Formulas that are drawn but have no MathML yet, with their TeX. */
const withoutSpokenText = new Map<Element, string>();
/** Milliseconds without a new formula before MathML is added. */
const pause = 200;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Screen readers read MathML, which costs the browser as much layout as the drawn formula. So it is added when the reader rests;
 * the live region announces the step in the meantime.
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

/** KaTeX puts the space after a marked part inside it; the mark should end with its last sign. */
function freeSpaces(element: Element): void {
  // From the last to the first, so that a space leaves inner parts before outer ones.
  for (const part of [...element.querySelectorAll('.enclosing')].reverse()) {
    for (let last = part.lastElementChild; last?.matches('.mspace'); last = part.lastElementChild)
      part.after(last);
  }
}

/**
 * `<span ${math(tex, style)}></span>`: an element directive that shows TeX as the element's content, set again only when text or
 * style changes. Styles are `text` (the default), `display`, `broken` (lines may break) and `silent` (no MathML). Throws a
 * `TypeError` where it is not used on an element.
 */
export const math = directive(MathDirective);
