import { html, nothing, type TemplateResult } from 'lit';
import type { CheckedCell } from '../../src/check/gradient-check.ts';
import { spokenCell } from '../../src/explain/spoken-cell.ts';
import { dataCell } from '../../src/explain/unrolled-tex.ts';
import { cellName } from '../../src/formula/model.ts';
import { texName } from '../../src/formula/notation.ts';
import type { Machine } from '../../src/machine/machine.ts';
import { format, formatCount } from '../../src/number/format.ts';
import { BackgroundTask } from '../../src/session/analysis/background-task.ts';
import {
  type CheckedDerivative,
  type DerivativeMistake,
  GradientCheckTask,
  mistakeOf,
} from '../../src/session/analysis/gradient-check-task.ts';
import { gradientCheckWords as words } from '../../src/words/tools/gradient-check.ts';
import { Announcement } from '../base/announcement.ts';
import { icons } from '../base/icons.ts';
import { math } from '../base/math.ts';
import { SessionView } from '../base/session-view.ts';
import { pictureStyles } from '../charts/picture.styles.ts';
import { PictureWidth } from '../charts/picture-width.ts';
import { type OverlayCell, overlaysOf } from '../drawing/overlays.ts';
import { formStyles } from '../theme/forms.ts';
import { gradientStyles } from './gradient-check.styles.ts';
import { errorText, stepCurve } from './gradient-steps.ts';

/** The steps on offer, as powers of ten below one. */
const powers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const usual = 5;
/** Rows of each derivative, besides those that differ. */
const mostRows = 12;
/** With more marks than this only those that do not agree are shown, so that the drawing stays legible. */
const mostMarks = 60;
/** Kinks that are named at most. */
const mostKinks = 3;

/** In the drawing; the table draws those that a font may lack. */
const signs = { agrees: '✓', differs: '≠', kink: '∧', 'stop-gradient': '?', unknown: '?' } as const;
const overlay = 'gradient';

/**
 * `<bs-gradient-check>`: the model's derivatives beside central differences of its loss, at the present iteration's numbers, with
 * the first wrong formula, kinks, and the error over the step; results are marked in the drawing. A cheap check follows the
 * reader, others start by a button.
 */
export class GradientCheckView extends SessionView {
  static override readonly sheet = [formStyles, pictureStyles, gradientStyles];
  private readonly width = new PictureWidth(this, '.losses');
  private power = usual;
  private gradientCheck: GradientCheckTask | undefined;
  private task: BackgroundTask<void> | undefined;
  private sample = 0;
  private problem = '';
  /** The run and the frame of the check. */
  private of: { readonly machine: Machine; readonly frame: number } | undefined;
  private isStale = false;
  private chosen: CheckedCell | undefined;
  private marked: ReturnType<typeof overlaysOf> | undefined;

  constructor() {
    super();
    new Announcement(this);
  }

