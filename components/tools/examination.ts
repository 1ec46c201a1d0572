import '../../src/machine/fast-machine.ts';
import { html, nothing, type TemplateResult } from 'lit';
import type { ExaminedFrame } from '../../src/explain/examined/examined-frame.ts';
import type { JudgedSample, Judgement } from '../../src/explain/examined/judgement.ts';
import { type Column, coursesPicture } from '../../src/figure/plane/courses.ts';
import { format, formatCount } from '../../src/number/format.ts';
import { bestFrame, type CoursePoint, ExaminationCourse } from '../../src/session/analysis/examination.ts';
import { finishedFrame } from '../../src/session/analysis/finished-frame.ts';
import { examinationWords as words } from '../../src/words/tools/examination.ts';
import { SessionView } from '../base/session-view.ts';
import { pictureStyles } from '../charts/picture.styles.ts';
import { drawn, lineKey } from '../charts/picture.ts';
import { PictureWidth } from '../charts/picture-width.ts';
import { formStyles } from '../theme/forms.ts';
import { examinationStyles } from './examination.styles.ts';
import { misreadSample } from './misread-sample.ts';

/** Misread samples that are shown, and how many more each time. */
const mostShown = 12;
/** Decimals of percentages, and significant digits of losses. */
const [decimals, digits] = [1, 3];

/** One class taken for another, from 0. */
interface Confused {
  readonly wanted: number;
  readonly answered: number;
}

/**
 * `<bs-examination>`: how the network does, with what training has made of it so far, with samples that were held back, and with some it is
 * trained with: in numbers, over the iterations, which class is taken for which, and the samples that are misread, each of which can be
 * stepped through.
 */
export class ExaminationView extends SessionView {
  static override readonly sheet = [formStyles, pictureStyles, examinationStyles];
  static override properties = {
    ...SessionView.properties,
    confused: { state: true },
    shown: { state: true },
  };
  /** Which misread samples are shown; undefined for all. */
  declare confused: Confused | undefined;
  declare shown: number;
  override readonly followsTraining = true;
  private readonly width = new PictureWidth(this, '.course');
  private course: ExaminationCourse | undefined;
  /** The examination that is shown: an older one until that of the present iteration has been made. */
  private last: ExaminedFrame | undefined;

  constructor() {
    super();
    this.shown = mostShown;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.course?.stop();
  }

  protected override willUpdate(): void {
    const { trained, moment, training } = this.session;
    if (this.course?.machine !== trained) {
      this.course?.stop();
      this.course = new ExaminationCourse(trained, () => this.requestUpdate());
      this.last = undefined;
    }
    // While the network is trained, what it has come to is of interest, not where the debugger stands.
    const frame = training.status === 'running' ? trained.furthest : finishedFrame(moment);
    this.last = this.course.at(frame) ?? this.last;
  }

  protected override render(): TemplateResult {
    const { course, last } = this;
    const failure = course?.failure;
    if (failure !== undefined) return html`<p class="problem">${words.failed(failure)}</p>`;
    const { progress } = course ?? {};
    return html`<div class="examination">
      <div class="results" aria-live="off">${
        last === undefined
          ? html`<p class="quiet">${words.examining}</p>`
          : html`<p class="when">${frameText(last.frame)}</p>${this.marks(last)}
            ${this.session.model.awaited.length > 0 ? html`<p class="problem">${words.madeUp}</p>` : nothing}`
      }
      <progress class=${progress === undefined ? 'idle' : ''} aria-label=${words.examining} max="1" .value=${progress ?? 1}></progress></div>
      ${last === undefined ? nothing : html`${this.courses(last)}${this.classes(last.held)}`}
    </div>`;
  }

