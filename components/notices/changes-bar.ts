import { css, html, nothing, type TemplateResult } from 'lit';
import type { Change } from '../../src/machine/machine.ts';
import { formatCount } from '../../src/number/format.ts';
import type { Changes } from '../../src/session/changes.ts';
import { command } from '../../src/session/commands.ts';
import { setChanges } from '../../src/session/edit.ts';
import { whatIfWords as words } from '../../src/words/notices/what-if.ts';
import { keyText } from '../base/key-text.ts';
import { SessionView } from '../base/session-view.ts';
import { toolIcons } from '../base/tool-icons.ts';
import { changeSentence, changeText } from './change-text.ts';
import { faultSentence } from './notices.ts';

/** Changes listed at most; of more, the newest. */
const mostListed = 4;

/**
 * `<bs-changes-bar>`: the reader's changes of numbers, each with a button that reverts it, and undo, redo and reset: a number of
 * the reader's must not pass for the lesson's; and the sample that they have chosen to see. Empty without these.
 */
export class ChangesBar extends SessionView {
  static override properties = {
    ...SessionView.properties,
    isWhole: { state: true },
    announce: { attribute: false },
  };
  static override readonly sheet = css`
    .changes {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      justify-content: space-between;
      gap: 0.2em 1.2em;
    }

    .changes ul {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0 0.9em;
      margin: 0;
      padding: 0;
      list-style: none;
    }

    .changes li {
      display: inline-flex;
      align-items: center;
    }

    .changes .small {
      display: inline-grid;
      place-items: center;
      min-inline-size: 24px;
      min-block-size: 24px;
      color: var(--c-quiet);
    }

    .changes .small .icon {
      inline-size: 14px;
      block-size: 14px;
    }

    .changes .choices {
      display: flex;
      flex-wrap: wrap;
      gap: 0 1.1em;
    }

    .changes .text-button {
      min-block-size: 24px;
    }

    .changes .effect {
      flex-basis: 100%;
      color: var(--c-quiet);
    }

    /* The marks are seen; where there is little room, they are not described as well. */
    @container back-step (width < 700px) or (height < 700px) {
      .changes .marked {
        position: absolute;
        clip-path: inset(50%);
      }
    }
  `;
  /** Whether a long list is shown whole. */
  declare isWhole: boolean;
  /** Announces a text in the live region; called after every change of the list. */
  declare announce: (text: string) => void;
  private announcedChanges: Changes | undefined;
  private listed: Changes | undefined;
  /** The step at which the list was changed last. */
  private changedAt = 0;

  constructor() {
    super();
    this.isWhole = false;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { changes, state } = this.session;
    const { past, future } = state.changes;
    const sample = this.sample();
    if (changes.length + past.length + future.length === 0) return sample;
    // The way back to changes that were taken back is offered until the next step; its key stays.
    const { step } = state.cursor;
    if (this.listed !== state.changes) [this.listed, this.changedAt] = [state.changes, step];
    if (changes.length === 0 && step !== this.changedAt) return sample;
    const hidden = this.isWhole ? 0 : Math.max(0, changes.length - mostListed);
    return html`${sample}<div class="notice edits changes" role="group" aria-label=${words.changes}>
      ${
        changes.length === 0
          ? html`<span>${words.none}</span>`
          : html`<ul>
              <li aria-hidden="true">${words.changed}</li>
              ${changes.slice(hidden).map((change) => this.item(change))}
              ${
                hidden === 0
                  ? nothing
                  : html`<li><button type="button" class="text-button" @click=${() => {
                      this.isWhole = true;
                    }}>${words.more(formatCount(hidden))}</button></li>`
              }
            </ul>`
      }
      <span class="choices">
        ${past.length > 0 ? this.way('undo', words.undo) : nothing}
        ${future.length > 0 ? this.way('redo', words.redo) : nothing}
        ${changes.length > 0 ? this.way('reset', words.reset) : nothing}
      </span>
      ${changes.length === 0 ? nothing : html`<span class="effect"><span class="marked">${words.marked}</span> ${this.effects()}</span>`}
    </div>`;
  }

  /** That a sample is shown which the reader has chosen, and the way back. */
  private sample(): TemplateResult | typeof nothing {
    const { mode } = this.session.state;
    if (typeof mode !== 'number') return nothing;
    return html`<div class="notice edits changes" role="group" aria-label=${words.chosen}>
      <span>${words.sample(formatCount(mode))}</span>
      <button type="button" class="text-button" @click=${() => {
        this.session.setMode('train');
        this.keepFocus();
      }}>${words.trainAgain}</button>
    </div>`;
  }

  private item(change: Change): TemplateResult {
    const text = changeText(change);
    const label = words.revert(text);
    return html`<li><b>${text}</b><button type="button" class="small" aria-label=${label} title=${label}
      @click=${() => this.revert(change)}>${toolIcons.close}</button></li>`;
  }

  private way(id: string, text: string): TemplateResult {
    const keys = command(id)?.keys ?? [];
    return html`<button type="button" class="text-button" title=${keys.map(keyText).join(' · ')}
      aria-keyshortcuts=${keys.join(' ')} @click=${() => this.go(id)}>${text}</button>`;
  }

  /** Sentences about the losses of this iteration that differ from the lesson's. */
  private effects(): string[] {
    const { session } = this;
    const { machine, moment, state, figures } = session;
    return session.training.trackedLosses.flatMap((name) => {
      const shape = session.model.quantities.get(name)?.shape ?? [];
      if (shape.length > 0 || !session.differs(name, 'old', [])) return [];
      const [now, lesson] = [
        machine.value(moment.frame, name, 'old', []),
        session.untouchedValue(state.precision, name, 'old', []),
      ].map((value) => figures.text(value, name, []));
      return now === lesson ? [] : words.effect(name, now, lesson);
    });
  }

  private revert(change: Change): void {
    setChanges(
      this.session,
      this.session.changes.filter((one) => one !== change),
    );
    this.keepFocus();
  }

  private go(id: string): void {
    this.session.dispatch(id);
    this.keepFocus();
  }

  /** The pressed button may have been removed: the focus stays in the bar, or moves to the debugger. */
  private keepFocus(): void {
    void this.updateComplete.then(() => {
      if (this.querySelector(':focus') !== null) return;
      const next = this.querySelector<HTMLElement>('.choices button') ?? this.closest<HTMLElement>('.frame');
      next?.focus({ preventScroll: true });
    });
  }

  protected override updated(): void {
    const { changes } = this.session.state;
    if (changes === this.announcedChanges) return;
    const before = this.announcedChanges ?? { present: [], past: [], future: [] };
    this.announcedChanges = changes;
    if (before.present !== changes.present)
      this.announce(`${changeSentence(before, changes)} ${faultSentence(this.session)}`.trim());
    if (changes.present.length <= mostListed) this.isWhole = false;
  }
}
