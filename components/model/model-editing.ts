import { html, nothing, type TemplateResult } from 'lit';
import { tablesIn } from '../../src/formula/compile/tables.ts';
import { compileWritten, expansionOf, lengthFault } from '../../src/lesson/model/rewriting.ts';
import { runInSlices } from '../../src/session/analysis/background-task.ts';
import { divergenceSentence, type Review, reviewSession } from '../../src/session/analysis/divergence.ts';
import { nextTask } from '../../src/session/analysis/next-task.ts';
import { transferSession } from '../../src/session/links/session-transfer.ts';
import type { Session } from '../../src/session/session.ts';
import { modelEditingWords as words } from '../../src/words/model/model-editing.ts';
import { lazy } from '../base/lazy-view.ts';
import { LessonTables } from './lesson-tables.ts';
import type { CheckedText, ModelHost, RewriteResult, Verdict } from './model-host.ts';
import { verdictsOf } from './verdicts.ts';

export { DivergenceNotice } from './divergence-notice.ts';

/** Editing the model: reads texts, runs them, and finds where a backward pass diverges from the derivative. */
export class ModelEditing {
  /** Counts rewrites: of several in progress, only the last one runs. */
  private requests = 0;
  /** The review of the running text, once it is done, and the session that it belongs to. */
  private review: Review | undefined;
  private reviewedSession: Session | undefined;

  constructor(private readonly host: ModelHost) {}

  /**
   * Compiles a model's text, shorthand or formulas, with the data files that it names; nothing is changed. A text from a link
   * that is too long is not read, and its only diagnostic says so. Rejects with a `FileLoadError` where a data file cannot be
   * loaded.
   */
  async check(text: string, isFromLink = false): Promise<CheckedText> {
    const present = this.host.data ?? new LessonTables([]);
    // Even listing its data files would take long.
    const fault = isFromLink ? lengthFault(text) : undefined;
    if (fault !== undefined)
      return { diagnostics: [fault], expansion: expansionOf(''), data: present, verdicts: [] };
    const expansion = expansionOf(text);
    const data = await present.extendedWith(tablesIn(expansion.text));
    const verdicts = text === this.host.modelText ? this.verdicts(expansion) : [];
    return { ...compileWritten(expansion, data.tables, isFromLink), data, verdicts };
  }

  /** The verdicts of the running model's review, at the lines that the text with this expansion has for them. */
  private verdicts({ origins }: CheckedText['expansion']): readonly Verdict[] {
    const { review, reviewedSession } = this;
    if (review === undefined || reviewedSession === undefined) return [];
    if (reviewedSession !== this.host.session) return [];
    return verdictsOf(review, reviewedSession.model, (line) => {
      const origin = origins[line - 1];
      return origin?.written ? origin.span.line : undefined;
    });
  }

  /**
   * Runs another text in place of the model's. The reader's choices are kept where they still make sense, and the session goes to
   * the first step whose value diverges from the derivative. A text that does not compile changes nothing, and neither does one
   * that a later call overtakes while it is read. Rejects as `check` does.
   */
  async rewrite(written: string, isFromLink = false): Promise<RewriteResult> {
    this.requests += 1;
    const request = this.requests;
    const { program, diagnostics, expansion, data } = await this.check(written, isFromLink);
    const nothingDone = { diagnostics, dropped: [], verdicts: [] };
    if (program === undefined || request !== this.requests) return nothingDone;
    const { session: before, lessonText } = this.host;
    const origins = expansion.origins.map(({ span }) => span.line);
    // Reading and running a text are two tasks, so that the page can draw in between.
    await nextTask();
    if (request !== this.requests) return nothingDone;
    const session = await this.host.install({ written, text: expansion.text, origins, data, program });
    const dropped = before === undefined ? [] : await transferSession(before, session);
    if (this.host.session !== session) return { ...nothingDone, dropped };
    const { cursor } = session.state;
    this.host.notice = dropped.length > 0 ? words.dropped(dropped.join(' ')) : '';
    const isOwn = written !== lessonText;
    // Reviewing a large model takes a moment, so the new one is shown first.
    if (isOwn) await nextTask();
    const found = isOwn ? await this.reviewBackwardPass(session) : undefined;
    if (this.host.session !== session) return { ...nothingDone, dropped };
    const first = found?.divergences[0];
    // A reader who has stepped on meanwhile stays there.
    if (first !== undefined && session.state.cursor === cursor) session.goTo(first.step);
    const divergence = first && divergenceSentence(first);
    const untried = found && untriedText(found);
    if (untried) this.host.notice = [this.host.notice, untried].filter((text) => text !== '').join(' ');
    const messages = [isOwn ? words.applied : words.restored, divergence ?? '', this.host.notice];
    this.host.announce(messages.filter((text) => text !== '').join(' '));
    this.host.requestUpdate();
    const verdicts = isOwn ? this.verdicts(expansion) : [];
    return { diagnostics, dropped, verdicts };
  }

  /** Reviews the backward pass of the running model; undefined where another model runs by then. */
  private async reviewBackwardPass(session: Session): Promise<Review | undefined> {
    const tables = this.host.data?.tables;
    const work = reviewSession(session, this.host.text, tables === undefined ? {} : { tables });
    const found = await runInSlices(work, () => this.host.session === session);
    if (found !== undefined) [this.review, this.reviewedSession] = [found, session];
    return found;
  }

  /**
   * Goes to the next divergence after the present step, after the last one to the first, and announces it; does nothing if the
   * reader steps on during the review. Where there is none, a notice says so.
   */
  async goToNextDivergence(): Promise<void> {
    const { session } = this.host;
    const cursor = session?.state.cursor;
    const found = session && (await this.reviewBackwardPass(session));
    if (session === undefined || found === undefined || session.state.cursor !== cursor) return;
    const all = found.divergences;
    const next = all.find(({ step }) => step > session.state.cursor.step) ?? all[0];
    const nowhere = untriedText(found) || words.noDivergence;
    if (next === undefined) this.host.notice = nowhere;
    else session.goTo(next.step);
    this.host.announce(next === undefined ? nowhere : divergenceSentence(next));
    this.host.requestUpdate();
  }

  /** The notice about divergences under the bar; `nothing` where none are known for this session. */
  notice(session: Session): TemplateResult | typeof nothing {
    const divergences = this.reviewedSession === session ? this.review?.divergences : undefined;
    if (divergences === undefined || divergences.length === 0) return nothing;
    return html`<bs-divergence-notice ${lazy()} .session=${session} .divergences=${divergences} .next=${() => this.goToNextDivergence()}></bs-divergence-notice>`;
  }
}

/** A sentence about the claims that could not be checked; empty where there are none. */
const untriedText = ({ untried }: Review): string =>
  untried.length === 0 ? '' : words.untried(untried.join(', '));
