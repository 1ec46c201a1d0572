import { html, nothing, type TemplateResult } from 'lit';
import { type CodeLine, type CodeSegment, pseudocode } from '../../src/explain/pseudocode.ts';
import type { Formula } from '../../src/formula/model.ts';
import type { Program } from '../../src/program/counted-program.ts';
import { breakpointAt, breakpointsWithin } from '../../src/session/breakpoints/breakpoint.ts';
import { nextCellOfFormula } from '../../src/session/breakpoints/next-cell-of-formula.ts';
import { codeWords as words } from '../../src/words/reading/code.ts';
import { send } from '../base/events.ts';
import { showInPlace } from '../base/own-place.ts';
import { SessionView } from '../base/session-view.ts';
import { codeStyles } from './code.styles.ts';

/**
 * `<bs-code>`: the program as pseudo-code, with the present line and operation marked, and a breakpoint button in the margin of
 * each line. A click on a line goes to the formula's next cell; with Ctrl it sends `backstep-command` with `runTo`.
 */
export class CodeView extends SessionView {
  static override readonly sheet = codeStyles;
  private made: { program: Program; lines: readonly CodeLine[] } | undefined;
  /** The line that was scrolled to last. */
  private followed: Element | null = null;
  /** Another size, of the place or of its content, has to show the line again. */
  private readonly size = new ResizeObserver(() => this.showCurrent());

  protected override render(): TemplateResult {
    const { program, moment } = this.session;
    if (this.made?.program !== program) this.made = { program, lines: pseudocode(program) };
    const { lines } = this.made;
    const current = lines.findIndex(
      ({ formula }) => formula !== undefined && formula === moment.location?.formula,
    );
    return html`<ol class="code">
      ${lines.map(
        (
          line,
          at,
        ) => html`<li class="depth-${Math.min(line.depth, 4)} ${line.kind} ${line.phase} ${at === current ? 'current' : ''}">
        ${this.margin(line)}${this.line(line, at === current, this.loopValues(lines, at, current))}
      </li>`,
      )}
    </ol>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const one of [this, this.closest('.place')]) if (one !== null) this.size.observe(one);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.size.disconnect();
  }

  /** The present line stays in sight; a reader who looks elsewhere is left there until it is another. */
  protected override updated(): void {
    const current = this.querySelector('.current');
    if (current === this.followed) return;
    this.followed = current;
    this.showCurrent();
  }

  private showCurrent(): void {
    if (this.followed !== null) showInPlace(this.followed);
  }

  /** The breakpoint button of a line. It is no tab stop: a key on the line itself does the same. */
  private margin({ kind, phase, formula, text }: CodeLine): TemplateResult | typeof nothing {
    if (kind === 'loop') return nothing;
    const { breakpoints } = this.session.state;
    const own = formula?.target ?? phase;
    const of = kind === 'phase' ? 'phase' : 'formula';
    const found = breakpointAt(breakpoints, own, of);
    const within = formula === undefined ? [] : breakpointsWithin(breakpoints, own);
    const counts = found?.nth !== undefined || found?.every !== undefined;
    const marks = [
      found === undefined ? '' : counts ? 'counted' : 'set',
      found?.enabled === false ? 'off' : '',
      found === undefined && within.length > 0 ? 'within' : '',
    ];
    const others = within.length > 0 ? words.others(within.map((one) => one.text).join(', ')) : '';
    const label = [
      words.breakpoint(formula === undefined ? phase : text),
      found?.enabled === false ? words.off : '',
      others,
    ];
    return html`<button
      type="button"
      class="margin ${marks.join(' ')}"
      tabindex="-1"
      aria-pressed=${found !== undefined}
      aria-label=${label.filter((part) => part !== '').join('; ')}
      title=${[...label.slice(1), `${words.breakpoint(own)} (F9, B)`].filter((part) => part !== '').join('; ')}
      @click=${() => this.session.toggleBreakpoint(own, of)}
    ><span class="dot"></span></button>`;
  }

  private line(line: CodeLine, current: boolean, values: string): TemplateResult {
    const { formula, text } = line;
    if (formula === undefined) {
      return html`<span class="text">${text}</span>${values && html`<span class="values">${values}</span>`}`;
    }
    const segments: readonly CodeSegment[] = current
      ? (this.session.explanation?.code ?? [{ text, now: false }])
      : [{ text, now: false }];
    const isSet = breakpointAt(this.session.state.breakpoints, formula.target) !== undefined;
    return html`<button
      type="button"
      class="go"
      data-line=${formula.target}
      data-given=${this.givenIn(text)}
      aria-current=${current ? 'step' : 'false'}
      aria-keyshortcuts="F9 b"
      title=${words.runsNext}
      @click=${(event: MouseEvent) => this.goToNext(formula, event)}
    >${isSet ? html`<span class="visually-hidden">${words.marked}</span>` : nothing}${segments.map(({ text: piece, now }) => (now ? html`<mark>${piece}</mark>` : piece))}</button>`;
  }

  /** The names of the given numbers in a line, which no line of its own computes. */
  private givenIn(text: string): string {
    const { quantities } = this.session.model;
    const names = text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
    return [...new Set(names)]
      .filter((name) => (quantities.get(name)?.role ?? 'computed') !== 'computed')
      .join(' ');
  }

  /** The present indices of a loop around the current line, such as `j = 2`; empty for other lines. */
  private loopValues(lines: readonly CodeLine[], at: number, current: number): string {
    const { location } = this.session.moment;
    const line = lines[at];
    if (line.kind !== 'loop' || location === undefined || at > current) return '';
    const between = lines.slice(at + 1, current + 1);
    if (between.some(({ depth }) => depth <= line.depth)) return '';
    return line.indices
      .map((name) => {
        const d = location.formula.indices.findIndex((index) => index.name === name);
        return `${name} = ${location.cell[d]}`;
      })
      .join(', ');
  }

  /** Goes to the first operation of the formula's next cell; with Ctrl, at most to the next breakpoint. */
  private goToNext(formula: Formula, { ctrlKey, metaKey }: MouseEvent): void {
    if (ctrlKey || metaKey) {
      send(this, 'backstep-command', 'runTo');
      return;
    }
    const step = nextCellOfFormula(this.session.moment, formula);
    if (step !== undefined) this.session.goTo(step);
  }
}
