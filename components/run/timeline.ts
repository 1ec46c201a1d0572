import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { Phase } from '../../src/formula/statement.ts';
import { formatCount } from '../../src/number/format.ts';
import type { PassSteps, Program } from '../../src/program/counted-program.ts';
import { samplePosition, sampleText } from '../../src/session/samples.ts';
import { timelineWords as words } from '../../src/words/run/commands.ts';
import { SessionView } from '../base/session-view.ts';
import { withPart } from '../base/trouble.ts';

/** More ticks than this would run together. */
const mostTicks = 240;

/** About how wide a letter of a band's name is, in CSS pixels. */
const letterWidth = 7;
/** More passes than this, as in a batch whose samples go one by one, are drawn as one band. */
const mostBands = 24;

/** What a field of the timeline is for. */
type Place = 'step' | 'iteration';

/** A range of a frame's operations, from 1, both ends inclusive, drawn as one. */
interface Band {
  readonly phase: Phase | 'samples';
  /** Its name, and shorter forms of it. */
  readonly labels: readonly string[];
  readonly first: number;
  readonly last: number;
}

/**
 * The bands of each program, and whether its samples are drawn as one. Cached, since a batch of 100,000 has twice as many passes.
 */
const known = new WeakMap<Program, { readonly bands: readonly Band[]; readonly isFolded: boolean }>();

/**
 * The passes of a frame as bands. Where there are too many, those of single samples are one band, with the present one in front
 * of it.
 */
function bandsOf(program: Program, inFrame: number): readonly Band[] {
  let found = known.get(program);
  if (found === undefined) {
    const { passes } = program;
    const isFolded = passes.length > mostBands;
    found = { bands: isFolded ? folded(passes) : passes.map(bandOf), isFolded };
    known.set(program, found);
  }
  const { bands, isFolded } = found;
  const present = isFolded && inFrame > 0 ? program.passOf(inFrame) : undefined;
  return present?.sample === undefined ? bands : [...bands, { ...bandOf(present), labels: [''] }];
}

function bandOf({ phase, sample, first, last }: PassSteps): Band {
  const labels =
    sample === undefined
      ? [words[phase]]
      : [`${words[phase]} ${sample}`, phase === 'forward' ? `${sample}` : words[phase]];
  return { phase, labels, first, last };
}

function folded(passes: readonly PassSteps[]): Band[] {
  const bands: Band[] = [];
  for (const pass of passes) {
    const before = bands[bands.length - 1];
    if (pass.sample === undefined) bands.push(bandOf(pass));
    else if (before?.phase === 'samples') bands[bands.length - 1] = { ...before, last: pass.last };
    else bands.push({ ...bandOf(pass), phase: 'samples', labels: [words.samplesInTurn, words.samples] });
  }
  return bands;
}

/**
 * `<bs-timeline>`: the present step's place in the iteration as bands of passes, with marks where breakpoints stop, a slider, and
 * fields for a step and an iteration.
 */
export class Timeline extends SessionView {
  static override properties = { ...SessionView.properties, problem: { state: true }, room: { state: true } };
  /** The message about a typed number, and whose it is. */
  declare problem: { readonly place: Place; readonly message: string } | undefined;
  override readonly followsTraining = true;
  /** The width of the bands, in CSS pixels. */
  declare room: number;
  private readonly size = new ResizeObserver(([{ contentRect }]) => {
    this.room = contentRect.width - 16;
  });
  /** The step shown last; a message at a field is removed at another step. */
  private shownStep = 0;
  private wasRunning = false;
  private made: { program: Program; ticks: readonly number[] } | undefined;