  /** The numbers of both parts. */
  private marks({ held, trained }: ExaminedFrame): TemplateResult {
    const row = (name: string, text: (part: Judgement) => string) => html`<tr>
      <th scope="row">${name}</th>${[held, trained].map((part) => html`<td>${text(part)}</td>`)}
    </tr>`;
    return html`<table class="marks">
      <thead><tr><td></td><th scope="col">${words.held}</th><th scope="col">${words.trained}</th></tr></thead>
      <tbody>
        ${row(words.samples, ({ count }) => formatCount(count))}
        ${
          held.classes === undefined
            ? nothing
            : [
                row(words.right, ({ classes }) => formatCount(classes?.right ?? 0)),
                row(words.errorRate, ({ classes, count }) => rateText(count - (classes?.right ?? 0), count)),
              ]
        }
        ${held.loss === undefined ? nothing : row(words.loss, ({ loss = Number.NaN }) => lossText(loss))}
      </tbody>
    </table>
    ${held.classes === undefined ? html`<p class="quiet">${words.measured}</p>` : nothing}`;
  }

  /** Errors and losses over the iterations. */
  private courses({ frame, held }: ExaminedFrame): TemplateResult {
    const { frames } = this.course as ExaminationCourse;
    const iterations = Math.max(1, this.session.trained.furthest, frame);
    const of = (name: string, value: (point: CoursePoint['held']) => number | undefined): TemplateResult => {
      const columns = [words.held, words.trained].map((_, n) =>
        frames.flatMap((point): Column[] => {
          const found = value(n === 0 ? point.held : point.trained);
          return found === undefined || !Number.isFinite(found)
            ? []
            : [{ last: point.frame, low: found, high: found }];
        }),
      );
      const picture = coursesPicture(columns, [`${name}, ${words.held}`, `${name}, ${words.trained}`], {
        ...{ first: 0, iterations, present: frame, width: this.width.value },
      });
      return html`<figure class="course">
        <figcaption>${words.courses(name)} ${lineKey(0, words.held)} ${lineKey(1, words.trained)}</figcaption>
        ${this.width.value === 0 ? nothing : drawn(picture)}
      </figure>`;
    };
    const best = bestFrame(frames);
    return html`<div class="courses">
      ${held.classes ? of(`${words.errorRate} (%)`, ({ count, right }) => (right === undefined ? undefined : (100 * (count - right)) / count)) : nothing}
      ${held.loss === undefined ? nothing : of(words.loss, ({ loss }) => loss)}
      ${
        best === undefined || frames.length < 3
          ? nothing
          : html`<p class="best">${
              best.frame === frame
                ? words.bestYet
                : html`${best.frame === 0 ? words.before : words.best(formatCount(best.frame))}
                  <button type="button" class="text-button" @click=${() => this.goTo(best.frame)}>${words.goThere}</button>`
            }</p>`
      }
      ${this.table(frames, held)}
    </div>`;
  }

  private table(frames: readonly CoursePoint[], { classes, loss }: Judgement): TemplateResult {
    const cells = (find: (part: CoursePoint['held']) => string) => (point: CoursePoint) =>
      [point.held, point.trained].map((part) => html`<td>${find(part)}</td>`);
    const columns = [
      ...(classes
        ? [{ name: words.errorRate, cells: cells(({ count, right = 0 }) => rateText(count - right, count)) }]
        : []),
      ...(loss === undefined
        ? []
        : [{ name: words.loss, cells: cells((part) => lossText(part.loss ?? Number.NaN)) }]),
    ];
    return html`<details class="numbers">
      <summary>${words.inNumbers}</summary>
      <table>
        <thead><tr><th scope="col">${words.iteration}</th>${columns.map(({ name }) =>
          [words.held, words.trained].map((part) => html`<th scope="col">${name}, ${part}</th>`),
        )}</tr></thead>
        <tbody>${frames.map(
          (point) => html`<tr>
            <th scope="row"><button type="button" class="text-button" @click=${() => this.goTo(point.frame)}>${formatCount(point.frame)}</button></th>
            ${columns.map((column) => column.cells(point))}
          </tr>`,
        )}</tbody>
      </table>
    </details>`;
  }

