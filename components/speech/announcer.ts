import type { Session } from '../../src/session/session.ts';
import type { State } from '../../src/session/state.ts';
import { progressText, remarkText } from '../../src/session/status-message.ts';
import type { TrainingStatus } from '../../src/session/training.ts';
import { speech } from '../../src/words/speech/speech.ts';
import { spokenTraining as training } from '../../src/words/speech/spoken-training.ts';
import { rememberRun } from '../base/preferences.ts';
import { faultSentence } from '../notices/notices.ts';

/** Says what happens in a session: each step, each change and the turns of the training, once. */
export class Speaker {
  /** What was spoken of last. */
  private spoken: State | undefined;
  /** Where the number that is not finite was stored of which it was told last. */
  private fault: number | undefined;
  private status: TrainingStatus = 'idle';
  private searching = false;
  private leave: () => void = () => {};

  constructor(private readonly say: (text: string) => void) {}

  /** Speaks of this session from now on, and of no other. */
  follow(session: Session): void {
    this.leave();
    this.spoken = session.state;
    this.searching = false;
    this.fault = session.fault?.step;
    this.status = 'idle';
    this.leave = session.subscribe(() => this.changed(session));
  }

  private changed(session: Session): void {
    const { state, training } = session;
    if (training.status !== this.status) {
      this.status = training.status;
      if (training.status !== 'idle') this.say(trainingSentence(session));
    }
    const { search } = session.lookout;
    if (search !== undefined && !this.searching) this.say(progressText(search));
    this.searching = search !== undefined;
    if (state === this.spoken) return;
    const before = this.spoken;
    this.spoken = state;
    rememberRun(state.run);
    const fault = session.fault?.step;
    const isNew = fault !== undefined && fault !== this.fault;
    this.fault = fault;
    // What was changed is said where it is listed.
    if (before !== undefined && state.changes.present !== before.changes.present) return;
    const { explanation, moment, program } = session;
    this.say(
      [
        ...session.remarks.map(remarkText),
        explanation?.sentence ?? speech.before,
        isNew ? faultSentence(session) : '',
        ...(moment.inFrame > 0 ? [speech.place(moment.inFrame, program.size)] : []),
      ]
        .filter((text) => text !== '')
        .join(' '),
    );
  }
}

/** Said when training begins, rests or ends; in between the bar tells. */
function trainingSentence({ training: { status, frame, target, fault, losses }, figures }: Session): string {
  const loss = losses.map((values) => values.at(-1)).filter((value) => value !== undefined);
  const now = loss.length > 0 ? training.loss(loss.map((value) => figures.text(value)).join(', ')) : '';
  if (status === 'running') return training.running(target);
  if (status === 'paused') return training.paused(frame, target, now);
  return fault === undefined ? training.ended(frame, now) : training.stopped(fault.frame, fault.cell);
}
