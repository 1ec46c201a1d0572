import type { Program } from '../../program/program.ts';
import { formatPlace, parsePlace, placeHash, stepOfPlace } from '../../session/links/place.ts';
import { attributes, escapeHtml } from '../markdown/html.ts';
import { splitAtBar } from '../markdown/source.ts';
import { runningModel } from '../page/page.ts';
import type { Role } from './role.ts';

/**
 * ``{step}`lecture@backward.δ1[1] | the hidden unit` ``: a link that moves the debugger to a step; an error where there is no
 * such step. `lecture/full@…` has it compute in full precision there.
 */
export const stepRole: Role = (text, page, place) => {
  const { left, right: label } = splitAtBar(text);
  const written = left.replace(/^([^@]*)\/full(?=@|\s*$)/, '$1');
  const isFull = written !== left;
  const found = parsePlace(written);
  const here = place(text.length - text.trimStart().length, left.length);
  const shown = label ?? found?.cell ?? (found && formatPlace(found)) ?? left;
  const plain = `<span class="step">${escapeHtml(shown)}</span>`;
  if (found === undefined) {
    page.findings.error(here, 'step', 'a step names a model and a place in it, as in lecture@backward.δ1[1]');
    return plain;
  }
  const model = runningModel(page, found.model, here);
  if (model === undefined) return plain;
  const reached = stepOfPlace(model.program as Program, found);
  if ('message' in reached) {
    page.findings.error(here, 'step', reached.message);
    return plain;
  }
  if (!page.instruments.has(found.model)) {
    page.findings.error(
      here,
      'step',
      `no debugger on this page shows ${found.model}: write :::{debugger} ${found.model}`,
    );
    return plain;
  }
  page.contents.mentions(model.program as Program, found);
  const data = {
    class: 'step',
    href: placeHash({ ...found, ...(isFull && { precision: 'full' }) }),
    'data-model': found.model,
    'data-run': isFull ? 'full' : undefined,
    'data-frame': found.frame,
    'data-pass': found.pass,
    'data-cell': found.cell,
    'data-operation': found.operation,
  };
  return `<a${attributes(data)}>${escapeHtml(shown)}</a>`;
};
