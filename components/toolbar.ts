import { html, nothing, type TemplateResult } from 'lit';
import { command } from '../src/session/commands.ts';
import { toolbarWords as words } from '../src/words/commands.ts';
import { icons } from './icons.ts';
import { keyText } from './key-text.ts';
import { Player, paces } from './player.ts';
import { SessionView } from './session-view.ts';

/** Backward on the left, forward on the right, mirrored; what a narrow bar keeps is marked `main`. */
const backward = ['runBack', 'first', 'previousPhase', 'previousCell', 'backOver', 'back'];
const forward = ['next', 'over', 'out', 'nextCell', 'nextPhase', 'last', 'runOn'];
const main = new Set(['previousCell', 'back', 'next', 'over', 'nextCell', 'runOn']);

/** What has no button of its own: a way back and a way on for each grain. */
const ways = [
  { word: 'term', back: 'previousTerm', on: 'nextTerm' },
  { word: 'formula', back: 'previousFormula', on: 'nextFormula' },
  { word: 'sample', back: 'previousSample', on: 'nextSample' },
  { word: 'update', back: 'previousUpdate', on: 'nextUpdate' },
  { word: 'iteration', back: 'earlier', on: 'later' },
  { word: 'epoch', back: 'previousEpoch', on: 'nextEpoch' },
] as const;

const mostTimes = 9999;

/** `<bs-toolbar>`: the verbs of the command table as buttons, and a player. */
export class Toolbar extends SessionView {
  static override properties = {
    perform: { attribute: false },
    count: { attribute: false },
    ...SessionView.properties,
    unfolded: { state: true },
    times: { state: true },
  };
  declare unfolded: boolean;
  /** Does what the debugger itself has to do. */
  declare perform: (id: string, times?: number) => void;
  /** The number that is typed before a key. */
  declare count: string;
  /** How many steps one press of a button is. */
  declare times: number;
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
      ${this.unfolded ? this.more(atStart, atEnd) : nothing}
      <bs-remarks .session=${this.session} .count=${this.count}></bs-remarks>
    </div>`;
  }

  /** What is wanted less often. */
  private more(atStart: boolean, atEnd: boolean): TemplateResult {
    const suited = ways.filter(({ on }) => {
      const found = command(on);
      return found !== undefined && this.session.suits(found);
    });
    return html`<div class="more-ways">
      ${suited.map(
        ({ word, back, on }) => html`<span class="way" role="group" aria-label=${words[word]}>
          ${this.button(back, atStart, icons.back)}<span aria-hidden="true">${words[word]}</span>${this.button(on, atEnd, icons.next)}
        </span>`,
      )}
      <label class="times" title=${words.timesHint}>
        <span>${words.times}</span>
        <input class="number" type="number" min="1" max=${mostTimes} step="1" inputmode="numeric" .value=${String(this.times)}
          @change=${this.setTimes} />
      </label>
      <button type="button" class="tool skip" aria-pressed=${this.session.state.skipDull} title=${`${words.skipHint} (${keyText('d')})`}
        aria-keyshortcuts="d" @click=${() => this.session.dispatch('skip')}>${icons.skip}<span>${words.skip}</span></button>
    </div>`;
  }

  private button(id: string, idle: boolean, icon = icons[id]): TemplateResult | typeof nothing {
    const found = command(id);
    if (found === undefined) return nothing;
    const { label, keys } = found;
    return html`<button
      type="button"
      class="tool ${id} ${main.has(id) ? 'main' : ''}"
      aria-label=${label}
      title=${`${label} (${keys.map(keyText).join(', ')})`}
      aria-keyshortcuts=${keys.join(' ')}
      aria-disabled=${idle}
      @click=${() => {
        this.player.pause();
        this.perform(id, this.times);
      }}
    >${icon}</button>`;
  }

  private playButton(direction: 1 | -1, idle: boolean): TemplateResult {
    const { player } = this;
    const id = direction > 0 ? 'play' : 'playBack';
    const playing = player.playing && player.direction === direction;
    const found = command(id);
    const label = playing ? words.pause : found?.label;
    return html`<button
      type="button"
      class="tool ${id} ${direction > 0 ? 'main' : ''}"
      aria-label=${label ?? nothing}
      title=${`${label} (${found?.keys.map(keyText).join(', ')})`}
      aria-keyshortcuts=${found?.keys.join(' ') ?? nothing}
      aria-disabled=${idle}
      @click=${() => (player.playing ? player.pause() : this.perform(id))}
    >${playing ? icons.pause : icons[id]}</button>`;
  }

  private readonly setTimes = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const typed = Math.round(Number(field.value));
    this.times = typed >= 1 && typed <= mostTimes ? typed : 1;
    field.value = String(this.times);
  };
}
