import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inPhase } from './phases.ts';

const components = join(import.meta.dirname, '..');

/** The selectors of all rules that use the phase's colour, each with its file. */
const usersOfAccent = readdirSync(components, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('phases.ts'))
  .flatMap((path) => {
    const rules = readFileSync(join(components, path), 'utf8').matchAll(
      /([^{};`]+)\{[^{}]*var\(--accent\)[^{}]*\}/g,
    );
    return [...rules].flatMap(([, selectors]) =>
      selectors
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .split(/,(?![^(]*\))/)
        .map((selector) => ({ path, selector: selector.trim() })),
    );
  });

it('gives the colour of the phase to all that is drawn in it', () => {
  expect(usersOfAccent.length).toBeGreaterThan(20);
  const without = usersOfAccent.filter(({ selector }) => !inPhase.some((one) => selector.includes(one)));
  expect(without).toEqual([]);
});
