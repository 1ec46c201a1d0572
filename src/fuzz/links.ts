import { readFileSync } from 'node:fs';
import { targetsOf, tryLink } from '../publish/hostile-links.testing.ts';
import { tablesBeside } from '../publish/lesson-data.ts';
import type { Subject } from './subject.ts';

/** Milliseconds of processor time that a link may take before a page would seem to hang; generous, since machines differ. */
const most = 4000;

/** Hostile links to the lessons, followed as a page does. */
export const links: Subject = {
  about: 'hostile links to the lessons, followed and shown as in a page; what is shown may be formulas only',
  count: 2000,
  start() {
    const golden = JSON.parse(readFileSync(new URL('../publish/golden-links.json', import.meta.url), 'utf8'));
    const tables = tablesBeside('lessons');
    const targets = targetsOf(golden, tables);
    const slowest: { seed: number; took: number }[] = [];
    const outcomes = new Map<string, number>();
    return {
      async examine(seed) {
        const { hash, faults, took, followed } = await tryLink(seed, targets, tables);
        const outcome =
          followed.notice === undefined ? 'not for a model' : followed.notice === '' ? 'opened' : 'noticed';
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        slowest.push({ seed, took });
        slowest.sort((a, b) => b.took - a.took).splice(5);
        if (took > most) throw new Error(`${Math.round(took)} ms for ${hash.slice(0, 200)}`);
        if (faults.length > 0) throw new Error(`${faults.join('; ')} in ${hash.slice(0, 200)}`);
      },
      summary() {
        const told = [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
        const slow = slowest.map(({ seed, took }) => `${Math.round(took)} ms at seed ${seed}`).join(', ');
        const { heapUsed, rss } = process.memoryUsage();
        const megabytes = (bytes: number) => Math.round(bytes / 1e6);
        return `${told}; the slowest ${slow}; ${megabytes(heapUsed)} MB of heap, ${megabytes(rss)} MB in all`;
      },
    };
  },
};
