import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arrangementKeys, arrangementOf, withArrangement, withoutArrangement } from './arrangement.ts';

const word = fc.constantFrom('why', 'all', 'drawing', 'table', 'compare');
const hashes = [
  '#at=lecture@1.%CE%B41%5B1%5D.2&run=full',
  '#at=lecture@0',
  '#go=lecture.1.2k.tabc-_.1x9q0000',
];

it('comes back out of any link, and leaves the link as it was', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...hashes),
      fc.record({ tool: word, sheet: word, picture: word }, { requiredKeys: [] }),
      fc.record({ tool: word, sheet: word, picture: word }, { requiredKeys: [] }),
      (hash, first, second) => {
        const twice = withArrangement(withArrangement(hash, first), second);
        expect(arrangementOf(twice)).toEqual(second);
        expect(withoutArrangement(twice)).toBe(hash);
      },
    ),
    { seed: 20261130, numRuns: 200 },
  );
});

it('reads no markup and no other entries', () => {
  expect(arrangementOf('#at=a@1&tool=<b>&sheet=all&eta=10')).toEqual({ sheet: 'all' });
  expect(arrangementOf('#tool=why')).toEqual({});
  expect(arrangementKeys.every((key) => /^[a-z]+$/.test(key))).toBe(true);
});
