import { css, html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../src/number/format.ts';
import { type CommandId, command } from '../../src/session/commands.ts';
import { keyWords } from '../../src/words/base/key-text.ts';
import { commandWords } from '../../src/words/run/commands.ts';
import { moreCommandsWords as words } from '../../src/words/run/more-commands.ts';
import { otherCommandWords } from '../../src/words/run/other-commands.ts';
import { icons } from '../base/icons.ts';
import { keyText } from '../base/key-text.ts';
import { setTextFollows, textFollows } from '../base/preferences.ts';
import { proseLinks } from '../base/prose-links.ts';
import { SessionView } from '../base/session-view.ts';
import { toolIcons } from '../base/tool-icons.ts';
import { stepButton } from './command-button.ts';
import type { Player } from './player.ts';

/** Back and forward by each grain. `kept`: as buttons of the bar, they are not shown here too; see the sheet of the toolbar. */
const stepCommands = [
  { word: 'over', back: 'backOver', on: 'over', kept: 'rare' },
  { word: 'out', on: 'out', kept: 'rare' },
  { word: 'term', back: 'previousTerm', on: 'nextTerm' },
  { word: 'cell', back: 'previousCell', on: 'nextCell', kept: 'usual' },
  { word: 'formula', back: 'previousFormula', on: 'nextFormula' },
  { word: 'phase', back: 'previousPhase', on: 'nextPhase', kept: 'rare' },
  { word: 'sample', back: 'previousSample', on: 'nextSample' },
  { word: 'update', back: 'previousUpdate', on: 'nextUpdate' },
  { word: 'iteration', back: 'earlier', on: 'later' },
  { word: 'epoch', back: 'previousEpoch', on: 'nextEpoch' },
  { word: 'ends', back: 'first', on: 'last', kept: 'usual ends' },
  { word: 'run', back: 'runBack', on: 'runOn', kept: 'rare' },
] as const satisfies readonly { word: keyof typeof words; back?: CommandId; on: CommandId; kept?: string }[];

const labels = { ...commandWords, ...otherCommandWords };

/** The paces on offer, from slow to fast, in seconds from one step to the next. */
const paces = [
  { seconds: 2, word: 'slow' },
  { seconds: 1, word: 'steady' },
  { seconds: 0.35, word: 'quick' },
  { seconds: 0.1, word: 'fast' },
] as const;

const mostTimes = 9999;

/**
 * `<bs-more-commands>`: the step commands that the bar has no room for, in words, with the number of steps for each press and the choice to skip
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

    .more-ways .times {
      display: inline-flex;
      align-items: center;
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
      background: var(--c-ink);
      color: var(--c-sheet);
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
      ${suited.map((way) => {
        const back = 'back' in way ? way.back : undefined;
        const { word, on } = way;
        return html`<span class="way ${'kept' in way ? way.kept : ''}" role="group" aria-label=${words[word]}>
          ${back === undefined ? nothing : stepButton(back, labels[back], step === 0, press, { icon: icons[back] ?? icons.back })}<span aria-hidden="true">${words[word]}</span>${stepButton(on, labels[on], step >= session.end, press, { icon: icons[on] ?? icons.next })}
        </span>`;
      })}
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

  /** Whether the page's text follows the steps; nothing where the text does not speak of steps. */
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
