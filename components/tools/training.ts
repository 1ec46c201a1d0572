import '../../src/machine/fast-machine.ts';
import { html, nothing, type TemplateResult } from 'lit';
import { evenlySpaced } from '../../src/figure/base/picture.ts';
import { columnsOf, coursesPicture } from '../../src/figure/plane/courses.ts';
import { spokenName, texName } from '../../src/formula/notation.ts';
import { formatCount } from '../../src/number/format.ts';
import { standAtItsEnd } from '../../src/session/after-training.ts';
import { finishedFrame } from '../../src/session/analysis/finished-frame.ts';
import { editCell } from '../../src/session/edit.ts';
import { keyWords } from '../../src/words/base/key-text.ts';
import { trainingWords as words } from '../../src/words/tools/training.ts';
import { send } from '../base/events.ts';
import { icons } from '../base/icons.ts';
import { keyText } from '../base/key-text.ts';
import { math } from '../base/math.ts';
import { SessionView } from '../base/session-view.ts';
import { pictureStyles } from '../charts/picture.styles.ts';
import { drawn, lineKey } from '../charts/picture.ts';
import { PictureWidth } from '../charts/picture-width.ts';
import { formStyles } from '../theme/forms.ts';
import { trainingStyles } from './training.styles.ts';

/** Iterations of one training: by default, and at most. */
const usual = 100;
const most = 100_000;
/** Rows of the table of the curve at most. */
const mostRows = 200;

/**
 * `<bs-training>`: a form that trains for many iterations, with progress, the curves of the losses, a slider to any iteration,
 * and a table.
 */
export class TrainingView extends SessionView {
  static override readonly sheet = [formStyles, pictureStyles, trainingStyles];
  static override properties = { ...SessionView.properties, problem: { state: true } };
  /** The message about the number of iterations; empty where there is none. */
  declare problem: string;
  /** Progress is reported many times a second; other views need not follow it. */
  override readonly followsTraining = true;
  private readonly width = new PictureWidth(this, '.losses');

  constructor() {
    super();
    this.problem = '';
  }

  protected override render(): TemplateResult {
    return html`<div class="training">
      ${this.order()}
      ${this.progress()}
      ${this.curve()}
    </div>`;
  }

  private order(): TemplateResult {
    const { status } = this.session.training;
    const isBusy = status === 'running' || status === 'paused';
    const verb = status === 'running' ? words.pause : status === 'paused' ? words.goOn : words.train;
    // Fields of numbers stand beside the form: Enter in one of them shall not train.
    return html`<div><form class="order" novalidate @submit=${this.submit}>
      <label for="iterations">${words.trainFor}</label>
      <input id="iterations" class="number" inputmode="numeric" autocomplete="off" .defaultValue=${String(usual)} size="5"
        aria-invalid=${this.problem === '' ? 'false' : 'true'} aria-describedby="iterations-problem" ?readonly=${isBusy} />
      <span>${words.iterations}</span>
      <span class="actions"><button type="submit" class="action main" aria-keyshortcuts="t">${verb}</button>
      <button type="button" class="action" aria-disabled=${!isBusy} @click=${() => isBusy && this.session.training.cancel()}>${words.cancel}</button></span>
      <span class="actions watch"><button type="button" class="action" aria-keyshortcuts="Alt+Shift+T" title=${keyWords.with(words.watchBack, keyText('Alt+Shift+T'))}
        aria-label=${words.watchBack} @click=${() => this.play('playTrainingBack')}>${icons.playBack}</button>
      <button type="button" class="action" aria-keyshortcuts="Shift+T" title=${keyWords.with(words.watchHint, keyText('Shift+T'))}
        @click=${() => this.play('playTraining')}>${words.watch}</button></span>
      <p id="iterations-problem" class="problem" role="alert">${this.problem}</p>
    </form><div class="order rates">${this.rates()}</div></div>`;
  }

  /** A field for each rate that is a single number; another number holds from the iteration on that comes next. */
  private rates(): TemplateResult[] {
    const { model, moment, training, figures } = this.session;
    const isBusy = training.status === 'running' || training.status === 'paused';
    return [...model.quantities.values()].flatMap(({ name, role, shape }) => {
      if (role !== 'rate' || shape.length > 0) return [];
      const text = figures.text(moment.newest(name, []).value ?? Number.NaN, name, []);
      return html`<label class="rate" title=${words.rateOf(spokenName(model, name))}><span ${math(texName(model, name, []))}></span>
        <input class="number" inputmode="decimal" autocomplete="off" size="6" aria-label=${words.rateOf(spokenName(model, name))}
          .value=${text} ?readonly=${isBusy} @change=${({ target }: Event) => this.changeRate(name, target as HTMLInputElement)} /></label>`;
    });
  }

  private changeRate(name: string, field: HTMLInputElement): void {
    const { session } = this;
    this.problem = editCell(session, name, field.value, finishedFrame(session.moment) + 1) ?? '';
    if (this.problem !== '') field.focus();
  }

