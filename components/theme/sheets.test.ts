import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const components = join(import.meta.dirname, '..');

it('asks in no sheet of the debugger what stands within', () => {
  // With one `:has()` in the debugger's tree, each step has all its spans styled again: 1800 elements instead of six.
  const asking = readdirSync(components, { recursive: true, encoding: 'utf8' }).filter(
    (path) =>
      /(\.styles|theme[/\\][^/\\]+)\.ts$/.test(path) &&
      !path.endsWith('.test.ts') &&
      readFileSync(join(components, path), 'utf8').includes(':has('),
  );
  expect(asking).toEqual([]);
});
