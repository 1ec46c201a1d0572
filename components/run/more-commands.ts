import { css, html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../src/number/format.ts';
import { command } from '../../src/session/commands.ts';
import { keyWords } from '../../src/words/base/key-text.ts';
import { moreCommandsWords as words } from '../../src/words/run/more-commands.ts';
import { otherCommandWords as labels } from '../../src/words/run/other-commands.ts';
import { icons } from '../base/icons.ts';
import { keyText } from '../base/key-text.ts';
import { setTextFollows, textFollows } from '../base/preferences.ts';
import { proseLinks } from '../base/prose-links.ts';
import { SessionView } from '../base/session-view.ts';
import { toolIcons } from '../base/tool-icons.ts';
import { stepButton } from './command-button.ts';
import type { Player } from './player.ts';

/** Commands without a button in the toolbar: back and forward by each grain. */
const stepCommands = [
  { word: 'term', back: 'previousTerm', on: 'nextTerm' },
  { word: 'formula', back: 'previousFormula', on: 'nextFormula' },
  { word: 'sample', back: 'previousSample', on: 'nextSample' },
  { word: 'update', back: 'previousUpdate', on: 'nextUpdate' },
  { word: 'iteration', back: 'earlier', on: 'later' },
  { word: 'epoch', back: 'previousEpoch', on: 'nextEpoch' },
] as const;

/** The paces on offer, from slow to fast, in seconds from one step to the next. */
const paces = [
  { seconds: 2, word: 'slow' },
  { seconds: 1, word: 'steady' },
  { seconds: 0.35, word: 'quick' },
  { seconds: 0.1, word: 'fast' },
] as const;

const mostTimes = 9999;

/**
 * `<bs-more-commands>`: step commands that are needed less often, with the number of steps for each press and the choice to skip
 * no-op steps; and the pace of playing.
 */
export class MoreCommands extends SessionView {
  static override readonly sheet = css`
    .more-ways {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.2em 1.1em;
      color: var(--c-quiet);
      font-size: 0.92em;
    }

    .more-ways .way,
    .more-ways .times {
      display: inline-flex;
      align-items: center;
      gap: 0.1em;
    }

    .more-ways .tool {
      min-inline-size: 28px;
      min-block-size: 28px;
      padding: 0 2px;
      border-color: transparent;
      box-shadow: none;
      color: var(--c-ink);
    }

    .more-ways .times {
      flex-direction: row-reverse;
      gap: 0.4em;
    }

    .more-ways .times input {
      box-sizing: content-box;
      inline-size: 3.2em;
      min-block-size: 26px;
      padding: 0 0.3em;
      border: 1px solid var(--c-edge);
      border-radius: 3px;
      background: var(--c-sheet);
      color: var(--c-ink);
      text-align: center;
    }

    .pace {
      display: inline-flex;
      align-items: center;
      gap: 0.4em;
      color: var(--c-quiet);
      font-size: 0.92em;
    }

    .pace select {
      min-block-size: 30px;
      border: 1px solid var(--c-rule);
      border-radius: 4px;
      background: var(--c-sheet);
      color: var(--c-ink);
    }

    .more-ways .skip {
      padding-inline: 4px 8px;
      border-color: var(--c-edge);
    }

    .more-ways .skip[aria-pressed='true'] {
      border-color: var(--c-ink);
      box-shadow: inset 0 -2px 0 var(--c-ink);
    }

    @container back-step (width < 560px) {
      .more-ways .tool {
        min-block-size: 36px;
      }
    }
  `;
  static override properties = {
    ...SessionView.properties,
    press: { attribute: false },
    player: { attribute: false },
    times: { attribute: false },
    choose: { attribute: false },
  };
  /** The player of the session. */
  declare player: Player;
  /** Runs a command of the table by its id. */
  declare press: (id: string) => void;
  /** How many steps one press of a button takes. */
  declare times: number;
  /** Called with the number that the reader enters, from 1 to 9999. */
  declare choose: (times: number) => void;

  protected override render(): TemplateResult {
    const { session, press } = this;
    const { step } = session.state.cursor;
    const suited = stepCommands.filter(({ on }) => {
      const found = command(on);
      return found !== undefined && session.isApplicable(found);
    });
    return html`<div class="more-ways">
      ${suited.map(
        ({ word, back, on }) => html`<span class="way" role="group" aria-label=${words[word]}>
          ${stepButton(back, labels[back], step === 0, press, { icon: icons.back })}<span aria-hidden="true">${words[word]}</span>${stepButton(on, labels[on], step >= session.end, press, { icon: icons.next })}
        </span>`,
      )}
      ${
        session.stepLeft === undefined
          ? nothing
          : html`<button type="button" class="tool skip" title=${keyWords.with(labels.goBack, keyText('Backspace'))}
        aria-keyshortcuts="Backspace" @click=${() => press('goBack')}>${icons.back}<span>${words.jumpBack(formatCount(session.stepLeft))}</span></button>`
      }
      <label class="times" title=${words.timesHint}>
        <span>${words.times}</span>
        <input class="number" type="number" min="1" max=${mostTimes} step="1" inputmode="numeric" .value=${String(this.times)}
          @change=${this.setTimes} />
      </label>
      <button type="button" class="tool skip" aria-pressed=${session.state.skipNoOps} title=${keyWords.with(words.skipHint, keyText('d'))}
        aria-keyshortcuts="d" @click=${() => press('skip')}>${toolIcons.skip}<span>${words.skip}</span></button>
      ${this.followTemplate()}
      <label class="pace">
        <span>${words.pace}</span>
        <select @change=${({ target }: Event) => this.player.setPace(Number((target as HTMLSelectElement).value))}>
          ${paces.map(
            ({ seconds, word }) =>
              html`<option value=${seconds} ?selected=${seconds === this.player.seconds}>${words[word]}</option>`,
          )}
        </select>
      </label>
    </div>`;
  }

  /** Whether the page's text follows while the debugger plays; nothing where the text does not speak of steps. */
  private followTemplate(): TemplateResult | typeof nothing {
    if (document.querySelector(proseLinks) === null) return nothing;
    const follow = (): void => {
      setTextFollows(!textFollows());
      this.requestUpdate();
    };
    return html`<button type="button" class="tool skip" aria-pressed=${textFollows()} title=${words.followHint} @click=${follow}><span>${words.follow}</span></button>`;
  }

  private readonly setTimes = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const typed = Math.round(Number(field.value));
    const times = typed >= 1 && typed <= mostTimes ? typed : 1;
    field.value = String(times);
    this.choose(times);
  };
}
