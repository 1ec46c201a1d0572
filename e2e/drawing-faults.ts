import type { Session } from '../src/session/session.ts';

/** A size of the drawing's region, in CSS pixels. */
export interface Region {
  readonly width: number;
  readonly height: number;
}

type Debugger = HTMLElement & { session: Session; updateComplete: Promise<unknown> };

/** Gives the drawings of a page a region of their own in the window's corner; runs in the page. */
export function placeDrawings({ width, height }: Region): void {
  for (const element of document.querySelectorAll<HTMLElement>('back-step')) {
    const root = element.shadowRoot as ShadowRoot;
    const held = element as HTMLElement & { regionSheet?: CSSStyleSheet };
    if (held.regionSheet === undefined) {
      held.regionSheet = new CSSStyleSheet();
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, held.regionSheet];
      // A container is what fixed elements in it are placed by.
      element.style.setProperty('container-type', 'normal');
    }
    held.regionSheet.replaceSync(
      `.drawing { --whole: 1; position: fixed !important; inset: 0 auto auto 0 !important; box-sizing: border-box !important;
        padding: 0 !important; inline-size: ${width}px !important; block-size: ${height}px !important; }`,
    );
  }
}

/**
 * Shows a step of the page's debugger number `at` and says what is wrong with the text in its drawing: too small, outside of its box
 * or of the picture, on other text, on an edge, or under a frame or badge; or that the cell at work is out of sight. Runs in the page.
 */
