import { html, nothing, type TemplateResult } from 'lit';
import type { Program } from '../../src/program/counted-program.ts';
import { type Breakpoint, replaced } from '../../src/session/breakpoints/breakpoint.ts';
import { resolveBreakpoint } from '../../src/session/breakpoints/breakpoint-resolution.ts';
import { command } from '../../src/session/commands.ts';
import { inLanguage } from '../../src/session/links/cell-text.ts';
import { breakpointListWords as words } from '../../src/words/tools/breakpoint-list.ts';
import { CellField } from '../base/cell-field.ts';
import { cellNames } from '../base/cell-names.ts';
import { send } from '../base/events.ts';
import { keyText } from '../base/key-text.ts';
import { SessionView } from '../base/session-view.ts';
import { toolIcons } from '../base/tool-icons.ts';
import { breakpointStyles } from './breakpoint-list.styles.ts';

/** A problem with typed text, in the field for new breakpoints or that of a count. */
interface Problem {
  /** The breakpoint's index in the list, from 0; −1 for the field for new ones. */
  readonly at: number;
  /** The column of the problem, from 1; 0 where it is the whole text. */
  readonly column: number;
  readonly message: string;
}

type Counting = 'each' | 'nth' | 'every';
const countings: readonly Counting[] = ['each', 'nth', 'every'];

/**
 * `<bs-breakpoint-list>`: all breakpoints, each with a switch, a rule for its hits and a button that removes it; a field for new
 * ones; and buttons that go to the stops by `backstep-command`.
 */
export class BreakpointList extends SessionView {
  static override readonly sheet = breakpointStyles;
  static override properties = { ...SessionView.properties, problem: { state: true } };
  /** The problem with typed text; undefined where there is none. */
  declare problem: Problem | undefined;
  /** The messages about the texts checked so far; undefined for valid ones. */
  private read: { readonly program: Program; readonly faults: Map<string, string | undefined> } | undefined;

  constructor() {
    super();
    new CellField(this, '#new-breakpoint');
    this.problem = undefined;
  }

  protected override render(): TemplateResult {
    const { breakpoints } = this.session.state;
    return html`<div class="breakpoints">
      ${this.form()}
      ${
        breakpoints.length === 0
          ? html`<p class="quiet">${words.empty}</p>`
          : html`<ul aria-label=${words.list}>${breakpoints.map((one, at) => this.row(one, at))}</ul>`
      }
      <p class="choices">${this.way('reverse', words.back)} ${this.way('continue', words.further)}</p>
    </div>`;
  }

  private form(): TemplateResult {
    const { problem } = this;
    const isWrong = problem?.at === -1;
    const [formula, cells, condition] = this.examples();
    return html`<form novalidate @submit=${this.add}>
      <label for="new-breakpoint">${words.where}</label>
      <input id="new-breakpoint" dir="ltr" list="breakpoint-names" autocomplete="off" autocapitalize="off" spellcheck="false"
        aria-invalid=${isWrong} aria-describedby="new-breakpoint-problem new-breakpoint-hint" @input=${this.forget} />
      ${cellNames('breakpoint-names', this.session.model)}
      <button type="submit" class="action main">${words.add}</button>
      <p id="new-breakpoint-problem" class="problem" role="alert">${isWrong ? this.pointed(problem) : ''}</p>
      <p id="new-breakpoint-hint" class="quiet">${words.hint(formula, cells, condition)}</p>
      <p class="examples"><span>${words.examples}</span> ${[formula, cells, condition].map(
        (text) =>
          html`<button type="button" class="text-button" dir="ltr" @click=${() => this.fill(text)}><code>${text}</code></button> `,
      )}</p>
    </form>`;
  }

  /** The message, below the character it is about. */
  private pointed({ column, message }: Problem): TemplateResult {
    if (column === 0) return html`${message}`;
    return html`<span class="caret" aria-hidden="true" dir="ltr">${' '.repeat(column - 1)}↑</span>${words.column(column, message)}`;
  }

  /** Example breakpoints for this model: on a line, on cells, and a condition. */
  private examples(): [string, string, string] {
    const { formulas, quantities } = this.session.model;
    const own = formulas.filter(({ derived }) => !derived);
    const line = own.find(({ phase, indices }) => phase === 'backward' && indices.length > 0) ?? own[0];
    const wide = own.find(({ version, indices }) => version === 'new' && indices.length > 1) ?? line;
    const single = own.filter(({ phase }) => phase === 'forward').at(-1) ?? line;
    const written = (target: string, parts: readonly string[]) =>
      parts.length === 0 ? target : `${target}[${parts.join(',')}]`;
    const hidden = ({ target }: { target: string }) => (quantities.get(target)?.perSample ? 1 : 0);
    const names = (formula: typeof line) => formula.indices.slice(hidden(formula)).map(({ name }) => name);
    const cells = names(wide).map((_, d) => (d === 0 ? '1' : '*'));
    return [line.target, written(wide.target, cells), `abs(${written(single.target, names(single))}) < 0.01`];
  }

