import type { CSSResult } from 'lit';

/** Has a shadow tree adopt sheets after those it has; one that it has already is left where it is. */
export function adoptSheets(root: ShadowRoot, sheets: readonly CSSResult[]): void {
  const present = new Set(root.adoptedStyleSheets);
  for (const { styleSheet } of sheets) if (styleSheet !== undefined) present.add(styleSheet);
  if (present.size > root.adoptedStyleSheets.length) root.adoptedStyleSheets = [...present];
}
