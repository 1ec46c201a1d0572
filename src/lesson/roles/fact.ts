import { format } from '../../number/format.ts';
import { parseNumber } from '../../number/parse-number.ts';
import { type Precision, round } from '../../number/rounding.ts';
import type { Program } from '../../program/program.ts';
import { parsePlace, placeHash } from '../../session/links/place.ts';
import { attributes, escapeHtml } from '../markdown/html.ts';
import { splitAtBar } from '../markdown/source.ts';
import { runningModel } from '../page/page.ts';
import type { Role } from './role.ts';

/** A double has about so many significant digits; a longer quotation must be the number itself, to the bit. */
const comparable = 15;

/**
 * ``{fact}`lecture:δ2[1] | -0.0406` ``: a number in prose, checked against the engine's, rounded to as many digits as are quoted;
 * an error of rule `fact` where it differs. `lecture/full` stands for full precision, `@2` for the end of frame 2 (default 1).
 */
export const factRole: Role = (text, page, place) => {
  const { left, right: quoted, rightAt } = splitAtBar(text);
  const found = /^([^:@/\s]+)(?:\/(full|lesson))?(?:@(\d+))?\s*:\s*(\S.*)$/u.exec(left);
  if (found === null || !quoted) {
    const message = found ? 'quote the number after a bar' : 'a fact names a model and a cell';
    page.findings.error(place(0, text.length), 'fact', `${message}, as in lecture:δ2[1] | -0.0406`);
    return escapeHtml(quoted ?? left);
  }
  const [, id, run = 'lesson', frame = '1', cell] = found;
  const shown = `${quoted.replaceAll('-', '−')}`;
  const at = place(rightAt, quoted.length);
  const model = runningModel(page, id, place(0, id.length));
  if (model === undefined) return `<span class="fact">${escapeHtml(shown)}</span>`;
  const result = model.value(run === 'full' ? 'full' : 'lesson', Number(frame), cell);
  if ('message' in result) {
    page.findings.error(place(left.length - cell.length, cell.length), 'fact', result.message);
    return `<span class="fact">${escapeHtml(shown)}</span>`;
  }
  const wrong = contradiction(quoted, result.value);
  if (wrong !== undefined) {
    const where = `${id}${run === 'full' ? '/full' : ''}${frame === '1' ? '' : `@${frame}`}`;
    page.findings.error(at, 'fact', `${wrong.replace('#', `${where}:${cell}`)}`);
  }
  const classes = wrong === undefined ? 'fact' : 'fact fact-wrong';
  // A number of a model that no debugger shows is checked too, but leads nowhere.
  if (!page.instruments.has(id)) return `<span${attributes({ class: classes })}>${escapeHtml(shown)}</span>`;
  const name = parsePlace(`${id}@${frame}.${cell}`);
  if (name) page.contents.mentions(model.program as Program, name);
  const data = {
    class: classes,
    href: name && placeHash({ ...name, ...(run === 'full' && { precision: run }) }),
    'data-model': id,
    'data-frame': frame,
    'data-run': run,
    'data-cell': name?.cell ?? cell,
  };
  return `<a${attributes(data)}>${escapeHtml(shown)}</a>`;
};

/** How a quotation differs from the engine's number, as a message in which # stands for the cell; undefined where it agrees. */
function contradiction(quoted: string, value: number): string | undefined {
  const plain = quoted.replaceAll('−', '-');
  const read = parseNumber(plain);
  if ('error' in read) return `${quoted} is no number; # is ${format(value)}`;
  const digits = plain.replace(/(e|×).*/i, '');
  const decimals = /\.(\d*)$/.exec(digits)?.[1].length ?? 0;
  const significant = digits.replace(/[-.]/g, '').replace(/^0+(?=.)/, '').length;
  if (significant > comparable) {
    return read.value === value ? undefined : `# is ${format(value)} in full, not ${quoted}`;
  }
  const scientific = digits !== plain;
  const precision: Precision = scientific
    ? { kind: 'significant', digits: significant }
    : { kind: 'decimals', digits: decimals };
  const expected = format(value, { precision, minus: '-', pad: true });
  const holds = scientific ? read.value === round(value, precision) : expected === plain;
  return holds
    ? undefined
    : `# is ${expected.replace('-', '−')}, not ${quoted}; the engine gives ${format(value)}`;
}
