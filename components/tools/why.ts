import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { CellReference } from '../../src/explain/explanation.ts';
import type { FrameCell, Origin } from '../../src/explain/origin.ts';
import { type LossChain, type OperandGroup, Provenance, type Writing } from '../../src/explain/provenance.ts';
import type { Readers } from '../../src/explain/reads.ts';
import { spokenCell } from '../../src/explain/spoken-cell.ts';
import { cellName } from '../../src/formula/model.ts';
import { texName } from '../../src/formula/notation.ts';
import { formatCount } from '../../src/number/format.ts';
import { cellsOfNumber, type NumberPlace } from '../../src/session/cells-of-number.ts';
import { findWrittenCell } from '../../src/session/links/cell-text.ts';
import { findCell } from '../../src/session/links/place.ts';
import { whyWords as words } from '../../src/words/tools/why.ts';
import { CellField } from '../base/cell-field.ts';
import { cellNames } from '../base/cell-names.ts';
import { cellOfElement, sameCell } from '../base/cell-reference.ts';
import { math } from '../base/math.ts';
import { showInPlace } from '../base/own-place.ts';
import { SessionView } from '../base/session-view.ts';
import { overlaysOf } from '../drawing/overlays.ts';
import { TermLinks } from './term-links.ts';
import { whyStyles } from './why.styles.ts';
import { chainTemplate } from './why-chain.ts';
import { ExpandedLists, WhyLists } from './why-lists.ts';
import { writingTemplate } from './why-writing.ts';

/** Other cells with the same number that are offered. */
const mostAlike = 8;

/** Earlier cells kept in the trail. */
const mostAsked = 6;

/** Everything about a cell that does not depend on the present step. */
interface Answer {
  readonly cell: FrameCell;
  readonly value: number;
  readonly origin: Origin;
  readonly writing: Writing | undefined;
  readonly operands: readonly OperandGroup[];
  readonly readers: readonly Readers[];
  readonly losses: readonly string[];
}

/**
 * `<bs-why>`: why a number has its value: the operation that wrote it, the cells it read, the cells that read it, and how the
 * loss depends on it by the chain rule; the paths of that are shown over the drawing. `ask` selects the cell.
 */
export class WhyView extends SessionView {
  static override readonly sheet = whyStyles;
  static override properties = {
    ...SessionView.properties,
    trail: { state: true },
    problem: { state: true },
  };
  /** The cells explained so far; the last one is shown. */
  declare trail: readonly FrameCell[];
  /** The message about a typed cell name; empty where there is none. */
  declare problem: string;
  /** Other cells with the number that was typed. */
  private alike: readonly NumberPlace[] = [];
  private whys: Provenance | undefined;
  private termsMade: TermLinks | undefined;
  private answered: { readonly key: string; readonly answer: Answer } | undefined;
  private chained: { readonly key: string; readonly chain: LossChain | undefined } | undefined;
  private loss: string | undefined;
  private readonly unfolded = new ExpandedLists(() => this.requestUpdate());
  private shown = '';

