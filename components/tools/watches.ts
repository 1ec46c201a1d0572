import { html, nothing, type TemplateResult } from 'lit';
import { Reads } from '../../src/explain/reads.ts';
import { spokenCell } from '../../src/explain/spoken-cell.ts';
import { dataCell } from '../../src/explain/unrolled-tex.ts';
import { evenlySpaced } from '../../src/figure/base/picture.ts';
import { rangeOf, sparkOf } from '../../src/figure/plane/courses.ts';
import type { QueryFault } from '../../src/formula/compile/query.ts';
import { cellName } from '../../src/formula/model.ts';
import type { Probe, ProbedCell } from '../../src/machine/inspect/probe.ts';
import { formatCount } from '../../src/number/format.ts';
import type { Program } from '../../src/program/counted-program.ts';
import {
  ChangeFinder,
  indexValuesOf,
  type ParsedWatch,
  parseWatch,
  reordered,
  type WatchedChange,
  WatchHistory,
  watchedCell,
  watchedCells,
} from '../../src/session/analysis/watches.ts';
import { inLanguage } from '../../src/session/links/cell-text.ts';
import { watchesWords as words } from '../../src/words/tools/watches.ts';
import { Announcement } from '../base/announcement.ts';
import { CellField } from '../base/cell-field.ts';
import { cellNames } from '../base/cell-names.ts';
import { SessionView } from '../base/session-view.ts';
import { toolIcons } from '../base/tool-icons.ts';
import { pictureStyles } from '../charts/picture.styles.ts';
import { stretched } from '../charts/picture.ts';
import { watchStyles } from './watches.styles.ts';

/** Milliseconds of sampling iterations before the page may draw. */
const sliceDuration = 6;
/** Values of free indices shown at most. */
const mostValues = 6;
/** Cells whose readers are listed, and readers listed, at most. */
const mostRead = 6;
const mostReaders = 4;
/** Rows of the table of the curves at most. */
const mostRows = 12;

/** A parsed watch, its cells, and its history in the present run. */
interface TrackedWatch {
  readonly text: string;
  readonly watch: ParsedWatch;
  readonly cells: readonly ProbedCell[];
  history?: WatchHistory;
}

/**
 * `<bs-watches>`: watched expressions: values now and over the run, when they last changed and will next, and which formulas read
 * them; they can be added, reordered and removed.
 */
export class WatchesView extends SessionView {
  static override readonly sheet = [pictureStyles, watchStyles];
  static override properties = {
    ...SessionView.properties,
    fault: { state: true },
    outcome: { state: true },
  };
  /** The problem with a typed expression; undefined where there is none. */
  declare fault: (QueryFault & { readonly text: string }) | undefined;
  /** The last change of the list in words, for screen readers. */
  declare outcome: string;
  override readonly followsTraining = true;
  private program: Program | undefined;
  private reads: Reads | undefined;
  private readonly tracked = new Map<string, TrackedWatch>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new CellField(this, '#watch-text');
    new Announcement(this);
    this.fault = undefined;
    this.outcome = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  /** Adds an expression to the watches; false, with a message in the view, where it is not valid. */
  add(text: string): boolean {
    const { session } = this;
    const { watches } = session.state;
    const watched = text.trim();
    const found = this.trackedWatch(watched);
    if ('fault' in found.watch) {
      this.fault = { ...found.watch.fault, text: watched };
      return false;
    }
    this.fault = undefined;
    this.outcome = watches.includes(watched) ? words.already(watched) : words.added(watched);
    if (!watches.includes(watched)) session.setWatches([...watches, watched]);
    return true;
  }

  private trackedWatch(text: string): TrackedWatch {
    const { program } = this.session;
    if (this.program !== program) {
      this.program = program;
      this.reads = undefined;
      this.tracked.clear();
    }
    let found = this.tracked.get(text);
    if (found === undefined) {
      const watch = parseWatch(program, text);
      found = { text, watch, cells: 'probe' in watch ? watchedCells(watch.probe) : [] };
      this.tracked.set(text, found);
    }
    return found;
  }

