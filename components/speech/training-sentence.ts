import type { Session } from '../../src/session/session.ts';
import { trainingSpeechWords as words } from '../../src/words/speech/training-speech.ts';

/** The announcement when training starts, pauses or ends; its progress bar shows the rest. */
export function trainingSentence({
  training: { status, frame, target, fault, losses },
  figures,
}: Session): string {
  const loss = losses.map((values) => values.at(-1)).filter((value) => value !== undefined);
  const now = loss.length > 0 ? words.loss(loss.map((value) => figures.text(value)).join(', ')) : '';
  if (status === 'running') return words.running(target);
  if (status === 'paused') return words.paused(frame, target, now);
  return fault === undefined ? words.ended(frame, now) : words.stopped(fault.frame, fault.cell);
}
