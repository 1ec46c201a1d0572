import { type DefaultTreeAdapterMap, parse } from 'parse5';

/*
 * What a page may contain, stated a second time: by a list that is independent of how pages are made or sanitized, over the tree
 * that an HTML5 parser builds, with addresses read as a browser reads them.
 */

const own = 'https://course.example/path/lesson.html';

const elements = new Set(
  [
    'html head body title main header footer nav section div p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del br hr a img',
    'table caption thead tbody tr th td span details summary input template back-step',
    // The course's first page: pictures of models, and one that steps by itself.
    'figure figcaption button output g circle rect text tspan',
    // Formulas.
    'svg path line math semantics annotation mrow mi mo mn mtext ms mspace msup msub msubsup mfrac msqrt mroot mover munder munderover',
    'mtable mtr mtd mlabeledtr mstyle mpadded mphantom menclose merror mglyph',
  ].flatMap((line) => line.split(' ')),
);

const words = new Set(
  [
    'class id lang slot title role tabindex scope align start alt rel download type checked disabled model frames name content charset',
    'aria-label aria-current aria-hidden href src',
    'data-model data-frame data-run data-cell data-pass data-operation data-written data-origins data-compiled data-now data-phase data-phases',
    'hidden cx cy r rx x y dy fill-opacity data-from data-until data-lit data-still data-address data-play data-stop text-anchor',
    'data-arrows data-bars data-bins data-chain data-columns data-curve data-data data-field data-fit data-from data-function data-gradient data-histogram data-image data-iterations data-labels',
    'data-lines data-matrix data-over data-parts data-points data-range data-regions data-rows data-runs data-scale data-series data-shape data-time data-under',
    // Formulas.
    'xmlns encoding width height viewBox preserveAspectRatio d x1 x2 y1 y2 stroke-width stroke fill mathvariant mathsize mathcolor mathbackground',
    'stretchy fence separator accent accentunder lspace rspace minsize maxsize symmetric largeop movablelimits form voffset displaystyle scriptlevel',
    'rowspacing columnspacing columnalign columnlines rowlines rowalign side linethickness notation valign depth display frame framespacing linebreak',
  ].flatMap((line) => line.split(' ')),
);

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

/**
 * The faults of a page: elements, attributes and addresses that it must not contain; empty if there are none. `html`: a document
 * or a body's content.
 */
export function pageFaults(html: string): string[] {
  const complaints: string[] = [];
  const visit = (node: Node): void => {
    if ('tagName' in node) complaints.push(...elementFaults(node));
    if ('content' in node) visit(node.content as Node);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return complaints;
}

/** The attributes of all elements of a page with this tag name, in order. */
export function elementsOf(html: string, tagName: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  const visit = (node: Node): void => {
    if ('tagName' in node && node.tagName === tagName)
      found.push(Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])));
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return found;
}

function elementFaults(element: Element): string[] {
  const { tagName, attrs, parentNode } = element;
  const value = (name: string): string | undefined => attrs.find((attr) => attr.name === name)?.value;
  const complaints: string[] = [];
  const complain = (what: string): void =>
    void complaints.push(
      `${what} in <${tagName} ${attrs.map(({ name, value: text }) => `${name}="${text.slice(0, 60)}"`).join(' ')}>`,
    );
  const inHead = parentNode !== null && 'tagName' in parentNode && parentNode.tagName === 'head';
  if (inHead && ['meta', 'link', 'script'].includes(tagName)) {
    const isPlain =
      (tagName === 'meta' && (!value('http-equiv') || value('http-equiv') === 'Content-Security-Policy')) ||
      (tagName === 'link' &&
        /^(glossary|help|icon|modulepreload|stylesheet)$/.test(value('rel') ?? '') &&
        isHere(value('href'))) ||
      (tagName === 'script' &&
        value('type') === 'module' &&
        isHere(value('src')) &&
        element.childNodes.length === 0);
    if (!isPlain) complain('something foreign');
    return complaints;
  }
  if (!elements.has(tagName)) complain('a foreign element');
  if (tagName === 'input' && (value('type') !== 'checkbox' || value('disabled') === undefined))
    complain('a field');
  for (const { name, value: text } of attrs) {
    if (name.startsWith('on')) complain(`the handler ${name}`);
    else if (name === 'style') complain('an inline style');
    else if (!words.has(name)) complain(`the attribute ${name}`);
    if (name === 'href' && !(tagName === 'a' && isLink(text))) complain('an address that is not allowed');
    if (name === 'src' && !(tagName === 'img' && isPicture(text))) complain('a picture that is not allowed');
  }
  return complaints;
}

function resolved(address: string): URL | undefined {
  try {
    return new URL(address, own);
  } catch {
    return undefined;
  }
}

const isHere = (address: string | undefined): boolean =>
  address !== undefined && resolved(address)?.origin === new URL(own).origin;

function isLink(address: string): boolean {
  const url = resolved(address);
  if (url === undefined) return false;
  if (url.protocol === 'mailto:') return true;
  return ['http:', 'https:'].includes(url.protocol) && (isHere(address) || /^https?:/i.test(address));
}

function isPicture(address: string): boolean {
  const url = resolved(address);
  if (url?.protocol === 'data:') return /^image\/(png|jpeg|gif|webp)[;,]/.test(url.pathname);
  return isHere(address) && (url?.pathname.startsWith('/path/') ?? false) && !address.startsWith('/');
}
