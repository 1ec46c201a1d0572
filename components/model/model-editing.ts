import { html, nothing, type TemplateResult } from 'lit';
import { tablesIn } from '../../src/formula/compile/tables.ts';
import { compileWritten, expansionOf, lengthFault } from '../../src/lesson/model/rewriting.ts';
import { nextTask, runInSlices } from '../../src/session/analysis/background-task.ts';
import { divergenceSentence, type Review, reviewSession } from '../../src/session/analysis/divergence.ts';
import { transferSession } from '../../src/session/links/session-transfer.ts';
import type { Session } from '../../src/session/session.ts';
import { modelEditingWords as words } from '../../src/words/model/model-editing.ts';
import { lazy } from '../base/lazy-view.ts';
import { LessonTables } from './lesson-tables.ts';
import type { CheckedText, ModelHost, RewriteResult } from './model-host.ts';

export { DivergenceNotice } from './divergence-notice.ts';

/** The model of a debugger as something to be formed: reads texts, runs them, and finds where a backward pass goes astray. */
export class ModelEditing {
  /** Of several texts that are being read at once, the last is the one to run. */
  private requests = 0;
  /** Where the text that runs parts from the derivative, and what could not be told, once that was looked for. */
  private review: Review | undefined;
  private reviewedSession: Session | undefined;

  constructor(private readonly host: ModelHost) {}

  /** Reads a model's text, shorthand or formulas, with the data files that it names; nothing is changed. */
  async check(text: string, isFromLink = false): Promise<CheckedText> {
    const present = this.host.data ?? new LessonTables([]);
    // Even to look which files it names would take long.
    const fault = isFromLink ? lengthFault(text) : undefined;
    if (fault !== undefined) return { diagnostics: [fault], expansion: expansionOf(''), data: present };
    const expansion = expansionOf(text);
    const data = await present.extendedWith(tablesIn(expansion.text));
    return { ...compileWritten(expansion, data.tables, isFromLink), data };
  }

  /**
   * Runs another text in place of the model's: what the reader had chosen is kept as far as it makes sense there, and the run
   * stops where the backward pass first parts from the derivative. A text that does not compile changes nothing.
   */
  async rewrite(written: string, isFromLink = false): Promise<RewriteResult> {
    this.requests += 1;
    const request = this.requests;
    const { program, diagnostics, expansion, data } = await this.check(written, isFromLink);
    if (program === undefined || request !== this.requests) return { diagnostics, dropped: [] };
    const { session: before, lessonText } = this.host;
    const origins = expansion.origins.map(({ span }) => span.line);
    // Reading a text and running it each take a moment.
    await nextTask();
    if (request !== this.requests) return { diagnostics, dropped: [] };
    const session = await this.host.install({ written, text: expansion.text, origins, data, program });
    const dropped = before === undefined ? [] : await transferSession(before, session);
    if (this.host.session !== session) return { diagnostics, dropped };
    const { cursor } = session.state;
    this.host.notice = dropped.length > 0 ? words.dropped(dropped.join(' ')) : '';
    const isOwn = written !== lessonText;
    // Judging a large model takes a moment: first the reader sees that the new one runs.
    if (isOwn) await nextTask();
    const found = isOwn ? await this.reviewBackwardPass(session) : undefined;
    if (this.host.session !== session) return { diagnostics, dropped };
    const first = found?.divergences[0];
    // Who has gone on meanwhile is not taken back.
    if (first !== undefined && session.state.cursor === cursor) session.goTo(first.step);
    const divergence = first && divergenceSentence(first);
    const untried = found && untriedText(found);
    if (untried) this.host.notice = [this.host.notice, untried].filter((text) => text !== '').join(' ');
    const messages = [isOwn ? words.applied : words.restored, divergence ?? '', this.host.notice];
    this.host.announce(messages.filter((text) => text !== '').join(' '));
    this.host.requestUpdate();
    return { diagnostics, dropped, ...(divergence !== undefined && { divergence }) };
  }

  /** What the judges find in what runs; undefined where something else runs by then. */
  private async reviewBackwardPass(session: Session): Promise<Review | undefined> {
    const tables = this.host.data?.tables;
    const work = reviewSession(session, this.host.text, tables === undefined ? {} : { tables });
    const found = await runInSlices(work, () => this.host.session === session);
    if (found !== undefined) [this.review, this.reviewedSession] = [found, session];
    return found;
  }

  /** Goes to the next place where the backward pass parts from the derivative; from the last one to the first. */
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

  /** What stands above the stage where the backward pass parts from the derivative. */
  notice(session: Session): TemplateResult | typeof nothing {
    const divergences = this.reviewedSession === session ? this.review?.divergences : undefined;
    if (divergences === undefined || divergences.length === 0) return nothing;
    return html`<bs-divergence-notice ${lazy()} .session=${session} .divergences=${divergences} .next=${() => this.goToNextDivergence()}></bs-divergence-notice>`;
  }
}

/** What is to be said of claims of which nothing could be seen; nothing where there are none. */
const untriedText = ({ untried }: Review): string =>
  untried.length === 0 ? '' : words.untried(untried.join(', '));
