import { html, nothing, type TemplateResult } from 'lit';
import { command } from '../src/session/commands.ts';
import { icons } from './icons.ts';
import { keyText } from './key-text.ts';
import { Player, paces } from './player.ts';
import { SessionView } from './session-view.ts';

/** Backward on the left, forward on the right, mirrored; what a narrow bar keeps is marked `main`. */
const backward = ['first', 'previousPhase', 'previousCell', 'backOver', 'back'];
const forward = ['next', 'over', 'out', 'nextCell', 'nextPhase', 'last'];
const main = new Set(['previousCell', 'back', 'next', 'over', 'nextCell']);

/** `<bs-toolbar>`: the verbs of the command table as buttons, and a player. */
export class Toolbar extends SessionView {
  static override properties = { ...SessionView.properties, unfolded: { state: true } };
  declare unfolded: boolean;
  private readonly player = new Player(this);

  constructor() {
    super();
    this.unfolded = false;
  }

  protected override render(): TemplateResult {
    const { step } = this.session.state.cursor;
    const atStart = step === 0;
    const atEnd = step >= this.session.end;
    return html`<div class="toolbar ${this.unfolded ? 'unfolded' : ''}" role="group" aria-label="Stepping">
      <div class="buttons">
        ${backward.map((id) => this.button(id, atStart))}
        ${this.playButton(atEnd)}
        ${forward.map((id) => this.button(id, atEnd))}
        <button
          type="button"
          class="tool unfold"
          aria-expanded=${this.unfolded}
          aria-label="More ways to step"
          title="More ways to step"
          @click=${() => {
            this.unfolded = !this.unfolded;
          }}
        >${icons.more}</button>
      </div>
      <div class="extras">
        ${this.button('restart', atStart)}
        <label class="pace">
          <span>pace</span>
          <select @change=${(event: Event) => this.player.setPace(Number((event.target as HTMLSelectElement).value))}>
            ${paces.map(
              ({ seconds, label }) =>
                html`<option value=${seconds} ?selected=${seconds === this.player.seconds}>${label}</option>`,
            )}
          </select>
        </label>
      </div>
    </div>`;
  }

  private button(id: string, idle: boolean): TemplateResult | typeof nothing {
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
        this.session.dispatch(id);
      }}
    >${icons[id]}</button>`;
  }

  private playButton(idle: boolean): TemplateResult {
    const { playing } = this.player;
    const label = playing ? 'Pause' : 'Play, one operation after the other';
    return html`<button
      type="button"
      class="tool play main"
      aria-label=${label}
      title=${label}
      aria-disabled=${idle}
      @click=${() => this.player.toggle()}
    >${playing ? icons.pause : icons.play}</button>`;
  }
}
