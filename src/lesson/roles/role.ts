import type { FindingPlace } from '../markdown/finding.ts';
import type { Page } from '../page/page.ts';

/** Renders a role from the text between its ticks; `place` turns an offset in that text into a place in the lesson. */
export type Role = (
  text: string,
  page: Page,
  place: (offset: number, length: number) => FindingPlace,
) => string;
