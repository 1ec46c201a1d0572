import { html, nothing, type TemplateResult } from 'lit';
import type { Session } from '../../src/session/session.ts';
import { noticeWords as words } from '../../src/words/notices/notices.ts';
import { toolWords } from '../../src/words/shell/tools.ts';
import type { Trouble } from '../base/events.ts';
import { lazy } from '../base/lazy-view.ts';

type Notice = TemplateResult | typeof nothing;

/** The notice with a message (plain text) and a button that calls `close`; `nothing` for an empty text. */
export const messageNotice = (text: string, close: () => void): Notice =>
  text === ''
    ? nothing
    : html`<p class="notice">${text}
        <button type="button" class="text-button" @click=${close}>${words.close}</button></p>`;

/**
 * The notice that the running formulas are the reader's and not the lesson's, with a button that calls `restore` to put those
 * back.
 */
export const ownFormulasNotice = (restore: () => void): Notice =>
  html`<p class="notice edits own">
    <span>${words.yours}</span>
    <button type="button" class="text-button" @click=${restore}>${words.restore}</button>
  </p>`;

/**
 * The notice about a failed request, with buttons that retry (after calling `dismiss`) or only call `dismiss`; `nothing` where
 * there is none.
 */
export const troubleNotice = (trouble: Trouble | undefined, dismiss: () => void): Notice =>
  trouble === undefined
    ? nothing
    : html`<p class="notice">${trouble.text}
        <button type="button" class="text-button" @click=${() => {
          dismiss();
          trouble.retry();
        }}>${toolWords.retry}</button>
        <button type="button" class="text-button" @click=${dismiss}>${words.close}</button></p>`;

/**
 * The bar with the reader's changes, loaded on demand; `nothing` until there is one to list, undo or redo, or a sample is chosen.
 * `announce` gets what to say in the live region.
 */
export function changesNotice(session: Session, announce: (text: string) => void): Notice {
  const { changes, mode } = session.state;
  const { present, past, future } = changes;
  if (present.length + past.length + future.length === 0 && typeof mode !== 'number') return nothing;
  return html`<bs-changes-bar ${lazy()} .session=${session} .announce=${announce}></bs-changes-bar>`;
}

/** A sentence, plain text, about the first number of the present iteration that is not finite; empty where there is none. */
export function faultSentence({ fault, program, figures }: Session): string {
  if (fault === undefined) return '';
  const { step, cell, value } = fault;
  return words.fault(cell, ((step - 1) % program.size) + 1, program.size, figures.text(value));
}

/** The notice with `faultSentence` and a button that goes to the step that stored the number; `nothing` where there is none. */
export function faultNotice(session: Session): Notice {
  const { fault } = session;
  if (fault === undefined) return nothing;
  return html`<p class="notice fault">
    ${faultSentence(session)}
    <button type="button" class="text-button" @click=${() => session.goTo(fault.step)}>${words.goThere}</button>
  </p>`;
}
