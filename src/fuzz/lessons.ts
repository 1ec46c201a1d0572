import { tryHostileLesson } from '../publish/hostile-lessons.testing.ts';
import type { Subject } from './subject.ts';

/** Hostile lessons, built as pages, whose HTML is checked. */
export const lessons: Subject = {
  about: 'hostile lessons; judged by what stands on the built page',
  count: 10_000,
  start() {
    let slowest = { seed: 0, milliseconds: 0 };
    let largest = { seed: 0, letters: 0 };
    return {
      examine(seed) {
        const { html, milliseconds } = tryHostileLesson(seed);
        if (milliseconds > slowest.milliseconds) slowest = { seed, milliseconds };
        if (html.length > largest.letters) largest = { seed, letters: html.length };
      },
      summary: () =>
        `slowest: seed ${slowest.seed}, ${Math.round(slowest.milliseconds)} ms; largest: seed ${largest.seed}, ${largest.letters} letters; at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
    };
  },
};
