import type { FindingPlace } from '../markdown/finding.ts';
import type { Page } from '../page/page.ts';

/**
 * Renders a role, ``{name}`text` ``, as HTML. The bar in `text` is shielded: see `splitAtBar`. `place` turns an offset in the
 * text, from 0, into a place in the lesson. Faults are added to the page's findings; nothing is thrown.
 */
export type Role = (
  text: string,
  page: Page,
  place: (offset: number, length: number) => FindingPlace,
) => string;