  constructor() {
    super();
    this.problem = undefined;
    this.room = 560;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.updateComplete.then(() => {
      const track = this.querySelector('.track');
      if (track !== null) this.size.observe(track);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.size.disconnect();
  }

  protected override render(): TemplateResult {
    const { program, moment, furthest } = this.session;
    const { frame, inFrame, phase = 'start' } = moment;
    const { size } = program;
    const place = samplePosition(this.session);
    const sample = place ? `, ${sampleText(place)}` : '';
    const where = `${words.where(inFrame, size, frame, words[phase])}${sample}`;
    return html`
      <div class="track">${this.bands(program, inFrame)}
      <input
        class="range"
        type="range"
        min="0"
        max=${size}
        step="1"
        .value=${String(inFrame)}
        aria-label=${words.step}
        aria-valuetext=${where}
        @input=${(event: Event) => this.goInFrame(Number((event.target as HTMLInputElement).value))}
      />
      <p id="go-to-step-problem" class="problem" role="alert">${this.problem?.message ?? ''}</p>
      </div>
      <div class="where" @focusin=${() => this.toggleAttribute('data-typing', true)} @focusout=${() => this.toggleAttribute('data-typing', false)}>
        ${this.field('step', inFrame, String(size).length, size)}
        <div class="iteration">
          <button type="button" class="small" aria-label=${words.earlier} title=${words.earlierHint}
            aria-disabled=${frame === 1} @click=${() => this.session.dispatch('earlier')}>‹</button>
          ${this.field('iteration', frame, Math.max(2, String(Math.max(frame, furthest)).length), furthest)}
          <button type="button" class="small" aria-label=${words.later} title=${words.laterHint}
            @click=${() => this.session.dispatch('later')}>›</button>
        </div>
      </div>
    `;
  }

  /** A field to go to a step or an iteration by its number, with the last one; a single iteration needs no mention. */
  private field(place: Place, number: number, width: number, last: number): TemplateResult {
    const id = `go-to-${place}`;
    return html`<form novalidate @submit=${this.submit} @change=${this.submit} data-place=${place}>
      <label for=${id}>${place === 'step' ? words.goToStep : words.goToIteration}</label>
      <input
        id=${id}
        class="number"
        .style=${`inline-size:${width}ch`}
        inputmode="numeric"
        autocomplete="off"
        .value=${String(number)}
        aria-invalid=${this.problem?.place === place}
        aria-describedby="go-to-step-problem"
      />
      ${place === 'step' || last > 1 ? html`<span>${words.ofAll(formatCount(last))}</span>` : nothing}
    </form>`;
  }

  /** The passes as bands, filled up to the present step, with a tick where a cell is finished. */
  private bands(program: Program, inFrame: number): TemplateResult {
    const { size } = program;
    const x = (step: number) => `${(100 * step) / size}%`;
    const band = ({ phase, first, last }: Band): SVGTemplateResult => {
      const done = Math.min(last, inFrame) - first + 1;
      return svg`<g class=${phase}>
        <rect class="band" x=${x(first - 1)} y="15" width=${x(last - first + 1)} height="12"/>
        <rect class="done" x=${x(first - 1)} y="15" width=${x(Math.max(0, done))} height="12"/>
        <line class="edge" x1=${x(first - 1)} x2=${x(first - 1)} y1="3" y2="27"/>
      </g>`;
    };
    const bands = bandsOf(program, inFrame);
    return html`<div class="bands"><svg aria-hidden="true" height="34">
      ${bands.map(band)}
      ${bands.map((one, at) => this.label(one, size, bands[at - 1]))}
      ${this.ticks(program).map((step) => svg`<line class="tick" x1=${x(step)} x2=${x(step)} y1="22" y2="27"/>`)}
      ${this.stops().map((step) => svg`<circle class="stop" cx=${x(step)} cy="30.5" r="3"/>`)}
      <line class="cursor" x1=${x(inFrame)} x2=${x(inFrame)} y1="12" y2="33"/>
    </svg></div>`;
  }

  /** The operations of this iteration at which breakpoints stop. */
  private stops(): readonly number[] {
    const { state, searchStatus, moment } = this.session;
    return state.breakpoints.length === 0 ? [] : searchStatus.stops(moment.frame);
  }

  /** A band's name, in the longest form that fits. The last band may also use the free space of the band before it. */
  private label(band: Band, size: number, before: Band | undefined): SVGTemplateResult {
    const { phase, labels, first, last } = band;
    const fitting = (one: Band) =>
      one.labels.find((label) => letterWidth * label.length + 8 <= this.breadth(one, size));
    const label = fitting(band);
    const [full] = labels;
    if (label !== undefined)
      return svg`<text class=${phase} x=${`${(100 * (first - 1)) / size}%`} dx="1" y="10">${label}</text>`;
    const taken = before === undefined ? 0 : letterWidth * (fitting(before) ?? '').length + 8;
    const free = this.breadth(band, size) + (before === undefined ? 0 : this.breadth(before, size)) - taken;
    const needed = letterWidth * full.length + 8;
    const isFree = last === size && needed <= Math.min(free, this.room / 4) && first > size / 2;
    return isFree ? svg`<text class="last ${phase}" x="100%" dx="-1" y="10">${full}</text>` : svg``;
  }

  private breadth({ first, last }: Band, size: number): number {
    return (this.room * (last - first + 1)) / size;
  }

  /** The operations that finish a cell; none where they would run together. */
  private ticks(program: Program): readonly number[] {
    if (this.made?.program === program) return this.made.ticks;
    const ticks: number[] = [];
    for (let step = 1; step <= program.size && ticks.length <= mostTicks; ) {
      const { first, operations } = program.locate(step);
      step = first + operations;
      ticks.push(step - 1);
    }
    this.made = { program, ticks: ticks.length > mostTicks ? [] : ticks };
    return this.made.ticks;
  }

  private goInFrame(step: number): void {
    const { machine, moment } = this.session;
    this.problem = undefined;
    this.session.goTo(machine.stepAt(moment.frame, step));
  }

  /** Moves the focus to the field for a step's number and selects it. */
  focusStepField(): void {
    const field = this.querySelector<HTMLInputElement>('#go-to-step');
    field?.focus();
    field?.select();
  }

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const place = form.dataset.place as Place;
    const text = form.querySelector('input')?.value.trim() ?? '';
    void withPart(
      this,
      () => import('./typed-place.ts'),
      ({ goToTypedStep, goToTypedIteration }) => {
        const message = (place === 'step' ? goToTypedStep : goToTypedIteration)(this.session, text);
        this.problem = message === undefined ? undefined : { place, message };
        // Who has gone there by Enter goes on from there.
        if (message === undefined && event.type === 'submit')
          this.closest<HTMLElement>('.frame')?.focus({ preventScroll: true });
      },
    );
  };

  protected override updated(): void {
    const { step } = this.session.state.cursor;
    const isRunning = this.session.searchStatus.progress?.kind === 'run';
    const hasEnded = this.wasRunning && !isRunning;
    this.wasRunning = isRunning;
    // During training this is rendered many times, but typed text stays; a cancelled run leads nowhere.
    if (step === this.shownStep && !hasEnded) return;
    this.shownStep = step;
    this.problem = undefined;
    // Native fields keep typed text; another step shows its number again.
    const { inFrame, frame } = this.session.moment;
    for (const [selector, number] of [
      ['.range', inFrame],
      ['#go-to-step', inFrame],
      ['#go-to-iteration', frame],
    ] as const) {
      const field = this.querySelector<HTMLInputElement>(selector);
      if (field !== null) field.value = String(number);
    }
  }
}