  constructor() {
    super();
    new CellField(this, '#why-cell');
    this.trail = [];
    this.problem = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.trail.length === 0) this.ask(undefined);
    this.addEventListener('click', this.clicked);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('click', this.clicked);
    this.shown = '';
    overlaysOf(this.session).hide('why');
  }

  /**
   * Explains a cell (indices from 1), in the present frame where none is given; without a cell the one at work. Does nothing
   * where there is none either.
   */
  ask(cell: (CellReference & { readonly frame?: number }) | undefined): void {
    const { moment, machine } = this.session;
    const { name, version, cell: at } = cell ?? this.atWork ?? {};
    if (name === undefined || version === undefined || at === undefined) return;
    // Views may name the new version of any number; only updated ones have it.
    const own = machine.layout.has(name, version) ? version : 'old';
    this.follow({ frame: cell?.frame ?? moment.frame, name, version: own, cell: at });
  }

  /** Scrolls the view's own place to the start of the answer, and nothing else, so that the drawing stays in sight. */
  show(): void {
    const head = this.querySelector('.why-head');
    if (head !== null) showInPlace(head);
  }

  private get atWork(): CellReference | undefined {
    return this.session.explanation?.target;
  }

  private get asked(): FrameCell | undefined {
    return this.trail[this.trail.length - 1];
  }

  private go(trail: readonly FrameCell[]): void {
    this.trail = trail;
    this.problem = '';
    this.alike = [];
    this.unfolded.clear();
  }

  /** Explains another cell, and keeps the trail back. */
  private follow(cell: FrameCell): void {
    const at = this.trail.findIndex((one) => one.frame === cell.frame && sameCell(one, cell));
    this.go(at < 0 ? [...this.trail.slice(-mostAsked), cell] : this.trail.slice(0, at + 1));
  }

  /** Cells in this view are of the explained frame, which need not be the present one. */
  private readonly clicked = (event: Event): void => {
    const { target } = event;
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null;
    const found = element === null ? undefined : cellOfElement(element);
    if (element === null || found === undefined || this.asked === undefined) return;
    if (getSelection()?.type === 'Range') return;
    event.stopPropagation();
    const cell = { ...found, frame: Number(element.dataset.frame ?? this.asked.frame) };
    if ((event as MouseEvent).shiftKey) this.follow(cell);
    else this.visit(cell);
  };

  /** Goes to the step that stored a cell, or to the frame's start where the frame finds it. */
  private visit(cell: FrameCell): void {
    const { session } = this;
    const origin = this.of().origin(cell);
    if (origin.kind === 'computed') session.goTo(session.machine.stepAt(cell.frame, origin.last));
    else if (origin.kind === 'renewed') this.visit(origin.from);
    else session.goTo(session.machine.stepAt(cell.frame, 0));
  }

  private of(): Provenance {
    const { machine } = this.session;
    if (this.whys?.machine !== machine) {
      this.whys = new Provenance(machine);
      this.answered = undefined;
      this.chained = undefined;
    }
    return this.whys;
  }

  private get terms(): TermLinks {
    const { model } = this.session;
    if (this.termsMade?.model !== model) this.termsMade = new TermLinks(model);
    return this.termsMade;
  }

  private get lists(): WhyLists {
    return new WhyLists(this.session, this.of(), this.unfolded, (cell) => this.follow(cell));
  }

  private keyOf({ frame, name, version, cell }: FrameCell): string {
    const { precision, digits, mode } = this.session.state;
    return `${precision} ${digits} ${mode} ${frame} ${version} ${cellName(name, cell)}`;
  }

  private answer(cell: FrameCell): Answer {
    const whys = this.of();
    const key = this.keyOf(cell);
    if (this.answered?.key === key) return this.answered.answer;
    const answer = {
      cell,
      value: whys.value(cell),
      origin: whys.origin(cell),
      writing: whys.writing(cell, this.session.figures),
      operands: whys.operands(cell),
      readers: whys.readers(cell),
      losses: whys.lossesOf(cell),
    };
    this.answered = { key, answer };
    this.chained = undefined;
    return answer;
  }

  private chain({ cell, losses }: Answer): { loss: string; chain: LossChain | undefined } | undefined {
    const loss = losses.find((one) => one === this.loss) ?? losses[0];
    if (loss === undefined) return undefined;
    const key = `${loss} ${this.keyOf(cell)}`;
    if (this.chained?.key !== key) this.chained = { key, chain: this.of().chain(cell, loss) };
    return { loss, chain: this.chained.chain };
  }

  /** Another model may lack the explained cells. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('session');
    if (before === undefined) return;
    overlaysOf(before).hide('why');
    this.shown = '';
    const { model, machine } = this.session;
    this.trail = this.trail.filter(
      ({ name, version, cell }) =>
        machine.layout.has(name, version) && !('message' in findCell(model, cellName(name, cell))),
    );
  }

  protected override render(): TemplateResult {
    const { asked } = this;
    return html`<div class="why">${this.askTemplate()}${asked === undefined ? nothing : this.answerTemplate(this.answer(asked))}</div>`;
  }

  private askTemplate(): TemplateResult {
    const { asked, atWork, problem, session } = this;
    const isOther = atWork !== undefined && (asked === undefined || !sameCell(asked, atWork));
    return html`<form class="why-ask" novalidate @submit=${this.submit}>
        <label for="why-cell">${words.ask}</label>
        <input id="why-cell" class="number" list="why-names" autocomplete="off" spellcheck="false" aria-label=${words.field} placeholder=${words.example}
          aria-invalid=${problem === '' ? 'false' : 'true'} aria-describedby="why-problem" />
        ${cellNames('why-names', session.model)}
        <button type="submit" class="small">${words.show}</button>
        ${
          isOther
            ? html`<button type="button" class="text-button" @click=${() => this.ask(undefined)}>${words.atWork(cellName(atWork.name, atWork.cell))}</button>`
            : nothing
        }
      </form>
      <p id="why-problem" class="problem" role="alert">${problem}</p>
      ${this.alikeTemplate()}
      ${asked === undefined ? html`<p class="quiet">${words.none}</p>` : nothing}
      ${
        this.trail.length < 2
          ? nothing
          : html`<nav aria-label=${words.trail}><ol class="why-trail">${this.trail.slice(0, -1).map(
              (
                one,
                at,
              ) => html`<li><button type="button" class="text-button" @click=${() => this.go(this.trail.slice(0, at + 1))}
                aria-label=${words.whyCell(spokenCell(session.model, one.name, one.cell))}>${cellName(one.name, one.cell)}${
                  one.frame === asked?.frame ? '' : ` ${words.inIteration(formatCount(one.frame))}`
                }</button></li>`,
            )}</ol></nav>`
      }`;
  }

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    const text = this.querySelector<HTMLInputElement>('#why-cell')?.value ?? '';
    const { model, moment } = this.session;
    const numbers = cellsOfNumber(this.session, text);
    if (numbers !== undefined) {
      if (numbers.length === 0) this.problem = words.noNumber(text.trim());
      else this.askOneOf(numbers);
      return;
    }
    const found = findWrittenCell(model, text);
    if ('message' in found) this.problem = `${found.message}.`;
    else this.ask({ ...found, version: moment.newest(found.name, found.cell).version });
  };

  /** Explains the first of some cells with the same number, and offers the others. */
  private askOneOf(numbers: readonly NumberPlace[]): void {
    this.ask(numbers[0]);
    this.alike = numbers.slice(1, 1 + mostAlike);
  }

  private alikeTemplate(): TemplateResult | typeof nothing {
    if (this.alike.length === 0) return nothing;
    return html`<p class="quiet">${words.alike} ${this.alike.map(
      (one) =>
        html`<button type="button" class="text-button" @click=${() => this.ask(one)}>${cellName(one.name, one.cell)}</button> `,
    )}</p>`;
  }

  private answerTemplate(answer: Answer): TemplateResult {
    const { cell, losses } = answer;
    const chain = this.chain(answer);
    const writing = answer.writing === undefined ? nothing : writingTemplate(answer.writing);
    // Of the number at work the step card beside has the formula; what it reads is nowhere else.
    const { atWork } = this;
    const isOnCard =
      atWork !== undefined && sameCell(cell, atWork) && cell.frame === this.session.moment.frame;
    return html`${this.headTemplate(answer)}
      ${isOnCard ? nothing : writing}
      ${answer.operands.length === 0 ? nothing : this.lists.operands(cell.frame, answer.operands)}
      ${this.lists.readers(cell, answer.readers)}
      ${
        chain === undefined
          ? html`<p class="quiet">${this.of().losses.length === 0 ? words.noLoss : words.noChain(this.of().losses[0])}</p>`
          : html`<h3>${words.derivative(chain.loss)}</h3>
            ${losses.length < 2 ? nothing : this.lossesTemplate(losses, chain.loss)}
            ${
              chain.chain === undefined
                ? html`<p class="quiet">${(this.of().isCrowded(cell, chain.loss) ? words.tooMany : words.noChain)(chain.loss)}</p>`
                : chainTemplate({
                    whys: this.of(),
                    figures: this.session.figures,
                    frame: cell.frame,
                    found: chain.chain,
                    isItself: sameCell(chain.chain.by, cell),
                    link: (one) => this.lists.link({ ...one, frame: cell.frame }),
                  })
            }`
      }
      ${isOnCard ? writing : nothing}`;
  }

  private headTemplate({ cell, value, origin }: Answer): TemplateResult {
    const { session } = this;
    const { model, figures, program, moment } = session;
    const { frame, name, version, cell: at } = cell;
    const where = [words.inIteration(formatCount(frame))];
    if (origin.kind === 'computed')
      where.push(words.step(formatCount(origin.last), formatCount(program.size)));
    if (session.machine.layout.has(name, 'new')) where.push(version === 'new' ? words.renewed : words.old);
    return html`<p class="why-head ${origin.kind === 'computed' ? origin.formula.phase : ''}">
        <span class="is" ${math(`${texName(model, name, at)} = ${figures.tex(value, name, at)}`)}></span>
        <span class="where">${where.join(', ')}${this.pendingText(cell)}</span>
        ${this.terms.template(name)}
        ${origin.kind === 'computed' ? nothing : html`<span class="from">${this.lists.origin(origin)}</span>`}
        ${
          frame === moment.frame
            ? nothing
            : html`<button type="button" class="text-button" @click=${() => this.follow({ ...cell, frame: moment.frame })}
                >${words.thisFrame(cellName(name, at), formatCount(moment.frame))}</button>`
        }
      </p>`;
  }

  /** Added for a cell that the present step has not reached yet. */
  private pendingText(cell: FrameCell): string {
    const step = this.lists.pendingStep(cell);
    return step === undefined ? '' : `; ${words.notYet(formatCount(step))}`;
  }

  private lossesTemplate(losses: readonly string[], chosen: string): TemplateResult {
    return html`<p><label>${words.chainOf}
      <select @change=${(event: Event) => {
        this.loss = (event.target as HTMLSelectElement).value;
        this.requestUpdate();
      }}>${losses.map((one) => html`<option ?selected=${one === chosen}>${one}</option>`)}</select></label></p>`;
  }

  protected override updated(): void {
    this.light();
  }

  /** Shows the paths over the drawing while it shows their frame. */
  private light(): void {
    const { asked, session } = this;
    const overlays = overlaysOf(session);
    const isHere = asked !== undefined && asked.frame === session.moment.frame;
    const chain = isHere ? this.chained?.chain : undefined;
    const key = isHere ? `${this.answered?.key} ${this.chained?.key}` : '';
    if (key === this.shown) return;
    this.shown = key;
    if (!isHere) {
      overlays.hide('why');
      return;
    }
    const stops = chain?.chain.cells ?? [];
    const paths = (chain?.paths ?? []).map((path) => path.cells.map((at) => stops[at]).reverse());
    overlays.show('why', {
      cells: [{ name: asked.name, cell: asked.cell, kind: 'noted', sign: '?', tooltip: words.badge }],
      paths,
    });
  }

  /** The answer in a sentence, to be announced. */
  get sentence(): string {
    const { asked, session } = this;
    if (asked === undefined) return words.none;
    const { value, operands } = this.answer(asked);
    const { model, figures } = session;
    const reads = operands.reduce((sum, { cells }) => sum + cells.length, 0);
    const parts = [
      words.spoken(spokenCell(model, asked.name, asked.cell), figures.text(value, asked.name, asked.cell)),
      ...(reads > 0 ? [words.spokenReads(reads)] : []),
    ];
    return parts.join(' ');
  }
}
