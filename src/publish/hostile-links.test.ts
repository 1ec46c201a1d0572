import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { targetsOf, tryLink } from './hostile-links.testing.ts';
import { tablesBeside } from './lesson-data.ts';

const golden = JSON.parse(readFileSync(new URL('golden-links.json', import.meta.url), 'utf8'));
const tables = tablesBeside('lessons');
const targets = targetsOf(golden, tables);
/** `npm run fuzz -- links` goes on from here. */
const seeds = Array.from({ length: 50 }, (_, seed) => seed);

describe('a hostile link opens at a step or says why not, and what is shown is a formula', () => {
  it.each(seeds)('seed %i', async (seed) => {
    const { hash, faults } = await tryLink(seed, targets, tables);
    expect(faults, `npm run fuzz -- links --from ${seed} --count 1\n${hash.slice(0, 300)}`).toEqual([]);
  });
});
