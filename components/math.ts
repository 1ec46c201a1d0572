import katex, { type KatexOptions } from 'katex';
import { noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

/** The data attributes that our own formulas carry; KaTeX lets no other through. */
const ownData = new Set(['data-cell', 'data-now']);

const options: KatexOptions = {
  output: 'htmlAndMathml',
  throwOnError: false,
  strict: (code: string) => (code === 'htmlExtension' ? 'ignore' : 'warn'),
  trust: (context) =>
    context.command === '\\htmlData' && Object.keys(context.attributes).every((key) => ownData.has(key)),
};

/** In a line of text; free-standing; or only to be looked at, in something that has words of its own. */
type Style = 'text' | 'display' | 'silent';

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
      katex.render(tex, element as HTMLElement, {
        ...options,
        displayMode: style === 'display',
        ...(style === 'silent' && { output: 'html' }),
      });
      freeSpaces(element);
    }
    return noChange;
  }
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
