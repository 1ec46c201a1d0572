import { escapeHtml } from '../markdown/html.ts';
import { unshield } from '../markdown/source.ts';
import type { Role } from './role.ts';

/** ``{number}`2.3` ``: a number that no model of the page computes, such as one that is cited. It is shown as it is written. */
export const numberRole: Role = (text, page, place) => {
  const written = unshield(text).trim();
  if (!/\d/.test(written)) page.findings.error(place(0, text.length), 'number', 'there is no number here');
  return escapeHtml(written);
};
