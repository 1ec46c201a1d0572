import { figureOptions } from '../../src/figure/base/kinds.ts';
import type { FigurePicture } from '../../src/figure/base/picture.ts';
import type { FigureText } from '../../src/figure/base/reader.ts';
import { type Figure, readFigure } from '../../src/figure/figure.ts';
import { Moment } from '../../src/machine/moment.ts';
import { formatCount } from '../../src/number/format.ts';
import type { Program } from '../../src/program/program.ts';
import type { Session } from '../../src/session/session.ts';
import type { SessionState } from '../../src/session/state.ts';
import { figureWords as words } from '../../src/words/figure/figure.ts';
import { drawMarks } from '../charts/marks.ts';

/** What a figure element shows. */
interface Shown {
  readonly program: Program;
  readonly figure: Figure | { readonly message: string };
  state?: SessionState;
  furthest?: number;
}

const shown = new WeakMap<HTMLElement, Shown>();
/** The figures that are no longer as the page came with them. */
const redrawn = new WeakSet<HTMLElement>();

/** What of a session is to be shown. */
export interface Wanted {
  /** Whether it is the furthest iteration that has been run. */
  readonly isFurthest: boolean;
  /** Whether its formulas are the lesson's. */
  readonly isLessons: boolean;
}

/**
 * Shows a session's present numbers in a figure of the page, which says in its data what it is of, or those of the furthest iteration that
 * has been run. Does nothing, and returns false, where they are shown. Before the first step it is what the first iteration comes to:
 * nothing at all could be seen then, nor what a change is going to do.
 */
export function show(element: HTMLElement, session: Session, { isFurthest, isLessons }: Wanted): boolean {
  const { program, state } = session;
  let known = shown.get(element);
  if (known?.program !== program) {
    known = { program, figure: readFigure(program, textOf(element)) };
    shown.set(element, known);
  }
  // Training goes on while the reader stays where they are.
  if (known.state === state && known.furthest === session.furthest) return false;
  known.state = state;
  known.furthest = session.furthest;
  const { figure } = known;
  if ('message' in figure) {
    tell(element, `${words.wrong} ${figure.message}.`);
    return true;
  }
  element.querySelector(':scope > .problem')?.remove();
  // Where the step is about all samples of a batch, the one that was seen last stays in sight.
  const sample = session.sample ?? Number(element.dataset.sample ?? 1);
  element.dataset.sample = String(sample);
  const { machine, furthest, moment } = session;
  const isBefore = moment.step === 0;
  const isAsPublished =
    isLessons && state.precision === 'lesson' && state.mode === 'train' && state.changes.present.length === 0;
  // The page came with it, and with more iterations than have been run here.
  if (isBefore && isAsPublished && furthest <= 1 && !redrawn.has(element)) return false;
  redrawn.add(element);
  const frame = isFurthest ? Math.max(furthest, moment.frame) : moment.frame;
  const isAhead = isBefore || frame > moment.frame;
  const picture = figure.at(isAhead ? new Moment(machine, frame * program.size) : moment, sample);
  draw(element, picture, isAhead ? words.afterIteration(formatCount(frame)) : '');
  return true;
}

const textOf = ({ dataset }: HTMLElement): FigureText =>
  Object.fromEntries(
    figureOptions.flatMap((key) => (dataset[key] === undefined ? [] : [[key, dataset[key]]])),
  );

/** The formulas that are in force now may not have what the figure shows. */
function tell(element: HTMLElement, message: string): void {
  const problem = element.querySelector(':scope > .problem') ?? document.createElement('p');
  problem.className = 'problem';
  problem.textContent = message;
  element.prepend(problem);
}

/** `when` says which numbers these are where they are not those of the step. */
function draw(element: HTMLElement, picture: FigurePicture, when: string): void {
  const svg = element.querySelector('svg');
  if (svg === null) return;
  svg.setAttribute('viewBox', `0 0 ${picture.width} ${picture.height}`);
  svg.setAttribute('aria-label', picture.text);
  drawMarks(svg, picture.marks, element.dataset.model ?? '');
  const said = element.querySelector('.when');
  if (said !== null) said.textContent = when;
  const body = element.querySelector('tbody');
  if (body !== null) fill(body, picture.table.slice(1));
}

/** Has a table's body have these rows, the first text of each as its head. */
function fill(body: HTMLTableSectionElement, rows: FigurePicture['table']): void {
  while (body.rows.length > rows.length) body.deleteRow(-1);
  for (const [at, texts] of rows.entries()) {
    const row = body.rows[at] ?? body.insertRow();
    if (row.cells.length === 0) {
      const head = document.createElement('th');
      head.scope = 'row';
      row.append(head);
    }
    for (const [n, text] of texts.entries()) {
      const cell = row.cells[n] ?? row.insertCell();
      if (cell.textContent !== text) cell.textContent = text;
    }
  }
}
