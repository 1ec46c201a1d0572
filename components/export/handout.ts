import { html, nothing, render, type TemplateResult } from 'lit';
import { Figures } from '../../src/explain/figures.ts';
import {
  type DerivedCell,
  derivedCells,
  derivedFormula,
  derivedFunctions,
  startingNumbers,
} from '../../src/export/latex/derivation-lines.ts';
import { cellTex, equationTex, runText } from '../../src/export/latex/latex.ts';
import { Moment } from '../../src/machine/moment.ts';
import { formatCount } from '../../src/number/format.ts';
import type { Steps } from '../../src/program/program.ts';
import type { Session } from '../../src/session/session.ts';
import { exportDialogWords } from '../../src/words/export/export-dialog.ts';
import { handoutWords as words } from '../../src/words/export/handout.ts';
import { math } from '../base/math.ts';
import { katexStyles } from '../theme/katex.ts';
import { handoutStyles, pageStyles } from './handout.styles.ts';
import { standaloneDrawing } from './svg-file.ts';

/** More cells than this make a handout too long to print, and slow to set. */
const mostCells = 600;
/** Milliseconds to wait for fonts. */
const patience = 3000;
/** Milliseconds within which a browser that prints sends `beforeprint`. */
const soon = 1000;

let closeLast: (() => void) | undefined;

/** Removes the handout if the browser has not sent `afterprint`; does nothing without one. */
export const closeHandout = (): void => closeLast?.();

/**
 * Prints the cells of steps `first` to `last` (inclusive, across frames) with all that is needed to follow them on paper:
 * drawing (none if undefined), formulas, starting numbers, derivation. Meanwhile a sheet is in the page's document, and only it
 * is printed; it is removed after printing. Resolves with a sentence where it cannot be printed, as with more than 600 cells,
 * and undefined otherwise.
 */
export async function printHandout(
  session: Session,
  steps: Steps,
  drawing: SVGSVGElement | undefined,
): Promise<string | undefined> {
  closeHandout();
  const figures = new Figures(session.model, session.state.precision, session.state.digits);
  const cells: DerivedCell[] = [];
  for (const cell of derivedCells(session.machine, steps, figures)) {
    cells.push(cell);
    if (cells.length > mostCells) return exportDialogWords.tooManyCells(formatCount(mostCells));
  }
  const sheet = document.createElement('div');
  sheet.className = 'backstep-handout';
  sheet.setAttribute('aria-hidden', 'true');
  sheet.inert = true;
  const root = sheet.attachShadow({ mode: 'open' });
  const own = [katexStyles, handoutStyles].flatMap(({ styleSheet }) => styleSheet ?? []);
  root.adoptedStyleSheets = own;
  render(handout(session, steps, cells, figures), root);
  if (drawing !== undefined) root.querySelector('figure')?.append(standaloneDrawing(drawing, session));
  const page = pageStyles.styleSheet as CSSStyleSheet;
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, page];
  document.body.append(sheet);
  const close = (): void => {
    sheet.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== page);
    window.removeEventListener('afterprint', close);
    if (closeLast === close) closeLast = undefined;
  };
  closeLast = close;
  await Promise.race([document.fonts.ready, new Promise((done) => setTimeout(done, patience))]);
  return (await print(close)) ? undefined : exportDialogWords.noPrinting;
}

/** Whether the browser prints: in a sandboxed frame `print` does nothing, silently. */
async function print(close: () => void): Promise<boolean> {
  let isPrinting = false;
  const begun = (): void => {
    isPrinting = true;
  };
  window.addEventListener('beforeprint', begun, { once: true });
  window.addEventListener('afterprint', close);
  window.print();
  if (!isPrinting) await new Promise((done) => setTimeout(done, soon));
  window.removeEventListener('beforeprint', begun);
  if (!isPrinting) close();
  return isPrinting;
}

function handout(
  session: Session,
  steps: Steps,
  cells: readonly DerivedCell[],
  figures: Figures,
): TemplateResult {
  const { machine, model } = session;
  const { frame } = new Moment(machine, steps.first);
  const numbers = startingNumbers(machine, frame, figures);
  const functions = derivedFunctions(model, model.formulas);
  return html`<article lang=${document.documentElement.lang || nothing}>
    <header>
      <h1>${words.title(session.name)}</h1>
      <p>${document.title}</p>
      <p>${runText(machine)}</p>
    </header>
    <figure></figure>
    <h2>${words.formulas}</h2>
    ${model.passes.map(
      ({ phase }, pass) => html`<h3 class=${phase}>${words[phase]}</h3>
        ${model.formulas
          .filter((formula) => formula.pass === pass)
          .map(
            (formula) =>
              html`<div class="line" ${math(equationTex(derivedFormula(model, formula)), 'display')}></div>`,
          )}`,
    )}
    ${
      functions.length === 0
        ? nothing
        : html`<h3>${words.functions}</h3>${functions.map((one) => html`<div class="line" ${math(equationTex(one), 'display')}></div>`)}`
    }
    ${
      numbers.length === 0
        ? nothing
        : html`<h2>${words.numbers(formatCount(frame))}</h2>
          <div class="numbers">${numbers.map((one) => html`<div class="line" ${math(one, 'display')}></div>`)}</div>`
    }
    ${cells.map((cell, at) => derivation(session, cell, cells[at - 1]))}
  </article>`;
}

/** A cell's derivation, under headings where its iteration, pass or formula is new. */
function derivation({ model }: Session, cell: DerivedCell, before: DerivedCell | undefined): TemplateResult {
  const { frame, formula } = cell;
  const isNewPart = before?.frame !== frame || before.formula.phase !== formula.phase;
  const isNewFormula = isNewPart || before.formula !== formula;
  return html`${isNewPart ? html`<h2 class=${formula.phase}>${words.part(formatCount(frame), words[formula.phase])}</h2>` : nothing}
    ${isNewFormula ? html`<div class="general" ${math(equationTex(derivedFormula(model, formula)), 'display')}></div>` : nothing}
    <div class="line" ${math(cellTex(cell), 'display')}></div>`;
}
