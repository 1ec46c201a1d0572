import type { Session } from '../../src/session/session.ts';

/** The style properties of shapes that are exported, as attributes that every SVG program knows. */
const shown = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-opacity',
  'opacity',
] as const;
/** Those of text. */
const written = [
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'text-anchor',
  'text-decoration-line',
] as const;

/** SVG's initial values, which need not be written. */
const usual: Readonly<Record<string, string>> = {
  'fill-opacity': '1',
  'stroke-width': '1px',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  'stroke-opacity': '1',
  opacity: '1',
  'font-style': 'normal',
  'font-weight': '400',
  'text-anchor': 'start',
  'text-decoration-line': 'none',
};

const namespace = 'http://www.w3.org/2000/svg';

/**
 * A self-contained copy of a drawing that is in the page: computed styles become attributes, in the colours of a light page.
 * The session's name and present step are its title and description. It has a margin of 6 units, and a unit is a CSS pixel. The
 * drawing itself is not changed; for the styles the copy is laid out beside it, out of sight.
 */
export function standaloneDrawing(drawing: SVGSVGElement, session: Session): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const stage = document.createElement('div');
  stage.className = 'svg-stage';
  stage.dataset.phase = session.moment.phase ?? 'start';
  stage.append(copy);
  drawing.parentElement?.append(stage);
  try {
    settle(copy);
  } finally {
    stage.remove();
  }
  copy.setAttribute('xmlns', namespace);
  const { x, y, width: inner, height: tall } = copy.viewBox.baseVal;
  const [width, height] = [inner + 2 * margin, tall + 2 * margin];
  copy.setAttribute('viewBox', `${x - margin} ${y - margin} ${width} ${height}`);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.removeAttribute('aria-label');
  copy.setAttribute('aria-labelledby', 'title description');
  const ground = make('rect', '');
  for (const [name, value] of Object.entries({ x: x - margin, y: y - margin, width, height, fill: '#fff' }))
    ground.setAttribute(name, String(value));
  copy.prepend(
    named('title', session.name),
    named('desc', describe(drawing, session), 'description'),
    ground,
  );
  return copy;
}

/** A description of the drawing and, from the first step on, of the operation. */
function describe(drawing: SVGSVGElement, { explanation }: Session): string {
  const [what = ''] = (drawing.getAttribute('aria-label') ?? '').split(/(?<=\.) /);
  return explanation === undefined ? what : `${what} ${explanation.sentence}`;
}

/** Room around the drawing, in its units, so that strokes at the edge are not cut. */
const margin = 6;

/** The text of an SVG file with a drawing from `standaloneDrawing`, from its XML declaration to a line break at the end. */
export const svgText = (drawing: SVGSVGElement): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawing)}\n`;

function make(tag: string, text: string): SVGElement {
  const element = document.createElementNS(namespace, tag);
  element.textContent = text;
  return element;
}

function named(tag: string, text: string, id = tag): SVGElement {
  const element = make(tag, text);
  element.id = id;
  return element;
}

/** Writes computed styles into attributes, and removes what only the page understands. */
function settle(root: SVGSVGElement): void {
  const all = [root, ...root.querySelectorAll<SVGElement>('*')];
  // All styles are read before the first is written, since writing would change inherited ones.
  const looks = all.map((element) => lookOf(element));
  for (const [at, element] of all.entries()) {
    if (looks[at] === undefined) {
      element.remove();
      continue;
    }
    for (const { name } of [...element.attributes])
      if (/^(class|style|tabindex|role|aria-.*|data-.*|on.*)$/.test(name) && element !== root)
        element.removeAttribute(name);
    for (const [name, value] of looks[at]) element.setAttribute(name, value);
  }
  root.removeAttribute('class');
  root.setAttribute('role', 'img');
  for (const comment of commentsIn(root)) comment.remove();
}

/** The attributes of an element; undefined where it is invisible, as an element that is only there to be pointed at. */
function lookOf(element: SVGElement): [string, string][] | undefined {
  const style = getComputedStyle(element);
  const isShape = element.matches('path, line, rect, circle, ellipse, polygon, polyline');
  const isText = element.matches('text, tspan');
  if (style.display === 'none' || style.visibility === 'hidden') return undefined;
  if (isShape && isClear(style.fill) && isClear(style.stroke)) return undefined;
  if (!isShape && !isText) return [];
  const look = (isText ? [...shown.slice(0, 2), ...written] : shown).map((name): [string, string] => [
    name,
    style.getPropertyValue(name).trim(),
  ]);
  const specified = look.filter(([name, value]) => value !== usual[name] && value !== '');
  if (isClear(style.stroke)) return specified.filter(([name]) => !name.startsWith('stroke'));
  return specified.map(([name, value]) => [
    name === 'text-decoration-line' ? 'text-decoration' : name,
    value,
  ]);
}

const isClear = (paint: string): boolean =>
  paint === 'none' || paint === 'transparent' || /^rgba\(.*, 0\)$/.test(paint) || /\/ 0\)$/.test(paint);

function commentsIn(root: Node): Comment[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const found: Comment[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Comment);
  return found;
}
