import { escapeHtml } from '../markdown/html.ts';
import { unshield } from '../markdown/source.ts';
import type { Page } from '../page/page.ts';
import { factRole } from './fact.ts';
import { numberRole } from './number.ts';
import type { Role } from './role.ts';
import { stepRole } from './step.ts';

/** The inline constructs, by the name in braces before the ticks. */
export const roles: ReadonlyMap<string, Role> = new Map([
  ['fact', factRole],
  ['number', numberRole],
  ['step', stepRole],
]);

/**
 * The HTML of a role; `text` and `place` as for `Role`. For an unknown name, an error is reported and the text is shown as
 * code.
 */
export function renderRole(name: string, text: string, page: Page, place: Parameters<Role>[2]): string {
  const role = roles.get(name);
  if (role !== undefined) return role(text, page, place);
  const known = [...roles.keys()].join(', ');
  page.findings.error(
    place(-name.length - 2, name.length),
    'role',
    `there is no role ${name}; there are ${known}`,
  );
  return `<code>${escapeHtml(unshield(text))}</code>`;
}
