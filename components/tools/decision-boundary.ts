import { html, nothing, svg, type TemplateResult } from 'lit';
import { datumOf } from '../../src/figure/plane/classes.ts';
import { InputRegions } from '../../src/figure/plane/input-plane.ts';
import type { Regions } from '../../src/figure/plane/regions.ts';
import type { Model } from '../../src/formula/model.ts';
import { format, formatCount } from '../../src/number/format.ts';
import { decisionBoundaryWords as words } from '../../src/words/tools/decision-boundary.ts';
import { SessionView } from '../base/session-view.ts';
import { pictureStyles } from '../charts/picture.styles.ts';
import { drawn, tabled } from '../charts/picture.ts';
import { PictureWidth } from '../charts/picture-width.ts';
import { decisionStyles } from './decision-boundary.styles.ts';

/** Milliseconds of one time slice of finding answers. */
const turn = 8;
/** Points along each side of the table of the plane. */
const tableSide = 5;
/** With more different targets than this, targets are values and not classes. */
const mostTargets = 10;
/** Significant digits beside the plane. */
const digits = 3;

/**
 * `<bs-decision-boundary>`: the model's outputs over the plane of its two inputs, as the figure of regions with the lines between
 * classes and the data points, and as a table; the output at the pointer.
 */
export class DecisionBoundaryView extends SessionView {
  static override readonly sheet = [pictureStyles, decisionStyles];
  static override properties = { ...SessionView.properties, pointed: { state: true } };
  /** The inputs at the pointer; undefined without one. */
  declare pointed: readonly [number, number] | undefined;
  private readonly width = new PictureWidth(this, '.plane');
  private read: { readonly model: Model; readonly found: InputRegions | undefined } | undefined;
  private regions: Regions | undefined;
  /** Whether the picture is of the present numbers. */
  private isWhole = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override willUpdate(): void {
    const { model, machine, moment } = this.session;
    if (this.read?.model !== model) this.read = { model, found: InputRegions.of(model) };
    this.regions = this.read.found?.at(machine, moment.frame);
    clearTimeout(this.timer);
    if (this.regions === undefined) return;
    // No step waits longer; meanwhile the areas of other numbers stay.
    const end = performance.now() + turn;
    this.isWhole = this.regions.find(machine, moment.frame, () => performance.now() >= end);
    if (!this.isWhole) this.timer = setTimeout(() => this.requestUpdate());
  }

  protected override render(): TemplateResult {
    const { regions, width, session } = this;
    if (regions === undefined) return html`<p class="quiet">${words.none}</p>`;
    // An iteration without a batch has one sample.
    const sample = session.sample ?? (session.model.batch === undefined ? 1 : 0);
    const picture = regions.picture(sample, width.value || undefined);
    const has = (name: string) =>
      picture.marks.some(({ attributes }) => String(attributes.class).split(' ').includes(name));
    return html`<div class="decision">
      <figure>
        <div class="plane" @pointermove=${this.point} @pointerleave=${this.leave}>${width.value === 0 ? nothing : drawn(picture)}</div>
        <p class="answer">${this.pointed ? this.answerAt(regions, this.pointed) : words.hint}</p>
      </figure>
      <div>
        <p>${this.summary(regions, has('divide'))}</p>
        ${this.legend(regions, has('here'), has('now'))}
      </div>
      <details class="numbers">
        <summary>${words.inNumbers}</summary>
        <div class="tables">${this.table(regions)}${tabled(picture.table, words.points)}</div>
      </details>
    </div>`;
  }

  private summary(regions: Regions, isDivided: boolean): string {
    const { figures, moment } = this.session;
    const { classes, points, right, of } = regions;
    const line = classes.size > 1 ? words.many : words.level(of, figures.text(classes.level));
    const isAnnounced =
      points.some(({ target }) => target !== undefined) && this.classNames(regions).length > 1;
    return [
      `${capital(words.with(formatCount(moment.frame)))}.`,
      line,
      ...(this.isWhole && !isDivided ? [words.nowhere] : []),
      ...(isAnnounced ? [words.right(formatCount(right.length), formatCount(points.length))] : []),
    ].join(' ');
  }

  /** What the classes are called, in their order; none where the targets are values. */
  private classNames({ classes: { size, targets, level } }: Regions): string[] {
    const { figures } = this.session;
    if (size > 1) return Array.from({ length: size }, (_, n) => words.classOf(String(n + 1)));
    if (targets.length > mostTargets) return [];
    if (targets.length <= 2) return targets.map((target) => words.target(figures.text(target)));
    return [words.atMost(figures.text(level)), words.above(figures.text(level))];
  }

  private legend(regions: Regions, hasHere: boolean, hasNow: boolean): TemplateResult | typeof nothing {
    const names = this.classNames(regions);
    const entry = (one: number | undefined, more: string, text: unknown): TemplateResult => {
      const datum = datumOf(one, [0, 0]);
      return html`<li><svg class="picture" viewBox="-8 -8 16 16" aria-hidden="true">${svg`<path class="${datum.class} ${more}" d=${datum.d}/>`}</svg>${text}</li>`;
    };
    if (names.length === 0 && !hasHere && !hasNow) return nothing;
    return html`<ul class="legend">
      ${names.map((name, at) => {
        const count = regions.points.filter(({ target }) => target === at).length;
        return entry(at, '', html`${name} <span class="count">${formatCount(count)}</span>`);
      })}
      ${hasHere ? entry(undefined, 'here', words.here) : nothing}
      ${hasNow ? entry(undefined, 'now', words.now) : nothing}
    </ul>`;
  }

  private readonly point = (event: PointerEvent): void => {
    const { regions, width } = this;
    const drawing = (event.currentTarget as HTMLElement).querySelector('svg')?.getBoundingClientRect();
    if (regions === undefined || drawing === undefined) return;
    const plot = regions.plot(width.value);
    const scale = plot.size.width / drawing.width;
    const at = plot.pointAt(scale * (event.clientX - drawing.left), scale * (event.clientY - drawing.top));
    this.pointed = at && [...at];
  };

  private readonly leave = (): void => {
    this.pointed = undefined;
  };

  private answerAt(regions: Regions, [x, y]: readonly [number, number]): string {
    return words.answer(this.short(x), this.short(y), this.answerText(regions.answer(x, y)));
  }

  private short(value: number): string {
    return format(value, { precision: { kind: 'significant', digits } });
  }

  private answerText(answer: readonly number[]): string {
    return answer.map((value) => this.short(value)).join(', ');
  }

  /** The outputs over the plane; of several the number, from 1, of the greatest. */
  private table(regions: Regions): TemplateResult {
    const { classes, varied } = regions;
    const [across, up] = varied.ranges.map(([low, high]) =>
      Array.from({ length: tableSide }, (_, n) => low + (n / (tableSide - 1)) * (high - low)),
    );
    const [first, second] = varied.numbers.map(({ text }) => text);
    const told = (answer: readonly number[]) =>
      classes.size > 1 ? classes.name(classes.of(answer)) : this.answerText(answer);
    return html`<table>
      <caption>${words.output}; ${words.across(first)}, ${words.down(second)}</caption>
      <thead><tr><td></td>${across.map((x) => html`<th scope="col">${this.short(x)}</th>`)}</tr></thead>
      <tbody>${[...up]
        .reverse()
        .map(
          (y) =>
            html`<tr><th scope="row">${this.short(y)}</th>${across.map((x) => html`<td>${told(regions.answer(x, y))}</td>`)}</tr>`,
        )}</tbody>
    </table>`;
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
