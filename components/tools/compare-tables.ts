import { html, nothing, type TemplateResult } from 'lit';
import { spokenCell } from '../../src/explain/spoken-cell.ts';
import { dataCell } from '../../src/explain/unrolled-tex.ts';
import { cellAt, cellName, type Formula, sizeOf } from '../../src/formula/model.ts';
import { spokenName, texName } from '../../src/formula/notation.ts';
import type { Side, StepDifference } from '../../src/machine/inspect/cell-pair.ts';
import { formatCount } from '../../src/number/format.ts';
import type { RunComparison } from '../../src/session/analysis/comparison.ts';
import type { Session } from '../../src/session/session.ts';
import { compareWords as words } from '../../src/words/tools/compare.ts';
import { math } from '../base/math.ts';
import { distinctTexts, percentText } from './compared-numbers.ts';

/** Cells of each quantity, and quantities, shown at most. */
const mostCells = 6;
const mostQuantities = 12;

const sign = (differs: boolean): TemplateResult | typeof nothing =>
  differs ? html`<span class="sign" role="img" aria-label=${words.differs}>≠</span>` : nothing;

/** A row of a table: a head, and the value in either run. */
function line(
  session: Session,
  head: unknown,
  here: number | undefined,
  there: number | undefined,
  of?: { readonly name: string; readonly cell: readonly number[] },
  missing = words.none,
): TemplateResult {
  const differs = !Object.is(here, there);
  const [one, other] =
    here !== undefined && there !== undefined
      ? distinctTexts(session, here, there, of?.name, of?.cell)
      : [here, there].map((value) =>
          value === undefined ? undefined : session.figures.text(value, of?.name, of?.cell),
        );
  const dot = html`<span class="pending" role="img" aria-label=${missing}>·</span>`;
  return html`<tr class=${differs ? 'differing' : ''}><th scope="row">${head}</th>
    <td>${one ?? dot}</td><td>${sign(differs)}${other ?? dot}</td></tr>`;
}

const heads = (): TemplateResult =>
  html`<thead><tr><td></td><th scope="col">${words.here}</th><th scope="col">${words.there}</th></tr></thead>`;

function cellHead(
  { model }: Session,
  formula: Pick<Formula, 'target' | 'version'>,
  cell: readonly number[],
): TemplateResult {
  const { target, version } = formula;
  return html`<button type="button" data-cell=${dataCell(target, cell)} data-version=${version}
    aria-label=${spokenCell(model, target, cell)} title=${words.goToCell(cellName(target, cell))}
    ><span ${math(`\\displaystyle ${texName(model, target, cell)}`, 'silent')}></span></button>`;
}

/**
 * A table of what both runs do at the session's present step: operands, result, stored value if the cell is finished; `≠` marks
 * what differs in any bit. `found` is the comparison at that step, its `here` the session's run; undefined before the first
 * step: then a sentence. A note says where the other run has no such step.
 */
export function operationTable(session: Session, found: StepDifference | undefined): TemplateResult {
  if (found === undefined) return html`<p class="quiet">${words.before}</p>`;
  const { here, there, formula, cell } = found;
  const operands = here.operation.operands.map((operand, n) => {
    const other = there?.operation.operands[n]?.value;
    if (operand.kind !== 'cell') return line(session, words.operand(n + 1), operand.value, other);
    const { name, version } = operand.reference;
    const head = cellHead(session, { target: name, version }, operand.cell);
    return line(session, head, operand.value, other, { name, cell: operand.cell });
  });
  const stored = (side: Side | undefined) => side?.stored;
  return html`<table class="cells compared">
    <caption>${words.atStep}: ${cellName(formula.target, cell)}</caption>
    ${heads()}
    <tbody>${operands}
      ${line(session, words.result, here.operation.value, there?.operation.value)}
      ${stored(here) === undefined && stored(there) === undefined ? nothing : line(session, words.stored, stored(here), stored(there), { name: formula.target, cell })}
    </tbody>
  </table>
  ${there === undefined ? html`<p class="quiet">${words.alone}</p>` : nothing}`;
}

/**
 * The numbers of the present pass in both runs (`two.here`: the session's), as far as they are computed, in a `<details>`:
 * looked up only while `isOpen`; `toggle` is called with the new state when the reader opens or closes it. Up to 12 quantities
 * around the present one, 6 cells of each. `nothing` before the first step.
 */
export function phaseTable(
  session: Session,
  two: RunComparison,
  isOpen: boolean,
  toggle: (isOpen: boolean) => void,
): TemplateResult | typeof nothing {
  const { moment, model } = session;
  const { location } = moment;
  if (location === undefined) return nothing;
  const all = model.formulas.filter(({ pass }) => pass === location.formula.pass);
  const at = Math.max(0, all.indexOf(location.formula) - Math.floor(mostQuantities / 2));
  const shown = all.slice(Math.min(at, Math.max(0, all.length - mostQuantities))).slice(0, mostQuantities);
  return html`<details class="numbers" ?open=${isOpen} @toggle=${(event: Event) => toggle((event.target as HTMLDetailsElement).open)}>
    <summary>${words.ofPhase(location.formula.phase)}</summary>
    ${
      isOpen
        ? html`<table class="cells compared">${heads()}${shown.map((formula) => section(session, two, formula))}</table>`
        : nothing
    }</details>`;
}

function section(session: Session, two: RunComparison, formula: Formula): TemplateResult {
  const { moment, model, machine } = session;
  const { target, version } = formula;
  const { shape } = machine.layout.slot(target, version);
  const size = sizeOf(shape);
  const { frame, location } = moment;
  const many = size > mostCells;
  const spread = many ? two.arrayDifference(frame, target, version) : undefined;
  const partner = two.alignment.of(formula);
  const chosen = new Set<string>();
  const add = (cell: readonly number[]) => chosen.size < mostCells && chosen.add(cell.join());
  if (location?.formula === formula) add(location.cell);
  if (spread !== undefined) add(cellAt(shape, spread.flat));
  for (let flat = 0; flat < Math.min(size, mostCells); flat++) add(cellAt(shape, flat));
  const cells = [...chosen].map((text) => (text === '' ? [] : text.split(',').map(Number)));
  cells.sort((a, b) => a.reduce((order, n, d) => order || n - b[d], 0));
  const count = spread
    ? words.someDiffer(formatCount(spread.count), formatCount(size), percentText(spread.relative))
    : words.allSame(formatCount(size));
  return html`<tbody>
    ${many && partner !== undefined ? html`<tr class="head"><th scope="rowgroup" colspan="3"><span class="of">${spokenName(model, target)}</span><span class="shape">${count}</span></th></tr>` : nothing}
    ${cells.map((cell) => {
      const isThere = moment.value(target, version, cell) !== undefined;
      const value = (run: typeof two.here) => (isThere ? run.value(frame, target, version, cell) : undefined);
      const other = partner !== undefined && two.there.layout.has(target, version) && sameShape(two, formula);
      return line(
        session,
        cellHead(session, formula, cell),
        value(two.here),
        other ? value(two.there) : undefined,
        { name: target, cell },
        isThere ? words.none : words.notYet,
      );
    })}
  </tbody>`;
}

const sameShape = ({ here, there }: RunComparison, { target, version }: Formula): boolean =>
  here.layout.slot(target, version).shape.join() === there.layout.slot(target, version).shape.join();
