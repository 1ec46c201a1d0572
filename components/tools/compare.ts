import { html, nothing, type TemplateResult } from 'lit';
import { cellName } from '../../src/formula/model.ts';
import { differ, type Side, type StepDifference } from '../../src/machine/inspect/cell-pair.ts';
import type { Machine } from '../../src/machine/machine.ts';
import { formatCount } from '../../src/number/format.ts';
import type { Program } from '../../src/program/program.ts';
import { BackgroundTask } from '../../src/session/analysis/background-task.ts';
import { type FrameDivergence, RunComparison } from '../../src/session/analysis/comparison.ts';
import {
  copyOfRun,
  type OtherRun,
  type OtherRunChoice,
  otherMachine,
  otherRunChoices,
} from '../../src/session/analysis/other-run.ts';
import { readEdit } from '../../src/session/edit.ts';
import { inLanguage } from '../../src/session/links/cell-text.ts';
import { compareWords as words } from '../../src/words/tools/compare.ts';
import { Announcement } from '../base/announcement.ts';
import { CellField } from '../base/cell-field.ts';
import { cellNames } from '../base/cell-names.ts';
import { SessionView } from '../base/session-view.ts';
import { troubleElement } from '../base/trouble.ts';
import { pictureStyles } from '../charts/picture.styles.ts';
import { PictureWidth } from '../charts/picture-width.ts';
import type { ModelHost } from '../model/model-host.ts';
import { formStyles } from '../theme/forms.ts';
import { compareStyles } from './compare.styles.ts';
import { divergenceCourse } from './compare-course.ts';
import { operationTable, phaseTable } from './compare-tables.ts';
import { distinctTexts } from './compared-numbers.ts';

/** Iterations over which runs are followed: by default, and at most. */
const usual = 20;
const most = 10_000;
/** Runs whose frames have at most this many operations are followed automatically. */
const quick = 200_000;

/** What a search looked for, and its result; undefined where no step differs up to iteration `last`. */
interface Found {
  readonly what: 'first' | 'next' | 'previous';
  readonly difference: StepDifference | undefined;
  readonly last: number;
}

/**
 * `<bs-compare>`: this run beside another (rounding, seed, a number, the lesson's formulas …), aligned by operation: where they
 * differ, their numbers at the present step, and how they diverge over iterations. It must be in the shadow tree of a
 * `ModelHost`.
 */
export class CompareView extends SessionView {
  static override readonly sheet = [formStyles, pictureStyles, compareStyles];
  private readonly width = new PictureWidth(this, '.losses');
  /** The lesson's program, where the session's is the reader's; compiled when first needed. */
  private lesson: { readonly text: string; readonly program: Program } | undefined;
  private choices: readonly OtherRunChoice[] = [];
  private choice: OtherRunChoice | undefined;
  private other: OtherRun | undefined;
  private comparison: RunComparison | undefined;
  /** This run's machine, which the other run belongs to. */
  private machine: Machine | undefined;
  private problem: string | HTMLElement = '';
  private search: BackgroundTask<StepDifference | undefined> | undefined;
  private found: Found | undefined;
  private following: BackgroundTask<void> | undefined;
  private course: FrameDivergence[] = [];
  private countProblem = '';
  private isPhaseOpen = false;

  constructor() {
    super();
    new CellField(this, '#compare-cell');
    new Announcement(this);
  }

  protected override willUpdate(): void {
    const { session } = this;
    if (session.machine === this.machine) return;
    this.machine = session.machine;
    this.choices = otherRunChoices(session, this.host.modelText !== this.host.lessonText);
    const same = this.choices.find((one) => keyOf(one) === (this.choice && keyOf(this.choice)));
    // A choice without fields is made automatically where it is cheap.
    const isQuick = session.program.size <= quick;
    this.choice = same ?? (isQuick ? this.choices.find((one) => !isOpen(one)) : undefined);
    if (same === undefined)
      this.other = this.choice && !isOpen(this.choice) ? (this.choice as OtherRun) : undefined;
    this.begin();
  }

  private get host(): ModelHost {
    return (this.getRootNode() as ShadowRoot).host as unknown as ModelHost;
  }

