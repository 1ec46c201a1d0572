import type { Locator } from 'playwright/test';

/** Moves a view of the debugger into a scroller of its own, of a size in CSS pixels, where the view stood; the scroller. */
export async function inTrialPlace(view: Locator, width: number, height: number): Promise<Locator> {
  await view.evaluate(
    (one, [w, h]) => {
      const root = one.getRootNode() as ShadowRoot;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`.trial { overflow: auto; inline-size: ${w}px; block-size: ${h}px; }`);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      const place = document.createElement('div');
      place.className = 'trial';
      one.before(place);
      place.append(one);
    },
    [width, height],
  );
  return view.page().locator('back-step .trial');
}
