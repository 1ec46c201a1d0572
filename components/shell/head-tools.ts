import { css, html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { frameWords as words } from '../../src/words/shell/frame.ts';
import { send } from '../base/events.ts';
import { icon } from '../base/icons.ts';
import { lazy } from '../base/lazy-view.ts';
import { SessionView } from '../base/session-view.ts';
import { tabs, titles } from './view-titles.ts';

const takeAway = svg`<path d="M10 3v9M6.500 8.500L10 12l3.500-3.500M4 13v3.500h12V13"/>`;
const keys = svg`<path d="M7 7.500a3 3 0 1 1 4.5 2.600c-1 .6-1.5 1.100-1.5 2.200"/><circle cx="10" cy="15.5" r="1" class="solid"/>`;
const full = svg`<path d="M3.5 7.500v-4h4M12.5 3.500h4v4M16.5 12.500v4h-4M7.5 16.500h-4v-4"/>`;
const notFull = svg`<path d="M7.5 3.500v4h-4M16.5 7.500h-4v-4M12.5 16.500v-4h4M3.5 12.500h4v4"/>`;

/**
 * `<bs-head-tools>`: what stands at the head of the debugger's menu: choices, and buttons for a link, the dialogs and the full screen,
 * which run commands.
 */
export class HeadTools extends SessionView {
  static override readonly sheet = css`
    bs-head-tools {
      display: contents;
    }

    .head-tools {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.3em;
    }
  `;
  static override properties = { ...SessionView.properties, isFull: { attribute: false } };
  /** Whether the debugger has the whole screen. */
  declare isFull: boolean;

  protected override render(): TemplateResult {
    const { session } = this;
    return html`<bs-precision-bar ${lazy()} .session=${session}></bs-precision-bar>
      <span class="head-tools">
      <bs-link-button ${lazy()} .session=${session}></bs-link-button>
      ${this.button('takeAway', titles.takeAway, tabs.takeAway, takeAway)}
      ${this.button('fullScreen', words.fullScreen, words.fullScreen, this.isFull ? notFull : full, 'f', this.isFull)}
      ${this.button('help', titles.keys, tabs.keys, keys, '?')}</span>`;
  }

  private button(
    command: string,
    label: string,
    word: string,
    drawing: SVGTemplateResult,
    key?: string,
    isPressed?: boolean,
  ): TemplateResult {
    return html`<button type="button" class="tool labelled" aria-label=${label} title=${key === undefined ? label : `${label} (${key.toUpperCase()})`}
      aria-keyshortcuts=${key ?? nothing} aria-pressed=${isPressed ?? nothing}
      @click=${() => send(this, 'backstep-command', command)}>${icon(drawing)}<span>${word}</span></button>`;
  }
}
