import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { PackageCache } from './package-cache.ts';

const name = `package-cache-test-${process.pid}`;
const cache = new PackageCache(name, { '@made/up': '1.2.3' });
const root = join(cache.folder('@made/up'), '..', '..', '..');
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(version: string): void {
  mkdirSync(cache.folder('@made/up'), { recursive: true });
  writeFileSync(join(cache.folder('@made/up'), 'package.json'), JSON.stringify({ version, main: 'up.cjs' }));
  writeFileSync(join(cache.folder('@made/up'), 'up.cjs'), 'module.exports = { found: 7 };');
}

it('has a package in its version only', () => {
  expect(cache.has('@made/up')).toBe(false);
  put('1.2.4');
  expect(cache.has('@made/up')).toBe(false);
  put('1.2.3');
  expect(cache.has('@made/up')).toBe(true);
});

it('installs nothing where all is there, and loads it', async () => {
  put('1.2.3');
  expect(cache.complete()).toBeUndefined();
  expect(existsSync(join(root, 'package.json'))).toBe(false);
  expect(await cache.load('@made/up')).toEqual({ found: 7 });
});
