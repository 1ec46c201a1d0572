import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Technical and geometric signs, miscellaneous symbols, dingbats: many fonts lack them, and show an empty box. */
const rare = /[\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\u{1f000}-\u{1faff}]/u;

/** The drawing's own badges, whose texts are placed as letters. */
const asLetters = /^components\/drawing\/|^components\/tools\/gradient-check\.ts$/;

it('signs that a font may lack are drawn, not typed', () => {
  const files = ['components', 'src/words'].flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  const found = files
    .filter((name) => /(?<!\.test)\.ts$/.test(name) && !asLetters.test(name))
    .filter((name) => rare.test(readFileSync(root + name, 'utf8')));
  expect(found).toEqual([]);
});
