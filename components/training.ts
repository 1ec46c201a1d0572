import { html, nothing, type TemplateResult } from 'lit';
import { spokenName, texName } from '../src/formula/notation.ts';
import { formatCount } from '../src/number/format.ts';
import { columnsOf, lossCurves, rangeOf, spread } from './loss-curve.ts';
import { math } from './math.ts';
import { SessionView } from './session-view.ts';
import { trainingStyles } from './styles/training.ts';

/** How many iterations are trained unless the reader says otherwise, and how many at most in one go. */
const usual = 100;
const most = 100_000;
/** Rows of the table that says what the curve shows. */
const mostRows = 12;

/** `<bs-training>`: trains for many iterations, shows how the loss goes down, and leads to any of them. */
export class TrainingView extends SessionView {
  static override readonly sheet = trainingStyles;
  static override properties = { ...SessionView.properties, problem: { state: true } };
  declare problem: string;
  /** Progress is told many times a second, and no other view has to follow it. */
  override readonly followsTraining = true;

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
    const verb = status === 'running' ? 'Pause' : status === 'paused' ? 'Go on' : 'Train';
    return html`<form class="order" novalidate @submit=${this.submit}>
      <label for="iterations">Train for</label>
      <input id="iterations" class="number" inputmode="numeric" autocomplete="off" .defaultValue=${String(usual)} size="5"
        aria-invalid=${this.problem === '' ? 'false' : 'true'} aria-describedby="iterations-problem" ?readonly=${isBusy} />
      <span>iterations</span>
      <span class="actions"><button type="submit" class="action main" aria-keyshortcuts="t">${verb}</button>
      <button type="button" class="action" aria-disabled=${!isBusy} @click=${() => isBusy && this.session.training.cancel()}>Cancel</button></span>
      <p id="iterations-problem" class="problem" role="alert">${this.problem}</p>
    </form>`;
  }

  private progress(): TemplateResult {
    const { status, target, frame, perSecond, fault, failure } = this.session.training;
    const { figures } = this.session;
    const rate = status === 'running' && perSecond > 0 ? `, ${rateText(perSecond)} a second` : '';
    const text =
      failure !== undefined
        ? `Training could not go on: ${failure}`
        : fault !== undefined
          ? `Stopped at iteration ${formatCount(fault.frame)}: ${fault.cell} became ${figures.text(fault.value)}.`
          : target === 0
            ? 'Nothing is trained yet. Every step of what is trained can be visited afterwards.'
            : status === 'ended'
              ? `${formatCount(frame)} iterations are trained.`
              : `${status === 'paused' ? 'Paused at iteration' : 'Iteration'} ${formatCount(frame)} of ${formatCount(target)}${rate}`;
    return html`<div class="so-far">
      <progress aria-label="Training" max=${Math.max(1, target)} .value=${target === 0 ? 0 : Math.min(frame, target)}></progress>
      <p>${text}</p>
    </div>`;
  }

  private curve(): TemplateResult {
    const { session } = this;
    const { training, moment, model, figures } = session;
    const { losses, watched, target, status } = training;
    const trained = Math.max(1, session.furthest);
    const iterations = Math.max(trained, status === 'ended' ? 1 : target);
    const curves = losses.map((values) => columnsOf(values));
    const { low, high } = rangeOf(curves);
    const isEmpty = curves.every((one) => one.length === 0);
    const present = Math.min(trained, moment.frame);
    const lossHere = losses
      .map((values) => values[present - 1])
      .filter((value) => value !== undefined)
      .map((value) => figures.text(value));
    return html`<figure class="losses">
      <figcaption>
        ${watched.map(
          (name, n) =>
            html`<span class="key loss-${n}"><span class="line" aria-hidden="true"></span><span ${math(texName(model, name, []))}></span></span>`,
        )}
        <span>by iteration${lossHere.length > 0 ? `; at ${formatCount(present)}: ${lossHere.join(', ')}` : ''}</span>
      </figcaption>
      <div class="plot">
        <span class="high" aria-hidden="true">${isEmpty ? '' : figures.text(high)}</span>
        ${lossCurves(curves, { iterations, present })}
        <span class="low" aria-hidden="true">${isEmpty ? '' : figures.text(low)}</span>
      </div>
      <input class="range" type="range" min="1" max=${iterations} step="1" .value=${String(present)} ?disabled=${iterations < 2}
        aria-label="Iteration" aria-valuetext=${`iteration ${present} of ${iterations}${lossHere.length > 0 ? `, loss ${lossHere.join(', ')}` : ''}`}
        @input=${this.scrub} />
      ${this.table()}
    </figure>`;
  }

  /** What the curve shows, in numbers. */
  private table(): TemplateResult {
    const { training, model, figures } = this.session;
    const { losses, watched } = training;
    const rows = spread(losses[0]?.length ?? 0, mostRows);
    return html`<details class="numbers">
      <summary>The same in numbers</summary>
      ${rows.length === 0 ? html`<p>Nothing is trained yet.</p>` : nothing}
      <table>
        <thead><tr><th scope="col">iteration</th>${watched.map((name) => html`<th scope="col">${spokenName(model, name)}</th>`)}</tr></thead>
        <tbody>${rows.map(
          (iteration) => html`<tr>
            <th scope="row"><button type="button" class="text-button" @click=${() => this.goTo(iteration)}>${formatCount(iteration)}</button></th>
            ${losses.map((values) => html`<td>${figures.text(values[iteration - 1])}</td>`)}
          </tr>`,
        )}</tbody>
      </table>
    </details>`;
  }

  private goTo(iteration: number): void {
    this.session.goToFrame(iteration);
  }

  private readonly scrub = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const iteration = Math.min(Number(field.value), Math.max(1, this.session.furthest));
    field.value = String(iteration);
    this.goTo(iteration);
  };

  /** Begins, pauses or goes on: what the one button says. */
  press(): void {
    const { training } = this.session;
    if (training.status === 'running') training.pause();
    else if (training.status === 'paused') training.resume();
    else this.begin();
  }

  private begin(): void {
    const text = this.querySelector<HTMLInputElement>('#iterations')?.value.trim() ?? String(usual);
    const count = Number(text);
    if (!/^\d+$/.test(text) || count < 1) this.problem = 'Type a whole number of iterations, such as 100.';
    else if (count > most) this.problem = `At most ${formatCount(most)} in one go; more can follow.`;
    else {
      this.problem = '';
      const { training, furthest } = this.session;
      // What was only looked at before the first training is part of it.
      const looked = training.target === 0 ? furthest : 0;
      training.start(count > looked ? count - looked : count);
    }
  }

  private submit(event: Event): void {
    event.preventDefault();
    this.press();
  }

  protected override updated(): void {
    // A native slider keeps where it was dragged to; a step by other means moves it.
    const { furthest, moment } = this.session;
    const range = this.querySelector<HTMLInputElement>('.losses .range');
    if (range !== null) range.value = String(Math.min(Math.max(1, furthest), moment.frame));
  }
}

const rateText = (perSecond: number): string =>
  perSecond >= 10 ? formatCount(Math.round(perSecond)) : String(Math.round(10 * perSecond) / 10);

if (customElements.get('bs-training') === undefined) customElements.define('bs-training', TrainingView);
