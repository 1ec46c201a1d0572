import { expect, it } from 'vitest';
import { licenceText, ownModulesOnly } from './licences.ts';

const packages = [
  { name: 'one', version: '1.2.3', identifier: 'MIT', text: 'MIT License\r\n\r\nCopyright (c) One' },
  { name: '@two/parts', version: '2.0.0', text: 'BSD © Two' },
];

it('tells our own licence, those of all packages, and that of the fonts', () => {
  const text = licenceText('MIT License\n\nCopyright (c) The Backstep authors\n', packages, [
    'Copyright (c) Font',
  ]);
  expect(text).toMatch(/^\ufeffBackstep\n\nMIT License\n\nCopyright \(c\) The Backstep authors\n/);
  expect(text).toContain('\none 1.2.3\n\nMIT License\n\nCopyright (c) One\n');
  expect(text).toContain('\n@two/parts 2.0.0\n\nBSD © Two\n');
  expect(text).toMatch(/Copyright \(c\) Font\n\nSIL OPEN FONT LICENSE Version 1\.1/);
  expect(licenceText('Own', packages, [])).not.toContain('FONT');
});

it('refuses a package without a licence', () => {
  const bare = [...packages, { name: 'three', version: '3.0.0', identifier: 'MIT' }];
  expect(() => licenceText('Own', bare, [])).toThrow('no licence is found in three');
});

it('refuses a package in a worker, which Vite does not list', () => {
  const generate = ownModulesOnly.generateBundle as (options: object, bundle: object) => void;
  const told: string[] = [];
  const context = { error: (message: string) => told.push(message) };
  const bundle = (id: string) => ({ 'w.js': { type: 'chunk', moduleIds: ['/src/worker.ts', id] } });
  generate.call(context, {}, bundle('/src/machine.ts'));
  expect(told).toEqual([]);
  generate.call(context, {}, bundle('/node_modules/katex/katex.mjs'));
  expect(told).toEqual(['no licence is told of /node_modules/katex/katex.mjs, which a worker loads']);
});