  private progress(): TemplateResult {
    const { status, target, frame, framesPerSecond, fault, failure } = this.session.training;
    const { figures } = this.session;
    const rate = status === 'running' && framesPerSecond > 0 ? words.rate(rateText(framesPerSecond)) : '';
    const text =
      failure !== undefined
        ? words.failed(failure)
        : fault !== undefined
          ? words.stopped(formatCount(fault.frame), fault.cell, figures.text(fault.value))
          : target === 0
            ? words.untrained
            : status === 'ended'
              ? words.trained(formatCount(frame))
              : (status === 'paused' ? words.pausedAt : words.at)(formatCount(frame), formatCount(target)) +
                rate;
    return html`<div class="so-far">
      <progress aria-label=${words.training} max=${Math.max(1, target)} .value=${target === 0 ? 0 : Math.min(frame, target)}></progress>
      <p>${text}</p>
    </div>`;
  }

  private curve(): TemplateResult {
    const { session } = this;
    const { training, moment, model, figures } = session;
    const { losses, trackedLosses, target, status } = training;
    const trained = Math.max(1, session.furthest);
    const iterations = Math.max(trained, status === 'ended' ? 1 : target);
    const present = Math.min(trained, moment.frame);
    const lossHere = losses
      .map((values) => values[present - 1])
      .filter((value) => value !== undefined)
      .map((value) => figures.text(value));
    return html`<figure class="losses">
      <figcaption>
        ${trackedLosses.map((name, n) => lineKey(n, html`<span ${math(texName(model, name, []))}></span>`))}
        <span>${words.byIteration}${lossHere.length > 0 ? words.lossAt(formatCount(present), lossHere.join(', ')) : ''}</span>
      </figcaption>
      ${drawn(
        coursesPicture(
          losses.map((values) => columnsOf(values)),
          trackedLosses.map((name) => spokenName(model, name)),
          { iterations, present, width: this.width.value },
        ),
      )}
      <input class="range" type="range" min="1" max=${iterations} step="1" .value=${String(present)} ?disabled=${iterations < 2}
        aria-label=${words.iteration} aria-valuetext=${words.scrubbed(present, iterations) + (lossHere.length > 0 ? words.loss(lossHere.join(', ')) : '')}
        @input=${this.scrub} />
      ${this.table()}
    </figure>`;
  }

  private isTableOpen = false;

  /** The curve as numbers. */
  private table(): TemplateResult {
    const { training, model, figures } = this.session;
    const { losses, trackedLosses } = training;
    const { length = 0 } = losses[0] ?? {};
    // Made only while it is seen: it grows many times a second.
    const rows = this.isTableOpen ? evenlySpaced(length, mostRows) : [];
    return html`<details class="numbers" @toggle=${this.tableToggled}>
      <summary>${length > mostRows ? words.inPart(formatCount(mostRows), formatCount(length)) : words.inNumbers}</summary>
      ${length === 0 ? html`<p>${words.nothing}</p>` : nothing}
      <table>
        <thead><tr><th scope="col">${words.iteration}</th>${trackedLosses.map((name) => html`<th scope="col">${spokenName(model, name)}</th>`)}</tr></thead>
        <tbody>${rows.map(
          (iteration) => html`<tr>
            <th scope="row"><button type="button" class="text-button" @click=${() => this.goTo(iteration)}>${formatCount(iteration)}</button></th>
            ${losses.map((values) => html`<td>${figures.text(values[iteration - 1])}</td>`)}
          </tr>`,
        )}</tbody>
      </table>
    </details>`;
  }

  private readonly tableToggled = ({ target }: Event): void => {
    this.isTableOpen = (target as HTMLDetailsElement).open;
    this.requestUpdate();
  };

  private goTo(iteration: number): void {
    this.session.goToFrame(iteration);
  }

  private readonly scrub = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const iteration = Math.min(Number(field.value), Math.max(1, this.session.furthest));
    field.value = String(iteration);
    this.goTo(iteration);
  };

  /** Starts, pauses or resumes training, as the main button does. */
  press(): void {
    const { training } = this.session;
    if (training.status === 'running') training.pause();
    else if (training.status === 'paused') training.resume();
    else this.begin();
  }

  private begin(): void {
    const text = this.querySelector<HTMLInputElement>('#iterations')?.value.trim() ?? String(usual);
    const count = Number(text);
    if (!/^\d+$/.test(text) || count < 1) this.problem = words.notWhole;
    else if (count > most) this.problem = words.atMost(formatCount(most));
    else {
      this.problem = '';
      const { training, furthest } = this.session;
      // Iterations that were only viewed before the first training count as part of it.
      const looked = training.target === 0 ? furthest : 0;
      training.start(count > looked ? count - looked : count);
      standAtItsEnd(this.session);
    }
  }

  /** Plays by whole iterations, in every view, from where the debugger stands. */
  private play(id: 'playTraining' | 'playTrainingBack'): void {
    send(this, 'backstep-command', id);
  }

  private submit(event: Event): void {
    event.preventDefault();
    this.press();
  }

  protected override updated(): void {
    // A native slider keeps its dragged position; a step by other means moves it.
    const { furthest, moment } = this.session;
    const range = this.querySelector<HTMLInputElement>('.losses .range');
    if (range !== null) range.value = String(Math.min(Math.max(1, furthest), moment.frame));
  }
}

const rateText = (perSecond: number): string =>
  perSecond >= 10 ? formatCount(Math.round(perSecond)) : String(Math.round(10 * perSecond) / 10);
