import type { Session } from '../../src/session/session.ts';

/** What of a shape's style is to be seen, as attributes that every SVG program knows. */
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
/** … and of a text's. */
const written = [
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'text-anchor',
  'text-decoration-line',
] as const;

/** How SVG begins where a property is not given; these need not be said. */
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
 * A drawing that stands alone: a copy whose look is written into it as attributes, in the colours of a light page whatever the
 * page's are. It is laid out out of sight in the drawing's own tree, where its styles are.
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

/** What is drawn and, where a step is being shown, what happens in it. */
function describe(drawing: SVGSVGElement, { explanation }: Session): string {
  const [what = ''] = (drawing.getAttribute('aria-label') ?? '').split(/(?<=\.) /);
  return explanation === undefined ? what : `${what} ${explanation.sentence}`;
}

/** Strokes at the edge are not to be cut. */
const margin = 6;

/** The text of an SVG file. */
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

/** Writes how everything looks into its attributes, and takes off what only the page knows what to do with. */
function settle(root: SVGSVGElement): void {
  const all = [root, ...root.querySelectorAll<SVGElement>('*')];
  // All looks are read before the first is written: what is inherited must be read as the page has it.
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

/** Undefined where nothing of an element is to be seen: it is there to be pointed at. */
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