  /** The lesson's program if it is compiled; else undefined, and the comparison starts again once it is. */
  private get lessonProgram(): Program | undefined {
    const { lessonText: text } = this.host;
    if (this.lesson?.text === text) return this.lesson.program;
    void this.host
      .check(text)
      .then(({ program }) => {
        if (program === undefined || this.host.lessonText !== text) return;
        this.lesson = { text, program };
        this.begin();
      })
      .catch((error) => {
        this.problem = troubleElement(error, () => {
          this.begin();
          this.requestUpdate();
        });
      })
      .finally(() => this.requestUpdate());
    return undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.search?.cancel();
    this.following?.cancel();
  }

  /** Opens the chosen comparison and searches for the first difference. */
  private begin(): void {
    this.search?.cancel();
    this.following?.cancel();
    this.following = undefined;
    this.found = undefined;
    this.course = [];
    this.comparison = undefined;
    this.problem = '';
    if (this.other === undefined) return;
    const lesson = this.other.kind === 'formulas' ? this.lessonProgram : undefined;
    if (this.other.kind === 'formulas' && lesson === undefined) return;
    try {
      this.comparison = new RunComparison(
        this.session.machine,
        otherMachine(this.session, this.other, lesson),
      );
      this.findDifference('first');
    } catch (error) {
      this.problem = words.failed(error instanceof Error ? error.message : String(error));
    }
  }

  /** The last iteration to search for differences: the furthest that this run has reached. */
  private get last(): number {
    return Math.max(1, this.session.furthest, this.session.moment.frame);
  }

  private findDifference(what: Found['what']): void {
    const { comparison: two, last } = this;
    if (two === undefined) return;
    this.search?.cancel();
    const { step } = this.session.state.cursor;
    const work = what === 'first' ? two.search(1, 0, last) : two.search(what === 'next' ? 1 : -1, step, last);
    this.search = new BackgroundTask(work, (task) => {
      if (task.status === 'failed') this.problem = words.failed(task.failure ?? '');
      if (task.status === 'done') {
        this.found = { what, difference: task.result, last };
        if (what !== 'first' && task.result !== undefined) this.session.goTo(two.stepOf(task.result));
        if (what === 'first' && this.following === undefined)
          this.follow(this.session.program.size <= quick ? usual : Math.min(usual, last));
      }
      this.requestUpdate();
    });
    this.requestUpdate();
  }

  private follow(iterations: number): void {
    if (this.comparison === undefined) return;
    this.following?.cancel();
    this.course = [];
    const { session } = this;
    const { there } = this.comparison;
    // This run stays as far as the reader has taken it: where more is needed, a copy runs ahead.
    const two =
      session.furthest >= iterations ? this.comparison : new RunComparison(copyOfRun(session), there);
    this.following = new BackgroundTask(two.trackDivergence(iterations, this.course), () =>
      this.requestUpdate(),
    );
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const { comparison: two } = this;
    return html`<div class="compare">
      ${this.form()}
      <p class="problem" role="alert">${this.problem}</p>
      ${two === undefined ? nothing : html`${this.outcome(two)}${this.followed(two)}${this.numbers(two)}`}
    </div>`;
  }

  private form(): TemplateResult {
    const { choice } = this;
    return html`<form class="versus" novalidate @submit=${this.submit}>
      <label for="compare-with">${words.lead}</label>
      <select id="compare-with" @change=${this.choose}>
        ${choice === undefined ? html`<option value="" selected disabled>${words.nothing}</option>` : nothing}
        ${this.choices.map((one) => html`<option value=${keyOf(one)} .selected=${one === choice}>${this.choiceLabel(one)}</option>`)}
      </select>
      ${choice === undefined ? nothing : this.fields(choice)}
    </form>`;
  }

  private choiceLabel(choice: OtherRunChoice): string {
    switch (choice.kind) {
      case 'precision':
        return this.session.state.precision === 'lesson' ? words.toFullPrecision : words.toLectureRounding;
      case 'successive':
        return choice.names.length > 1 ? words.successive : words.early(choice.names.join(', '));
      case 'seed':
        return { start: words.seedOfStart, order: words.seedOfOrder, frames: words.seedOfFrames }[
          choice.drawn
        ];
      default:
        return words[choice.kind];
    }
  }

