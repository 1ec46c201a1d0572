import { html, nothing, type TemplateResult } from 'lit';
import { commandWords, toolbarWords as words } from '../../src/words/run/commands.ts';
import { icons } from '../base/icons.ts';
import { lazy } from '../base/lazy-view.ts';
import { SessionView } from '../base/session-view.ts';
import { stepButton } from './command-button.ts';
import { Player, paces } from './player.ts';

/** Backward on the left, forward on the right, mirrored; a narrow bar keeps those in `main`. */
const backward = ['runBack', 'first', 'previousPhase', 'previousCell', 'backOver', 'back'] as const;
const forward = ['next', 'over', 'out', 'nextCell', 'nextPhase', 'last', 'runOn'] as const;
const main = new Set<keyof typeof commandWords>([
  'previousCell',
  'back',
  'next',
  'over',
  'nextCell',
  'runOn',
]);

/** `<bs-toolbar>`: the step commands as buttons, the player with its pace, the less frequent commands, and the status line. */
export class Toolbar extends SessionView {
  static override properties = {
    perform: { attribute: false },
    count: { attribute: false },
    ...SessionView.properties,
    unfolded: { state: true },
    times: { state: true },
  };
  /** Whether the less frequent commands are shown. */
  declare unfolded: boolean;
  /** Runs a command of the table, `times` times where it is repeatable. */
  declare perform: (id: string, times?: number) => void;
  /** The digits typed before a key; empty where there are none. */
  declare count: string;
  /** How many steps one press of a button takes. */
  declare times: number;
  /** Plays the session of this toolbar. */
  readonly player = new Player(this);

  constructor() {
    super();
    this.unfolded = false;
    this.times = 1;
    this.count = '';
  }

  protected override render(): TemplateResult {
    const { step } = this.session.state.cursor;
    const atStart = step === 0;
    const atEnd = step >= this.session.end;
    return html`<div class="toolbar ${this.unfolded ? 'unfolded' : ''}" role="group" aria-label=${words.stepping}>
      <div class="buttons">
        ${backward.map((id) => this.button(id, atStart))}
        ${this.playButton(1, atEnd)}
        ${forward.map((id) => this.button(id, atEnd))}
        <button
          type="button"
          class="tool unfold"
          aria-expanded=${this.unfolded}
          aria-label=${words.more}
          title=${words.more}
          @click=${() => {
            this.unfolded = !this.unfolded;
          }}
        >${icons.more}</button>
      </div>
      <div class="extras">
        ${this.button('restart', atStart)}
        ${this.playButton(-1, atStart)}
        <label class="pace">
          <span>${words.pace}</span>
          <select @change=${(event: Event) => this.player.setPace(Number((event.target as HTMLSelectElement).value))}>
            ${paces.map(
              ({ seconds, word }) =>
                html`<option value=${seconds} ?selected=${seconds === this.player.seconds}>${words[word]}</option>`,
            )}
          </select>
        </label>
      </div>
      ${
        this.unfolded
          ? html`<bs-more-commands ${lazy()} .session=${this.session} .press=${this.press} .times=${this.times}
            .choose=${(times: number) => {
              this.times = times;
            }}></bs-more-commands>`
          : nothing
      }
      <bs-status-line .session=${this.session} .count=${this.count}></bs-status-line>
    </div>`;
  }

  private button(id: keyof typeof commandWords, idle: boolean): TemplateResult {
    return stepButton(id, commandWords[id], idle, this.press, { isMain: main.has(id) });
  }

  private readonly press = (id: string): void => {
    this.player.pause();
    this.perform(id, this.times);
  };

  private playButton(direction: 1 | -1, idle: boolean): TemplateResult {
    const { player } = this;
    const isMain = direction > 0;
    const id = isMain ? 'play' : 'playBack';
    // The forward button, which is always visible, pauses both directions.
    const playing = player.playing && isMain;
    return stepButton(
      id,
      playing ? words.pause : commandWords[id],
      idle,
      () => (player.playing ? player.pause() : this.perform(id)),
      { icon: playing ? icons.pause : icons[id], isMain },
    );
  }
}
