/** Signs before which a line may break. */
const sign = /^[+−]$/u;

/**
 * Lets a formula set by KaTeX (its `.katex-html` element, changed in place; to be called once for each) wrap as in a textbook:
 * before a plus or minus outside parentheses. KaTeX itself allows breaks after any sign, and none inside a marked part.
 */
export function breakBeforeSigns(formula: Element): void {
  const bases = [...formula.children].filter((child) => child.matches('.katex-base'));
  const lines: Line[] = [];
  let line = new Line();
  /** How many parentheses are open: a sum in parentheses is one part, unless it would fill more than a line. */
  let depth = 0;
  const long = longGroups(bases);
  for (const base of bases) {
    const [strut, ...content] = base.children;
    line.struts.push(strut);
    for (const node of content) {
      const parts = partsOf(node);
      let frame: Element | undefined;
      for (const part of parts) {
        if (depth <= (long.has(part) ? 1 : 0) && isSign(part) && line.content.length > 0) {
          lines.push(line);
          line = new Line([strut]);
          frame?.classList.add('goes-on');
          frame = undefined;
        }
        depth += opened(part);
        if (part === node) line.content.push(node);
        else {
          if (frame === undefined) {
            frame = pieceOf(node, strut, part !== parts[0]);
            line.content.push(frame);
          }
          frame.append(part);
        }
      }
    }
  }
  lines.push(line);
  formula.replaceChildren(...lines.map((one) => one.base));
}

/** More letters than fit in a line of a card. */
const longest = 80;

/** The parts, as the loop above goes through them, of a sum. */
const partsOf = (node: Element): readonly Element[] => (hasSign(node) ? [...node.children] : [node]);

/** All parts within an outermost pair of parentheses that holds more than a line. */
function longGroups(bases: readonly Element[]): ReadonlySet<Element> {
  const long = new Set<Element>();
  let [depth, letters] = [0, 0];
  let group: Element[] = [];
  for (const part of bases.flatMap(({ children }) => [...children].slice(1).flatMap(partsOf))) {
    depth += opened(part);
    group.push(part);
    letters += part.textContent?.length ?? 0;
    if (depth > 0) continue;
    if (letters > longest) for (const one of group) long.add(one);
    [group, letters] = [[], 0];
  }
  return long;
}

class Line {
  readonly content: Element[] = [];

  /** Struts that give the line the height of every part it is taken from. */
  constructor(readonly struts: Element[] = []) {}

  get base(): Element {
    const base = document.createElement('span');
    base.className = 'katex-base';
    base.append(...this.struts.map((strut) => strut.cloneNode()), ...this.content);
    return base;
  }
}

/** The piece of a marked part that lies in one line, as high as the whole part. */
function pieceOf(mark: Element, strut: Element, isLater: boolean): Element {
  const piece = mark.cloneNode() as Element;
  piece.classList.toggle('comes-from', isLater);
  piece.append(strut.cloneNode());
  return piece;
}

const isSign = (node: Element): boolean => node.matches('.mbin') && sign.test(node.textContent ?? '');

/** Whether a marked part contains such a sign, that is, more than one term. */
const hasSign = (node: Element): boolean =>
  node.matches('[data-now]') && [...node.children].some((child) => isSign(child));

/** How many more parentheses a part opens than it closes. */
const opened = (part: Element): number => parentheses(part, '.mopen') - parentheses(part, '.mclose');

/**
 * A parenthesis with an exponent stands in an element of the same class, and two in a row in one element: each letter of an innermost
 * element counts.
 */
const parentheses = (part: Element, which: string): number =>
  [part, ...part.querySelectorAll(which)]
    .filter((one) => one.matches(which) && one.querySelector(which) === null)
    .reduce((sum, { textContent }) => sum + Math.max(1, textContent?.length ?? 0), 0);