  /** The fields of a choice. */
  private fields(choice: OtherRunChoice): TemplateResult | typeof nothing {
    if (choice.kind === 'number') {
      const { model } = this.session;
      const rate = [...model.quantities.values()].find(({ role }) => role === 'rate');
      return html`<span class="fields"><label for="compare-cell">${words.cell}</label>
        <input id="compare-cell" dir="ltr" list="compare-names" size="8" autocomplete="off" spellcheck="false" .defaultValue=${rate?.name ?? ''} />
        ${cellNames('compare-names', model)}
        <label for="compare-value">${words.value}</label>
        <input id="compare-value" dir="ltr" size="6" inputmode="decimal" autocomplete="off" .defaultValue=${rate?.numbers === undefined ? '' : String(10 * rate.numbers[0])} />
        <button type="submit" class="action main">${words.compare}</button></span>`;
    }
    if (choice.kind !== 'seed') return nothing;
    const seeds = choice.seeds.join(', ');
    return html`<span class="fields"><label for="compare-seed">${words.seed}</label>
      <input id="compare-seed" dir="ltr" size="6" inputmode="numeric" autocomplete="off" .defaultValue=${String(choice.seeds[0] + 1)} />
      <span class="quiet">(${words.seedNow(seeds)})</span>
      <button type="submit" class="action main">${words.compare}</button></span>`;
  }

