import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { follow, type GoldenLink, linkedProgram, seenBy } from './golden-links.testing.ts';
import { tablesBeside } from './lesson-data.ts';

interface GoldenList {
  readonly texts: Readonly<Record<string, { readonly model: string; readonly text: string }>>;
  readonly links: readonly GoldenLink[];
}

const { texts, links }: GoldenList = JSON.parse(
  readFileSync(new URL('golden-links.json', import.meta.url), 'utf8'),
);
const tables = tablesBeside('lessons');

describe('a link that was once given away opens where it opened then:', () => {
  it.each(links)('$what, of $of ($hash)', async ({ of, hash, seen }) => {
    const { model, text } = texts[of];
    const program = linkedProgram(text, tables);
    if ('message' in program) throw new Error(program.message);
    expect(seenBy(await follow(model, { text, program }, hash, tables))).toMatchObject(seen);
  });
});