  private historyOf(watch: TrackedWatch, probe: Probe): WatchHistory {
    const { machine } = this.session;
    if (watch.history?.machine !== machine) watch.history = new WatchHistory(probe, machine);
    return watch.history;
  }

  protected override render(): TemplateResult {
    const { watches } = this.session.state;
    return html`<div class="watches">
      ${this.addTemplate()}
      ${
        watches.length === 0
          ? html`<p class="quiet">${words.none}</p>`
          : html`<ol aria-label=${words.list} aria-description=${words.keys}>${watches.map((text, at) => this.row(this.trackedWatch(text), at, watches.length))}</ol>
            ${this.tableTemplate(watches)}`
      }
      <p class="visually-hidden" data-told>${this.outcome}</p>
    </div>`;
  }

  private addTemplate(): TemplateResult {
    const { fault } = this;
    return html`<form class="watch-add" novalidate @submit=${this.submit}>
        <label for="watch-text">${words.watch}</label>
        <input id="watch-text" class="number" list="watch-names" autocomplete="off" autocapitalize="off" spellcheck="false" aria-label=${words.field}
          aria-invalid=${fault === undefined ? 'false' : 'true'} aria-describedby="watch-problem" />
        <button type="submit" class="small">${words.add}</button>
        ${cellNames('watch-names', this.session.model)}
      </form>
      <div id="watch-problem" role="alert">${fault === undefined ? nothing : faultTemplate(fault, fault.text)}</div>`;
  }

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    const field = this.querySelector<HTMLInputElement>('#watch-text');
    if (field !== null && this.add(inLanguage(this.session.model, field.value))) field.value = '';
  };

  private row(followed: TrackedWatch, at: number, count: number): TemplateResult {
    const { text, watch } = followed;
    return html`<li @keydown=${(event: KeyboardEvent) => this.pressed(event, at)}>
      <div class="is"><code>${text}</code> ${'probe' in watch ? this.valueTemplate(watch.probe) : nothing}</div>
      <div class="over">${'probe' in watch ? this.curveTemplate(followed, watch.probe) : nothing}</div>
      <div class="order">
        ${this.button('up', '↑', words.up(text), at === 0, () => this.move(at, -1))}
        ${this.button('down', '↓', words.down(text), at === count - 1, () => this.move(at, 1))}
        ${this.button('remove', toolIcons.close, words.remove(text), false, () => this.removeWatch(at))}
      </div>
      ${'fault' in watch ? html`<div class="facts">${faultTemplate(watch.fault, text)}</div>` : this.factsTemplate(followed)}
    </li>`;
  }

  private button(
    kind: string,
    sign: unknown,
    label: string,
    isOff: boolean,
    press: () => void,
  ): TemplateResult {
    return html`<button type="button" class="small ${kind}" aria-label=${label} title=${label} aria-disabled=${isOff}
      @click=${() => isOff || press()}>${sign}</button>`;
  }

  private valueTemplate(probe: Probe): TemplateResult {
    const { moment } = this.session;
    const places = indexValuesOf(probe);
    const values = places.slice(0, mostValues).map((place) => probe.at(moment, place));
    if (places.length === 1) return html`= ${this.one(probe, values[0])}`;
    return html`${values.map((value, n) => {
      const where = probe.free.map(({ name }, d) => `${name} = ${places[n][d]}`).join(', ');
      return html`<span class="at-index"><span class="quiet">${where}:</span> ${this.one(probe, value)}</span> `;
    })}${places.length > mostValues ? words.more(formatCount(places.length - mostValues)) : nothing}`;
  }

  private one(probe: Probe, value: number | undefined): TemplateResult {
    if (value === undefined) return html`<span class="value pending">${words.notYet}</span>`;
    if (probe.isCondition)
      return html`<span class="value">${value === 1 ? words.holds : words.holdsNot}</span>`;
    return html`<span class="value">${this.text(probe, value)}</span>`;
  }

  /** The text of a watch's value; a single cell has its own digits. */
  private text(probe: Probe, value: number): string {
    const cell = watchedCell(probe);
    return this.session.figures.text(value, cell?.name, cell?.cell);
  }

  private curveTemplate(followed: TrackedWatch, probe: Probe): TemplateResult {
    const { samples } = this.historyOf(followed, probe);
    const { furthest, moment } = this.session;
    const last = samples[samples.length - 1]?.last ?? 1;
    const range = rangeOf(samples);
    const spoken =
      range === undefined
        ? ''
        : samples.length < 2
          ? words.oneIteration
          : words.curve(
              formatCount(samples[0].first),
              formatCount(last),
              this.text(probe, range.low),
              this.text(probe, range.high),
            );
    const isFlat = range === undefined || range.low === range.high;
    return html`<span class="visually-hidden">${spoken}</span>${
      samples.length < 2
        ? nothing
        : stretched(sparkOf(samples, Math.max(furthest, last, moment.frame), moment.frame))
    }
      <span class="spread" aria-hidden="true">${isFlat ? nothing : words.between(this.text(probe, range.low), this.text(probe, range.high))}</span>`;
  }

  private factsTemplate({ cells }: TrackedWatch): TemplateResult {
    const { session } = this;
    const finder = new ChangeFinder(session.machine, cells);
    const last = finder.last(session.moment);
    const next = finder.next(session.moment, session.furthest);
    return html`<div class="facts">
      <span>${last === undefined ? words.unchanged : this.changeTemplate(last, words.changedAt)}</span>
      <span>${next === undefined ? words.noNext : this.changeTemplate(next, words.next)}</span>
      ${this.readersTemplate(cells)}
    </div>`;
  }

  private changeTemplate(
    { step }: WatchedChange,
    phrase: (step: string, iteration: string) => string,
  ): TemplateResult {
    const { session } = this;
    const { size } = session.program;
    const [inFrame, frame] = [((step - 1) % size) + 1, Math.floor((step - 1) / size) + 1];
    return html`<button type="button" class="text-button" @click=${() => session.goTo(step)}>${phrase(formatCount(inFrame), formatCount(frame))}</button>`;
  }

  /** Links to the first cell of each formula that reads the watched cells. */
  private readersTemplate(cells: readonly ProbedCell[]): TemplateResult {
    const { machine, program, model } = this.session;
    this.reads ??= new Reads(program, machine.layout);
    const found = new Map<string, { name: string; version: 'old' | 'new'; cell: readonly number[] }>();
    for (const { name, cell } of cells.slice(0, mostRead))
      for (const version of ['old', 'new'] as const) {
        if (!machine.layout.has(name, version)) continue;
        for (const { formula, first } of this.reads.readers({ name, version, cell }))
          if (!found.has(`${formula.id}`))
            found.set(`${formula.id}`, { name: formula.target, version: formula.version, cell: first });
      }
    if (found.size === 0) return html`<span>${words.readByNone}</span>`;
    const readers = [...found.values()];
    const rest = readers.length - mostReaders;
    return html`<span>${words.readBy} ${readers.slice(0, mostReaders).map(
      ({ name, version, cell }) =>
        html`<button type="button" class="text-button" data-cell=${dataCell(name, cell)} data-version=${version}
          aria-label=${words.goTo(spokenCell(model, name, cell))}>${cellName(name, cell)}</button> `,
    )}${rest > 0 ? words.more(formatCount(rest)) : nothing}</span>`;
  }

  /** The curves as numbers. */
  private tableTemplate(watches: readonly string[]): TemplateResult {
    const { session } = this;
    const read = watches.map((text) => this.trackedWatch(text)).filter(({ watch }) => 'probe' in watch);
    const rows = evenlySpaced(session.furthest, mostRows);
    return html`<details @toggle=${() => this.requestUpdate()}>
      <summary>${words.inNumbers}</summary>
      <div class="rows"><table>
        <thead><tr><th scope="col">${words.iteration}</th>${read.map(({ text }) => html`<th scope="col"><code>${text}</code></th>`)}</tr></thead>
        <tbody>${this.querySelector('details')?.open === true ? rows.map((iteration) => this.tableRow(iteration, read)) : nothing}</tbody>
      </table></div>
    </details>`;
  }

  private tableRow(iteration: number, read: readonly TrackedWatch[]): TemplateResult {
    const { session } = this;
    const { machine, program } = session;
    return html`<tr>
      <th scope="row"><button type="button" class="text-button" @click=${() => session.goToFrame(iteration)}>${formatCount(iteration)}</button></th>
      ${read.map(({ watch }) => {
        if ('fault' in watch) return nothing;
        const { probe } = watch;
        probe.open(machine, iteration);
        const values = indexValuesOf(probe).flatMap((place) => probe.value(program.size, place) ?? []);
        const [low, high] = [Math.min(...values), Math.max(...values)];
        const text =
          low === high ? this.text(probe, low) : words.between(this.text(probe, low), this.text(probe, high));
        return html`<td>${values.length === 0 ? words.notYet : text}</td>`;
      })}
    </tr>`;
  }

  private move(at: number, by: number): void {
    const { session } = this;
    const { watches } = session.state;
    const next = reordered(watches, at, by);
    if (next === watches) return;
    this.outcome = words.movedTo(watches[at], at + by + 1);
    session.setWatches(next);
    // The focus moves with the watch.
    const kind = this.focusedKind ?? (by < 0 ? 'up' : 'down');
    void this.updateComplete.then(() =>
      this.rowAt(at + by)
        ?.querySelector<HTMLElement>(`.${kind}`)
        ?.focus(),
    );
  }

  private removeWatch(at: number): void {
    const { session } = this;
    const { watches } = session.state;
    this.outcome = words.removed(watches[at]);
    session.setWatches(watches.filter((_, n) => n !== at));
    // The focused button is removed: the next row gets the focus, or else the field.
    void this.updateComplete.then(() => {
      const row = this.rowAt(Math.min(at, watches.length - 2));
      (row?.querySelector<HTMLElement>('.remove') ?? this.querySelector<HTMLElement>('#watch-text'))?.focus();
    });
  }

  private rowAt(at: number): HTMLElement | undefined {
    return this.querySelectorAll<HTMLElement>('li')[at];
  }

  private get focusedKind(): string | undefined {
    const root = this.getRootNode() as ShadowRoot;
    return ['up', 'down', 'remove'].find((kind) => root.activeElement?.classList.contains(kind));
  }

  private pressed(event: KeyboardEvent, at: number): void {
    const { key, altKey } = event;
    if (altKey && (key === 'ArrowUp' || key === 'ArrowDown')) this.move(at, key === 'ArrowUp' ? -1 : 1);
    else if (key === 'Delete') this.removeWatch(at);
    else return;
    event.preventDefault();
  }

  /** Samples more iterations for one time slice, and renders again until all are sampled. */
  protected override updated(): void {
    clearTimeout(this.timer);
    const { session } = this;
    const end = performance.now() + sliceDuration;
    const isOver = () => performance.now() >= end;
    const until = Math.max(session.furthest, session.moment.frame);
    let [isMore, isGrown] = [false, false];
    for (const text of session.state.watches) {
      const followed = this.trackedWatch(text);
      if ('fault' in followed.watch) continue;
      const history = this.historyOf(followed, followed.watch.probe);
      const { samples } = history;
      isMore = history.advance(until, isOver) || isMore;
      isGrown = isGrown || samples !== history.samples;
    }
    if (isMore || isGrown) this.timer = setTimeout(() => this.requestUpdate(), 0);
  }
}

/** The message about an expression, with a caret at its column. */
const faultTemplate = (
  { message, column }: QueryFault,
  text: string,
): TemplateResult => html`<p class="problem">${message}.</p>
  <pre class="caret" aria-hidden="true">${text}\n${' '.repeat(Math.max(0, column - 1))}^</pre>`;
