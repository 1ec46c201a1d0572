import type { Session } from '../../src/session/session.ts';
import type { SessionState } from '../../src/session/state.ts';
import { progressText, statusMessageText } from '../../src/session/status-message.ts';
import type { TrainingStatus } from '../../src/session/training.ts';
import { announcerWords as training } from '../../src/words/speech/announcer.ts';
import { speechWords } from '../../src/words/speech/speech.ts';
import { rememberPrecision } from '../base/preferences.ts';
import { faultSentence } from '../notices/notices.ts';

/**
 * Announces what happens in a session, each event once: steps, and the start, pause and end of training and of searches. It also
 * stores the reader's choice of precision.
 */
export class Announcer {
  /** The state announced last. */
  private announcedState: SessionState | undefined;
  /** The step that stored the non-finite number announced last. */
  private announcedFault: number | undefined;
  private status: TrainingStatus = 'idle';
  private searching = false;
  private unsubscribe: () => void = () => {};

  constructor(private readonly announce: (text: string) => void) {}

  /** Announces this session's changes from now on, and no other's; its present state is not announced. */
  follow(session: Session): void {
    this.unsubscribe();
    this.announcedState = session.state;
    this.searching = false;
    this.announcedFault = session.fault?.step;
    this.status = 'idle';
    this.unsubscribe = session.subscribe(() => this.sessionChanged(session));
  }

  private sessionChanged(session: Session): void {
    const { state, training } = session;
    if (training.status !== this.status) {
      this.status = training.status;
      if (training.status !== 'idle') this.announce(trainingSentence(session));
    }
    const { progress } = session.searchStatus;
    if (progress !== undefined && !this.searching) this.announce(progressText(progress));
    this.searching = progress !== undefined;
    if (state === this.announcedState) return;
    const before = this.announcedState;
    this.announcedState = state;
    rememberPrecision(state.precision);
    const fault = session.fault?.step;
    const isNew = fault !== undefined && fault !== this.announcedFault;
    this.announcedFault = fault;
    // The bar of changes announces a change of numbers.
    if (before !== undefined && state.changes.present !== before.changes.present) return;
    const { explanation, moment, program } = session;
    this.announce(
      [
        ...session.messages.map(statusMessageText),
        explanation?.sentence ?? speechWords.before,
        isNew ? faultSentence(session) : '',
        ...(moment.inFrame > 0 ? [speechWords.place(moment.inFrame, program.size)] : []),
      ]
        .filter((text) => text !== '')
        .join(' '),
    );
  }
}

/** The announcement when training starts, pauses or ends; its progress bar shows the rest. */
function trainingSentence({ training: { status, frame, target, fault, losses }, figures }: Session): string {
  const loss = losses.map((values) => values.at(-1)).filter((value) => value !== undefined);
  const now = loss.length > 0 ? training.loss(loss.map((value) => figures.text(value)).join(', ')) : '';
  if (status === 'running') return training.running(target);
  if (status === 'paused') return training.paused(frame, target, now);
  return fault === undefined ? training.ended(frame, now) : training.stopped(fault.frame, fault.cell);
}