  protected override willUpdate(): void {
    const { machine, moment } = this.session;
    if (this.of?.machine === machine && this.of.frame === moment.frame) {
      if (this.isStale) this.mark();
      this.isStale = false;
      return;
    }
    this.prepare(machine, moment.frame);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.isStale) this.mark();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.marked?.hide(overlay);
    if (this.task?.status !== 'running') return;
    this.task.cancel();
    this.task = undefined;
    this.gradientCheck = undefined;
    this.of = undefined;
  }

  /** A cheap check runs at once in every iteration; an expensive result stays until the reader checks again. */
  private prepare(machine: Machine, frame: number): void {
    const { gradientCheck: before } = this;
    if (before !== undefined && before.machine.program === machine.program && !before.isCheap) {
      this.isStale = true;
      this.marked?.hide(overlay);
      return;
    }
    const gradientCheck = this.made(machine, frame);
    this.of = { machine, frame };
    this.task?.cancel();
    this.task = undefined;
    this.gradientCheck = gradientCheck;
    this.marked?.hide(overlay);
    if (gradientCheck?.isCheap && gradientCheck.cells > 0) this.begin(gradientCheck);
  }

  private made(machine: Machine, frame: number): GradientCheckTask | undefined {
    try {
      this.problem = '';
      return new GradientCheckTask(machine, frame, this.sample);
    } catch (error) {
      this.problem = words.failed(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  private begin(gradientCheck: GradientCheckTask): void {
    this.task?.cancel();
    this.marked?.hide(overlay);
    this.gradientCheck = gradientCheck;
    this.of = { machine: gradientCheck.machine, frame: gradientCheck.frame };
    this.isStale = false;
    this.chosen = undefined;
    this.task = new BackgroundTask(gradientCheck.run(stepOf(this.power)), (task) => {
      if (task.status === 'failed') this.problem = words.failed(task.failure ?? '');
      if (task.status === 'done') this.mark();
      this.requestUpdate();
    });
    this.requestUpdate();
  }

  private readonly again = (): void => {
    const { machine, moment } = this.session;
    const gradientCheck = this.made(machine, moment.frame);
    if (gradientCheck !== undefined) this.begin(gradientCheck);
    this.requestUpdate();
  };

  private readonly another = (): void => {
    this.sample += 1;
    this.again();
  };

  /** Marks the results in the drawing, at the cells that the derivatives are by. */
  private mark(): void {
    if (this.task?.status !== 'done') return;
    const all = this.gradientCheck?.checked.flatMap(({ cells }) => cells) ?? [];
    const shown = all.length > mostMarks ? all.filter(({ verdict }) => verdict !== 'agrees') : all;
    const cells = shown.slice(0, mostMarks).map((one): OverlayCell => {
      const kind = one.verdict === 'agrees' ? 'good' : one.verdict === 'differs' ? 'wrong' : 'noted';
      const tooltip = words.marked(this.verdict(one));
      return { name: one.derivative.by, cell: one.cell, kind, sign: signs[one.verdict], tooltip };
    });
    this.marked = overlaysOf(this.session);
    this.marked.show(overlay, { cells });
  }

  protected override render(): TemplateResult {
    const { gradientCheck, task } = this;
    const isRunning = task?.status === 'running';
    const isDone = task?.status === 'done' || task?.status === 'cancelled';
    return html`<div class="gradient-check">
      <p class="quiet">${words.about(formatCount(gradientCheck?.frame ?? 1))} ${this.isOverridden ? words.overrides : ''}</p>
      <div class="order">
        <label for="gradient-step">${words.step}</label>
        <select id="gradient-step" dir="ltr" @change=${this.choose}>
          ${powers.map((power) => html`<option value=${power} .selected=${power === this.power}>${format(stepOf(power))}</option>`)}
        </select>
        <span class="quiet">${words.stepNote}</span>
        ${this.orders(isRunning)}
      </div>
      <p class="problem" role="alert">${this.problem}</p>
      ${isRunning ? html`<p>${words.checking} <progress aria-label=${words.progress} max="1" .value=${task.progress}></progress></p>` : nothing}
      <p>${gradientCheck !== undefined && isDone ? this.outcome(gradientCheck) : gradientCheck?.cells === 0 ? html`<span data-told>${words.none}</span>` : ''}</p>
      ${gradientCheck === undefined || !isDone ? nothing : this.details(gradientCheck)}
    </div>`;
  }

  /**
   * Whether a computed cell of this frame is overridden: overrides replace stored values, while differences vary what formulas
   * give.
   */
  private get isOverridden(): boolean {
    const { changes, model } = this.session;
    const isComputed = (name: string) => model.quantities.get(name)?.role === 'computed';
    return changes.some(
      (one) => one.kind === 'poke' && one.frame === this.gradientCheck?.frame && isComputed(one.name),
    );
  }

  private orders(isRunning: boolean): TemplateResult {
    const { gradientCheck, task, isStale } = this;
    if (isRunning)
      return html`<button type="button" class="action" @click=${() => {
        task?.cancel();
        this.requestUpdate();
      }}>${words.cancel}</button>`;
    const isOpen = gradientCheck !== undefined && task === undefined && gradientCheck.cells > 0;
    return html`${isOpen ? html`<span class="quiet">${words.waits(formatCount(gradientCheck.cells))}</span>` : nothing}
      ${isOpen || isStale ? html`<button type="button" class="action main" @click=${this.again}>${isStale ? words.again : words.check}</button>` : nothing}
      ${gradientCheck?.isSample && !isOpen ? html`<button type="button" class="action" @click=${this.another}>${words.another}</button>` : nothing}`;
  }

  private readonly choose = (event: Event): void => {
    this.power = Number((event.target as HTMLSelectElement).value);
    const { gradientCheck, task } = this;
    if (gradientCheck !== undefined && task?.status === 'done')
      this.task = new BackgroundTask(gradientCheck.measure(stepOf(this.power)), () => this.requestUpdate());
    this.requestUpdate();
  };

  /** The result in words. */
  private outcome(trial: GradientCheckTask): TemplateResult {
    const all = trial.checked.flatMap(({ cells }) => cells);
    const count = (verdict: CheckedCell['verdict']) => all.filter((one) => one.verdict === verdict).length;
    const [agree, kinks, stopGradients, unknown] = [
      count('agrees'),
      count('kink'),
      count('stop-gradient'),
      count('unknown'),
    ];
    const sum =
      agree === all.length
        ? (trial.isSample ? words.sampleAgrees : words.allAgree)(formatCount(agree))
        : words.mostAgree(
            formatCount(agree),
            formatCount(all.length),
            (kinks > 0 ? words.atKinks(formatCount(kinks)) : '') +
              (stopGradients > 0 ? words.stopGradients(formatCount(stopGradients)) : ''),
            unknown > 0 ? words.notFinite(formatCount(unknown)) : '',
          );
    const wrong = trial.firstWrong;
    if (wrong === undefined) return html`<span data-told>${sum}</span>`;
    const { target } = wrong.derivative.formula;
    const own = trial.checked.find(({ derivative }) => derivative === wrong.derivative);
    return html`<span data-told>${sum} ${words.firstWrong(nameOf(wrong), target)} ${mistakeText(own && mistakeOf(own))}</span>
      <button type="button" class="text-button" @click=${() => this.goTo(wrong)}>${words.goToFormula}</button>`;
  }

  private goTo({ derivative, target }: CheckedCell): void {
    const { formula } = derivative;
    this.session.goToCell(formula.target, formula.version, target);
  }

  private details(trial: GradientCheckTask): TemplateResult {
    const first = trial.firstWrong ?? trial.checked[0]?.cells[0];
    const chosen = this.chosen ?? first;
    return html`${this.isStale ? html`<p class="quiet">${words.stale(formatCount(trial.frame))}</p>` : nothing}
      ${this.kinks(trial)}
      <table class="cells gradients">
        <thead><tr>${[words.derivative, words.model, words.difference, words.error, words.verdict].map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
        ${trial.checked.map((one) => this.section(trial, one, chosen))}
      </table>
      ${chosen === undefined ? nothing : stepCurve(this.session, trial, chosen, nameOf(chosen), this.power, this.width.value)}`;
  }

  private kinks({ kinks }: GradientCheckTask): TemplateResult | typeof nothing {
    if (kinks === undefined) return html`<p class="quiet">${words.kinksUnknown}</p>`;
    if (kinks.length === 0) return nothing;
    const named = kinks.slice(0, mostKinks).map(({ formula, cell }) => cellName(formula.target, cell));
    const more = kinks.length > mostKinks ? words.andMore(formatCount(kinks.length - mostKinks)) : '';
    return html`<p>${words.kinks(named.join(', ') + more)}</p>`;
  }

  private section(
    trial: GradientCheckTask,
    { derivative, cells }: CheckedDerivative,
    chosen?: CheckedCell,
  ): TemplateResult {
    const shown = cells.filter((one, n) => n < mostRows || one.verdict === 'differs').slice(0, 2 * mostRows);
    const notes = [
      ...(cells.length < derivative.size
        ? [words.sampled(formatCount(cells.length), formatCount(derivative.size))]
        : []),
      ...(shown.length < cells.length ? [words.shown(formatCount(shown.length))] : []),
    ];
    return html`<tbody>
      ${shown.map((one) => this.row(trial, one, one === chosen))}
      ${notes.length > 0 ? html`<tr class="note"><td colspan="5">${notes.join('; ')}</td></tr>` : nothing}
    </tbody>`;
  }

  private row(trial: GradientCheckTask, one: CheckedCell, isChosen: boolean): TemplateResult {
    const { model, figures } = this.session;
    const { derivative, cell, target, gradient, verdict } = one;
    const { of, by, formula, sign } = derivative;
    const { quotient, error } = trial.quotient(one, stepOf(this.power));
    const isOwn = formula.claim !== undefined;
    const name = cellName(formula.target, target);
    return html`<tr class=${verdict}>
      <th scope="row"><button type="button" data-cell=${dataCell(formula.target, target)} data-version=${formula.version}
        aria-label=${spokenCell(model, `d${of}/d${by}`, cell)} title=${words.goTo(name)}
        ><span ${math(`\\displaystyle ${texName(model, `d${of}/d${by}`, cell)}`, 'silent')}></span></button>
        ${isOwn ? html`<span class="quiet">${(sign < 0 ? words.asNegative : words.as)(name)}</span>` : nothing}</th>
      <td data-head=${words.model}>${figures.text(gradient)}</td>
      <td data-head=${words.difference}>${figures.text(quotient)}</td>
      <td data-head=${words.error}><button type="button" class="text-button" aria-pressed=${isChosen} aria-label=${`${errorText(error)}. ${words.bySteps(nameOf(one))}`} title=${words.bySteps(nameOf(one))}
        @click=${() => {
          this.chosen = one;
          this.requestUpdate();
        }}>${errorText(error)}</button></td>
      <td><span class="mark" aria-hidden="true">${icons[verdict] ?? signs[verdict]}</span> ${this.verdict(one)}</td>
    </tr>`;
  }

  private verdict({ verdict, sides }: CheckedCell): string {
    const { figures } = this.session;
    if (verdict !== 'kink') return words[verdict];
    const [below, above] = (sides ?? [Number.NaN, Number.NaN]).map((side) => figures.text(side));
    return words.kink(below, above);
  }
}

const stepOf = (power: number): number => Number(`1e-${power}`);

/** `dL/dW1[1,2]` */
const nameOf = ({ derivative: { of, by }, cell }: CheckedCell): string => `d${of}/d${cellName(by, cell)}`;

function mistakeText(mistake: DerivativeMistake | undefined): string {
  if (mistake === undefined) return '';
  if (mistake.kind !== 'factor') return words[mistake.kind];
  return words.factor(format(mistake.factor, { precision: { kind: 'significant', digits: 4 } }));
}