export async function drawingFaults({ at, step }: { at: number; step: number }): Promise<string[]> {
  const element = document.querySelectorAll<Debugger>('back-step')[at];
  const root = element.shadowRoot as ShadowRoot;
  const frames = async (count: number) => {
    for (let n = 0; n < count; n++) await new Promise((done) => requestAnimationFrame(done));
  };
  element.session.goTo(step);
  await element.updateComplete;
  await frames(3);
  const drawing = root.querySelector('bs-network-drawing') as HTMLElement;
  const found: string[] = [];

  interface Box {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  }
  const meets = (a: Box, b: Box, by = 0.6) =>
    a.left + by < b.right && b.left + by < a.right && a.top + by < b.bottom && b.top + by < a.bottom;
  const holds = (outer: Box, inner: Box, by = 0.6) =>
    inner.left >= outer.left - by &&
    inner.right <= outer.right + by &&
    inner.top >= outer.top - by &&
    inner.bottom <= outer.bottom + by;

  /** The ink of a text's runs, in CSS pixels of the window. */
  const inkOf = (text: SVGTextElement): { boxes: Box[]; size: number } => {
    const boxes: Box[] = [];
    let size = Number.POSITIVE_INFINITY;
    const leaves = [...text.querySelectorAll('tspan')].filter((one) => one.childElementCount === 0);
    for (const run of leaves.length > 0 ? leaves : [text]) {
      if (!/[^\s\u200b]/.test(run.textContent ?? '')) continue;
      const matrix = text.getScreenCTM() as DOMMatrix;
      const own = Number.parseFloat(getComputedStyle(run).fontSize);
      size = Math.min(size, own * matrix.a);
      const start = run.getStartPositionOfChar(0);
      const from = new DOMPoint(start.x, start.y).matrixTransform(matrix);
      const height = own * matrix.a;
      const deep = /[gjpqyQ,;[\]()|]/.test(run.textContent ?? '') ? 0.2 : 0;
      const tall = /^[acegmnopqrsuvwxyz…·−,.]+$/.test(run.textContent ?? '') ? 0.52 : 0.7;
      boxes.push({
        left: from.x,
        right: from.x + run.getComputedTextLength() * matrix.a,
        top: from.y - tall * height,
        bottom: from.y + deep * height,
      });
    }
    return { boxes, size };
  };

  for (const svg of drawing.querySelectorAll<SVGSVGElement>('svg.network, .unrolled > svg, .grid svg')) {
    const picture = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].map((text) => ({ text, ...inkOf(text) }));
    const said = (text: SVGTextElement) => `"${(text.textContent ?? '').replaceAll('\u200b', '')}"`;
    const lines = [...svg.querySelectorAll<SVGRectElement>('rect.mark:not(.read), rect.on-path')].map(
      (rect) => {
        const { left, top, right, bottom } = rect.getBoundingClientRect();
        // Half of the line lies within the rectangle, half outside.
        const half =
          (Number.parseFloat(getComputedStyle(rect).strokeWidth) / 2) * (rect.getScreenCTM()?.a ?? 1);
        const inner = { left: left + half, top: top + half, right: right - half, bottom: bottom - half };
        const outer = { left: left - half, top: top - half, right: right + half, bottom: bottom + half };
        return { inner, outer };
      },
    );
    const badges = [...svg.querySelectorAll('.badge circle')];
    const edges = [...svg.querySelectorAll<SVGPathElement>('.edges path.edge')];
    for (const [n, { text, boxes, size }] of texts.entries()) {
      if (boxes.length === 0) continue;
      if (size < 10.99) found.push(`${said(text)} has ${size.toFixed(2)} px`);
      if (boxes.some((box) => !holds(picture, box))) found.push(`${said(text)} leaves the picture`);
      const cell = text.closest('.unit [data-cell]');
      const body =
        text.closest('.moment-of')?.querySelector('.body') ??
        (text.closest('.tab') ? text.closest('.tab')?.querySelector('.body') : cell?.querySelector('.aim'));
      if (body && !text.closest('.badge') && boxes.some((box) => !holds(body.getBoundingClientRect(), box)))
        found.push(`${said(text)} leaves its box`);
      if (!text.closest('.badge')) {
        if (lines.some(({ inner, outer }) => boxes.some((box) => meets(box, outer) && !holds(inner, box))))
          found.push(`${said(text)} is under a frame`);
        if (badges.some((badge) => boxes.some((box) => meets(box, badge.getBoundingClientRect(), 1.5))))
          found.push(`${said(text)} is under a badge`);
      }
      for (const other of texts.slice(n + 1))
        if (boxes.some((a) => other.boxes.some((b) => meets(a, b))))
          found.push(`${said(text)} lies on ${said(other.text)}`);
      if (text.closest('.omissions') && !text.previousElementSibling?.matches('.ground'))
        for (const edge of edges) {
          const matrix = edge.getScreenCTM() as DOMMatrix;
          const length = edge.getTotalLength();
          for (let along = 0; along <= length; along += 3) {
            const { x, y } = edge.getPointAtLength(along).matrixTransform(matrix);
            if (
              boxes.some(({ left, right, top, bottom }) => x > left && x < right && y > top && y < bottom)
            ) {
              found.push(`${said(text)} is crossed by an edge`);
              break;
            }
          }
        }
    }
  }

  const sight = drawing.querySelector('.sight')?.getBoundingClientRect();
  // A shared weight is at work in several places, of which one is enough.
  const targets = [...drawing.querySelectorAll('.mark.target, td.target')].map((one) =>
    one.getBoundingClientRect(),
  );
  const isSeen = (target: DOMRect) =>
    sight === undefined ||
    (target.width > sight.width || target.height > sight.height
      ? meets(sight, target)
      : holds(sight, target, 3));
  if (targets.length > 0 && !targets.some(isSeen)) found.push('the cell at work is out of sight');
  const region = (root.querySelector('.drawing') as HTMLElement).getBoundingClientRect();
  for (const part of drawing.querySelectorAll(
    '.sight, .foot, .foot .rates, .foot .sights button, .foot .legend, .foot .abridged',
  )) {
    const box = part.getBoundingClientRect();
    // A sentence without room beside the rates is in a line below, out of sight.
    const line = part.closest('.says')?.getBoundingClientRect();
    if (line !== undefined && box.top >= line.bottom - 1) continue;
    if (box.width > 1 && !holds(region, box, 1)) found.push(`${part.className} leaves the region`);
  }
  const rates = drawing.querySelector('.foot .rates');
  if (rates && rates.scrollWidth > rates.clientWidth + 1 && drawing.querySelector('.foot .says')?.clientWidth)
    found.push('the rates yield to other text');
  return [...new Set(found)];
}
