import type { FigureMark } from '../../src/figure/base/picture.ts';

/**
 * Has the children of an SVG element be these marks, in their order; changes only what is another. Marks of cells point at them in
 * the page where it is said whose they are: `model` is a debugger's name.
 */
export function drawMarks(svg: Element, marks: readonly FigureMark[], model?: string): void {
  for (const [n, mark] of marks.entries()) shape(svg, n, mark, model);
  while (svg.childElementCount > marks.length) svg.lastElementChild?.remove();
}

/** What an element was made of last. */
const drawn = new WeakMap<Element, FigureMark>();

/** Has the nth child be this shape. */
function shape(svg: Element, n: number, mark: FigureMark, model?: string): void {
  let found = svg.children[n];
  if (found !== undefined && drawn.get(found) === mark) return;
  const { tag, attributes, text = '', cell } = mark;
  if (found?.localName !== tag) {
    const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
    if (found === undefined) svg.append(made);
    else found.replaceWith(made);
    found = made;
  }
  const wanted: Record<string, string> =
    cell === undefined || model === undefined ? {} : { 'data-model': model, 'data-cell': cell };
  for (const [name, value] of Object.entries(attributes)) wanted[name] = String(value);
  for (const name of found.getAttributeNames()) if (!(name in wanted)) found.removeAttribute(name);
  for (const [name, value] of Object.entries(wanted))
    if (found.getAttribute(name) !== value) found.setAttribute(name, value);
  if (found.textContent !== text) found.textContent = text;
  drawn.set(found, mark);
}