  private classes({ classes, count }: Judgement): TemplateResult | typeof nothing {
    if (classes === undefined) return nothing;
    const { names, misread } = classes;
    const { confused } = this;
    const chosen = misread.filter(
      ({ wanted, answered }) =>
        confused === undefined || (confused.wanted === wanted && confused.answered === answered),
    );
    const told =
      confused === undefined
        ? words.misread(formatCount(misread.length), formatCount(count))
        : words.only(names[confused.wanted], names[confused.answered]);
    return html`${this.confusion(classes)}
      <section class="misread" aria-label=${told}>
        <p><b>${told}</b>${confused === undefined && misread.length > this.shown ? html`. ${words.first(formatCount(this.shown))}` : nothing}
          ${confused === undefined ? nothing : html`<button type="button" class="text-button" @click=${() => this.choose(undefined)}>${words.all}</button>`}</p>
        ${misread.length === 0 ? html`<p class="quiet">${words.none}</p>` : nothing}
        <ul>${chosen.slice(0, this.shown).map((one) => misreadSample(this.session, one, names, () => this.stepThrough(one)))}</ul>
        ${
          chosen.length > this.shown
            ? html`<button type="button" class="action" @click=${() => {
                this.shown += mostShown;
              }}>${words.more}</button>`
            : nothing
        }
      </section>`;
  }

  /** Which class is taken for which, a button at each that is taken for another. */
  private confusion({ names, confusion }: NonNullable<Judgement['classes']>): TemplateResult {
    const most = Math.max(
      1,
      ...confusion.flatMap((row, wanted) => row.filter((_, answered) => answered !== wanted)),
    );
    const cell = (count: number, wanted: number, answered: number): TemplateResult => {
      if (wanted === answered) return html`<td class="right">${formatCount(count)}</td>`;
      if (count === 0) return html`<td class="zero">0</td>`;
      const { confused } = this;
      const isChosen = confused?.wanted === wanted && confused.answered === answered;
      const label = words.times(names[wanted], names[answered], formatCount(count));
      return html`<td .style=${`--strength: ${Math.round((100 * count) / most)}%`}><button type="button" aria-pressed=${isChosen}
        aria-label=${label} title=${label} @click=${() => this.choose(isChosen ? undefined : { wanted, answered })}>${formatCount(count)}</button></td>`;
    };
    return html`<table class="confusion">
      <caption>${words.confusion}</caption>
      <thead><tr><th scope="col">${words.wanted}</th>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>${confusion.map(
        (row, wanted) =>
          html`<tr><th scope="row">${names[wanted]}</th>${row.map((count, answered) => cell(count, wanted, answered))}</tr>`,
      )}</tbody>
    </table>`;
  }

  private choose(confused: Confused | undefined): void {
    this.confused = confused;
    this.shown = mostShown;
  }

  /** To the end of an iteration, in the training; to before the first step for 0. */
  private goTo(frame: number): void {
    const { session } = this;
    session.setMode('train');
    session.goTo(frame * session.program.size);
  }

  /** Shows what the network, as it is examined here, makes of a sample: the step at which it has answered. */
  private stepThrough({ row }: JudgedSample): void {
    const { session, last } = this;
    const { examination, quantities } = session.model;
    const { name, shape } = quantities.get(examination?.answer ?? '') ?? { name: '', shape: [] };
    const first = shape.map((size, d) => (d === 0 && session.model.batch !== undefined ? 1 : size));
    const answered = session.program.writing(name, 'old', first);
    session.setMode(row);
    session.goTo(session.machine.stepAt((last?.frame ?? 0) + 1, answered?.last ?? 1));
  }
}

const frameText = (frame: number): string => (frame === 0 ? words.before : words.after(formatCount(frame)));

const rateText = (count: number, of: number): string =>
  words.percent(format((100 * count) / of, { precision: { kind: 'decimals', digits: decimals } }));

const lossText = (loss: number): string => format(loss, { precision: { kind: 'significant', digits } });