  private row(breakpoint: Breakpoint, at: number): TemplateResult {
    const { text, kind, enabled, nth, every } = breakpoint;
    const counting: Counting = nth !== undefined ? 'nth' : every !== undefined ? 'every' : 'each';
    const { problem } = this;
    const unread = this.unread(text);
    return html`<li class=${enabled ? '' : 'off'}>
      <label class="enable"><input type="checkbox" .checked=${enabled}
        @change=${() => this.change(at, { ...breakpoint, enabled: !enabled })} />
        <span class="visually-hidden">${words.on(text)}</span><code dir="ltr" aria-hidden="true">${text}</code></label>
      <span class="kind">${words[kind]}</span>
      <span class="counting">
        <select aria-label=${words.which(text)} @change=${(event: Event) => this.count(at, (event.target as HTMLSelectElement).value as Counting)}>
          ${countings.map((one) => html`<option value=${one} ?selected=${one === counting}>${words[one]}</option>`)}
        </select>
        ${
          counting === 'each'
            ? nothing
            : html`<input class="number" inputmode="numeric" autocomplete="off" size="4" .value=${String(nth ?? every)}
              aria-label=${words.count(text)} aria-invalid=${problem?.at === at} aria-describedby="breakpoint-problem-${at}"
              @change=${(event: Event) => this.count(at, counting, event.target as HTMLInputElement)} />`
        }
      </span>
      <button type="button" class="small" aria-label=${words.remove(text)} title=${words.remove(text)}
        @click=${() => this.discard(at)}>${toolIcons.close}</button>
      <p id="breakpoint-problem-${at}" class="problem" role="alert">${problem?.at === at ? problem.message : ''}${
        unread === undefined ? nothing : html`<code dir="ltr">${text}</code> ${words.unresolved} ${unread}`
      }</p>
    </li>`;
  }

  private way(id: 'continue' | 'reverse', label: string): TemplateResult {
    const keys = command(id)?.keys ?? [];
    // The command runs as if its key were pressed.
    return html`<button type="button" class="action" aria-keyshortcuts=${keys.join(' ')} title=${keys.map(keyText).join(', ')}
      @click=${() => send(this, 'backstep-command', id)}>${label}</button>`;
  }

  /** The message about a breakpoint that the rewritten model no longer has a place for; undefined where it is valid. */
  private unread(text: string): string | undefined {
    const { program } = this.session;
    if (this.read?.program !== program) this.read = { program, faults: new Map() };
    const { faults } = this.read;
    if (!faults.has(text)) {
      const found = resolveBreakpoint(program, text);
      faults.set(text, 'error' in found ? found.error.message : undefined);
    }
    return faults.get(text);
  }

  private change(at: number, breakpoint: Breakpoint | undefined): void {
    this.session.setBreakpoints(replaced(this.session.state.breakpoints, at, breakpoint));
  }

  private discard(at: number): void {
    this.change(at, undefined);
    // The button is removed with its row.
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('#new-breakpoint')?.focus());
  }

  private count(at: number, counting: Counting, field?: HTMLInputElement): void {
    const { kind, text, enabled, nth, every } = this.session.state.breakpoints[at];
    const typed = field?.value.trim() ?? String(nth ?? every ?? 2);
    this.problem = /^[1-9]\d{0,8}$/.test(typed) ? undefined : { at, column: 0, message: words.wholeCount };
    if (this.problem !== undefined) return;
    const more = counting === 'each' ? {} : { [counting]: Number(typed) };
    this.change(at, { kind, text, enabled, ...more });
  }

  private readonly forget = (): void => {
    this.problem = undefined;
  };

  private fill(text: string): void {
    const field = this.querySelector<HTMLInputElement>('#new-breakpoint');
    if (field === null) return;
    field.value = text;
    field.focus();
    this.forget();
  }

  private readonly add = (event: Event): void => {
    event.preventDefault();
    const field = this.querySelector<HTMLInputElement>('#new-breakpoint');
    if (field === null) return;
    const { program, state } = this.session;
    const text = inLanguage(program.model, field.value);
    const found = resolveBreakpoint(program, text);
    if ('error' in found) {
      this.problem = { at: -1, column: found.error.column, message: found.error.message };
      return;
    }
    if (state.breakpoints.some((one) => one.text === text.trim())) {
      this.problem = { at: -1, column: 0, message: words.twice };
      return;
    }
    this.problem = undefined;
    field.value = '';
    this.session.setBreakpoints([
      ...state.breakpoints,
      { kind: found.kind, text: text.trim(), enabled: true },
    ]);
  };
}