  private readonly choose = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.choice = this.choices.find((one) => keyOf(one) === value);
    this.other = this.choice && !isOpen(this.choice) ? (this.choice as OtherRun) : undefined;
    this.begin();
    this.requestUpdate();
  };

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    const { choice } = this;
    const text = (id: string): string => this.querySelector<HTMLInputElement>(`#${id}`)?.value.trim() ?? '';
    let problem = '';
    if (choice?.kind === 'number') {
      const found = readEdit(
        this.session.model,
        inLanguage(this.session.model, text('compare-cell')),
        text('compare-value'),
      );
      if ('error' in found) problem = found.error;
      else this.other = { kind: 'number', cell: found.cell, value: found.value };
    } else if (choice?.kind === 'seed') {
      const seed = Number(text('compare-seed'));
      if (!/^\d+$/.test(text('compare-seed')) || !Number.isSafeInteger(seed)) problem = words.notWhole;
      else this.other = { kind: 'seed', drawn: choice.drawn, seed };
    } else return;
    if (problem === '') this.begin();
    else this.problem = problem;
    this.requestUpdate();
  };

  /** A sentence about where the runs differ, and buttons for the next places. */
  private outcome(two: RunComparison): TemplateResult {
    const { search, found } = this;
    const isSearching = search?.status === 'running';
    const button = (what: Found['what'], label: string) =>
      html`<button type="button" class="action" aria-disabled=${isSearching} @click=${() => !isSearching && this.findDifference(what)}>${label}</button>`;
    return html`<div class="outcome">
      ${
        isSearching
          ? html`<p>${words.searching} <progress aria-label=${words.progress} max="1" .value=${search.progress}></progress>
            <button type="button" class="text-button" @click=${() => {
              search.cancel();
              this.requestUpdate();
            }}>${words.cancel}</button></p>`
          : nothing
      }
      <p>${found === undefined || isSearching ? '' : this.sentence(two, found)}</p>
      ${this.unpaired(two)}
      <p class="actions">${button('first', words.first)}${button('previous', words.previous)}${button('next', words.next)}</p>
    </div>`;
  }

  private sentence(two: RunComparison, { what, difference, last }: Found): TemplateResult {
    if (difference === undefined) {
      const none = what === 'first' ? words.same : words.noNext;
      return html`<span data-told>${what === 'previous' ? words.noPrevious : none(formatCount(last))}</span>`;
    }
    const phrase = what === 'first' ? words.divergeFirstAt : words.divergeAt;
    const step = two.stepOf(difference);
    return html`<span data-told>${phrase(formatCount(difference.frame), formatCount(difference.here.step))} ${this.differenceText(difference)}</span>
      ${this.session.state.cursor.step === step ? nothing : html`<button type="button" class="text-button" @click=${() => this.session.goTo(step)}>${words.goThere}</button>`}`;
  }

  /** What differs at a step, in words: the first operand that does, else the result, else the stored value. */
  private differenceText({ formula, cell, here, there }: StepDifference): string {
    const { session } = this;
    const name = cellName(formula.target, cell);
    if (there === undefined) return words.notThere(name);
    const pair = (a: number, b: number, of?: string, at?: readonly number[]) =>
      distinctTexts(session, a, b, of, at);
    for (const [n, operand] of here.operation.operands.entries()) {
      const other = there.operation.operands[n];
      if (other === undefined || Object.is(operand.value, other.value)) continue;
      if (operand.kind !== 'cell') continue;
      const { reference, cell: at } = operand;
      return words.reads(
        name,
        cellName(reference.name, at),
        ...pair(operand.value, other.value, reference.name, at),
      );
    }
    const [a, b] = [here.operation.value, there.operation.value];
    if (!Object.is(a, b)) return words.gives(name, ...pair(a, b));
    const stored = ({ stored: value }: Side) => value;
    const [mine, theirs] = [stored(here), stored(there)];
    if (mine !== undefined && theirs !== undefined && !Object.is(mine, theirs))
      return words.stores(name, ...pair(mine, theirs, formula.target, cell));
    return differ(here, there) ? words.otherwise(name) : '';
  }

  private unpaired({ alignment }: RunComparison): TemplateResult | typeof nothing {
    const names = (some: readonly { readonly target: string }[]) =>
      some.map(({ target }) => target).join(', ');
    const { here, there } = alignment.alone;
    return html`${here.length > 0 ? html`<p class="quiet">${words.onlyHere(names(here))}</p>` : nothing}
      ${there.length > 0 ? html`<p class="quiet">${words.onlyThere(names(there))}</p>` : nothing}`;
  }

  private numbers(two: RunComparison): TemplateResult | typeof nothing {
    // While the other run catches up with this one, there is nothing to compare.
    if (this.search?.status === 'running') return nothing;
    const { session } = this;
    return html`${operationTable(session, two.at(session.state.cursor.step))}${phaseTable(session, two, this.isPhaseOpen, this.togglePhase)}`;
  }

  private readonly togglePhase = (isOpen: boolean): void => {
    if (isOpen === this.isPhaseOpen) return;
    this.isPhaseOpen = isOpen;
    this.requestUpdate();
  };

  private followed(two: RunComparison): TemplateResult {
    const { following } = this;
    const isRunning = following?.status === 'running';
    return html`<section class="followed" aria-label=${words.course}>
      <form class="versus" novalidate @submit=${this.submitCount}>
        <h3>${words.course}</h3>
        <span class="fields"><label for="compare-count">${words.over}</label>
        <input id="compare-count" size="5" inputmode="numeric" autocomplete="off" .defaultValue=${String(usual)} aria-describedby="compare-count-problem" />
        <span>${words.iterations}</span>
        <button type="submit" class="action">${words.follow}</button>
        ${
          isRunning
            ? html`<progress aria-label=${words.progress} max="1" .value=${following.progress}></progress>
              <button type="button" class="text-button" @click=${() => {
                following.cancel();
                this.requestUpdate();
              }}>${words.cancel}</button>`
            : nothing
        }</span>
        <p id="compare-count-problem" class="problem" role="alert">${this.countProblem}</p>
      </form>
      ${divergenceCourse(this.session, two.losses, this.course, this.width.value)}
    </section>`;
  }

  private readonly submitCount = (event: Event): void => {
    event.preventDefault();
    const text = this.querySelector<HTMLInputElement>('#compare-count')?.value.trim() ?? '';
    const count = Number(text);
    this.countProblem =
      !/^\d+$/.test(text) || count < 1
        ? words.notCount
        : count > most
          ? words.tooMany(formatCount(most))
          : '';
    if (this.countProblem === '') this.follow(count);
    else this.requestUpdate();
  };
}

/** Whether something is left to be filled in. */
const isOpen = ({ kind }: OtherRunChoice): boolean => kind === 'number' || kind === 'seed';

const keyOf = (choice: OtherRunChoice): string =>
  [
    choice.kind,
    ...('names' in choice ? choice.names : []),
    ...('drawn' in choice ? [choice.drawn] : []),
  ].join(' ');
