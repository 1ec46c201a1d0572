import { expect, it } from 'vitest';
import { contentPolicyOf } from './content-policy.ts';
import { settingsBeside, settingsOf } from './course-file.ts';

it('reads what holds for all pages', () => {
  expect(settingsOf('webassembly: off\n', 'c')).toEqual({ webAssembly: false });
  expect(settingsOf('webassembly: on\n', 'c')).toEqual({ webAssembly: true });
  expect(settingsOf('# nothing\n', 'c')).toEqual({ webAssembly: true });
  expect(settingsBeside('src')).toEqual({ webAssembly: true });
});

it.each([
  ['webassembly: maybe', 'c: webassembly is on or off'],
  ['wasm: off', 'c: there is no entry wasm; there is webassembly'],
  ['- off', 'c: it has lines such as webassembly: …'],
  ['webassembly: {', /^c: /],
])('says what is wrong with %j', (text, message) => {
  expect(() => settingsOf(text, 'c')).toThrow(message);
});

it('turns WebAssembly off in the policy, and nothing else', () => {
  const [on, off] = [true, false].map((webAssembly) => contentPolicyOf({ webAssembly }));
  expect(on).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(off).toBe(on.replace(" 'wasm-unsafe-eval'", ''));
});
