import { mostWords, sentence } from '../../src/explain/sentence.ts';
import type { Phase } from '../../src/formula/statement.ts';
import { formatCount } from '../../src/number/format.ts';
import type { Session } from '../../src/session/session.ts';
import type { SessionState } from '../../src/session/state.ts';
import { progressText, type StatusMessage, statusMessageText } from '../../src/session/status-message.ts';
import type { TrainingStatus } from '../../src/session/training.ts';
import { timelineWords } from '../../src/words/run/commands.ts';
import { announcerWords as words } from '../../src/words/speech/announcer.ts';
import { rememberPrecision } from '../base/preferences.ts';
import { faultSentence } from '../notices/notices.ts';
import { rememberedSpeech } from './speech-level.ts';

const modeText = ({ mode }: SessionState): string =>
  typeof mode === 'number' ? words.sample(formatCount(mode)) : words[mode];

/**
 * Announces what happens in a session, each event once: steps, in as many words as the reader wants, and only passes while the player
 * plays; the start and the end when a step would lead beyond; a change of precision; the start, pause and end of training and of searches.
 * It also stores the reader's choice of precision.
 */
export class Announcer {
  /** The state announced last. */
  private announcedState: SessionState | undefined;
  private announcedPhase: Phase | undefined;
  /** The step that stored the non-finite number announced last. */
  private announcedFault: number | undefined;
  private status: TrainingStatus = 'idle';
  private searching = false;
  private unsubscribe: () => void = () => {};

  constructor(
    private readonly announce: (text: string) => void,
    /** Whether the player plays. */
    private readonly isPlaying: () => boolean,
  ) {}

  /**
   * Announces this session's changes from now on, and no other's; its present state is announced only if it is no longer `since`, by
   * default the present one.
   */
  follow(session: Session, since = session.state): void {
    this.unsubscribe();
    this.announcedState = since;
    this.announcedPhase = since === session.state ? session.moment.phase : undefined;
    this.searching = false;
    this.announcedFault = session.fault?.step;
    this.status = 'idle';
    this.unsubscribe = session.subscribe(() => this.sessionChanged(session));
    if (since !== session.state) this.sessionChanged(session);
  }

  /** Announces the step at which the player has stopped. */
  paused(session: Session): void {
    this.sayStep(session, words.paused);
  }

  private sessionChanged(session: Session): void {
    const { state, training } = session;
    if (training.status !== this.status) {
      this.status = training.status;
      if (training.status !== 'idle')
        void import('./training-sentence.ts').then(
          ({ trainingSentence }) => this.announce(trainingSentence(session)),
          () => undefined,
        );
    }
    const { progress } = session.searchStatus;
    if (progress !== undefined && !this.searching) this.announce(progressText(progress));
    this.searching = progress !== undefined;
    const before = this.announcedState;
    if (before === undefined || state === before) return;
    this.announcedState = state;
    rememberPrecision(state.precision);
    const phase = this.announcedPhase;
    this.announcedPhase = session.moment.phase;
    const fault = session.fault?.step;
    const isNew = fault !== undefined && fault !== this.announcedFault;
    this.announcedFault = fault;
    // The bar of changes announces a change of numbers.
    if (state.changes.present !== before.changes.present) return;
    const [stop, after] = [true, false].map((isStop) =>
      session.messages.filter((one) => isStop === isReason(one)).map(statusMessageText),
    );
    const by = state.cursor.step - before.cursor.step;
    const first = [
      ...stop,
      ...(state.precision === before.precision ? [] : [words[state.precision]]),
      ...(state.mode === before.mode ? [] : [modeText(state)]),
    ];
    const last = isNew ? [...after, faultSentence(session)] : after;
    const into = session.moment.phase;
    const name = into === undefined || into === phase ? '' : timelineWords[into];
    // The numbers are other ones where the precision is.
    if (first.length === 0 && by === 0) {
      const edge = isSame(state, before) && last.length === 0 ? edgeOf(session) : '';
      if (edge + last.join('') !== '') this.announce([edge, ...last].join(' ').trim());
    } else if (this.isPlaying() && stop.length === 0) {
      const said = [...(name === '' ? [] : [words.phase(name)]), ...last];
      if (said.length > 0) this.announce(said.join(' '));
    } else
      this.sayStep(session, (text) =>
        [
          ...first,
          by < 0 && into !== undefined ? words.back(name, text) : words.on(name, text),
          ...last,
        ].join(' '),
      );
  }

  /** Announces the present step, as `whole` makes it of its sentence. */
  private sayStep(session: Session, whole: (text: string) => string): void {
    const { moment, figures, state } = session;
    const level = rememberedSpeech();
    const room = mostWords - (whole('').match(/\S+/g)?.length ?? 0);
    const say = (speak: typeof sentence) =>
      this.announce(whole(speak(moment, figures, { isShort: level === 'short', room })));
    if (level !== 'full') say(sentence);
    else {
      // The file may come for a later step first.
      const sayIfLast = (speak: typeof sentence) => {
        if (this.announcedState === state) say(speak);
      };
      void import('../../src/explain/full-sentence.ts').then(
        ({ fullSentence }) => sayIfLast(fullSentence),
        () => sayIfLast(sentence),
      );
    }
  }
}

/** Whether a message says why a run has stopped, which comes before the step; others are about the way to it. */
const isReason = ({ kind }: StatusMessage): boolean => kind === 'stop' || kind === 'none';

/** Whether nothing has changed between two states without a move: a command had nowhere to go. */
const isSame = (a: SessionState, b: SessionState): boolean =>
  (Object.keys(a) as (keyof SessionState)[]).every((part) => part === 'cursor' || a[part] === b[part]);

/** What is said where a command would lead before the first step, or beyond the last. */
const edgeOf = ({ state: { cursor }, end }: Session): string =>
  cursor.step === 0 ? words.start : cursor.step >= end ? words.end : '';
