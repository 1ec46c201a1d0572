import { html, nothing, type TemplateResult } from 'lit';
import type { Session } from '../../src/session/session.ts';
import { noticeWords as words } from '../../src/words/notices/notices.ts';
import { drawerWords } from '../../src/words/shell/drawers.ts';
import type { Trouble } from '../base/events.ts';
import { lazy } from '../base/lazy-view.ts';

type Notice = TemplateResult | typeof nothing;

/** A calm word about something that did not come to pass. */
export const messageNotice = (text: string, close: () => void): Notice =>
  text === ''
    ? nothing
    : html`<p class="notice">${text}
        <button type="button" class="text-button" @click=${close}>${words.close}</button></p>`;

/** Formulas that are the reader's own must not pass for the lesson's. */
export const ownFormulasNotice = (restore: () => void): Notice =>
  html`<p class="notice edits own">
    <span>${words.yours}</span>
    <button type="button" class="text-button" @click=${restore}>${words.restore}</button>
  </p>`;

/** Something that was asked for and was not done, and the way to ask for it once more. */
export const troubleNotice = (trouble: Trouble | undefined, dismiss: () => void): Notice =>
  trouble === undefined
    ? nothing
    : html`<p class="notice">${trouble.text}
        <button type="button" class="text-button" @click=${() => {
          dismiss();
          trouble.retry();
        }}>${drawerWords.retry}</button>
        <button type="button" class="text-button" @click=${dismiss}>${words.close}</button></p>`;

/** What the reader has changed, once there is something. */
export function changesNotice(session: Session, announce: (text: string) => void): Notice {
  const { present, past, future } = session.state.changes;
  if (present.length + past.length + future.length === 0) return nothing;
  return html`<bs-changes-bar ${lazy()} .session=${session} .announce=${announce}></bs-changes-bar>`;
}

/** What is to be known about a number of the present iteration that is not finite. */
export function faultSentence({ fault, program, figures }: Session): string {
  if (fault === undefined) return '';
  const { step, cell, value } = fault;
  return words.fault(cell, ((step - 1) % program.size) + 1, program.size, figures.text(value));
}

/** A number of the present iteration that is not finite, and the way to where it was stored. */
export function faultNotice(session: Session): Notice {
  const { fault } = session;
  if (fault === undefined) return nothing;
  return html`<p class="notice fault">
    ${faultSentence(session)}
    <button type="button" class="text-button" @click=${() => session.goTo(fault.step)}>${words.goThere}</button>
  </p>`;
}
