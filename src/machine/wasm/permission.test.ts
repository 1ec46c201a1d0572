import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

const machine = (precision: 'lesson' | 'full', limits: { webAssembly?: boolean; small?: number } = {}) => ({
  precision,
  limits,
});

it('is asked for once, and only where it would be of use', async () => {
  const refused = vi.spyOn(WebAssembly, 'Module').mockImplementation(function refuse() {
    throw new WebAssembly.CompileError('refused by the content policy');
  });
  vi.resetModules();
  const { threadLimits } = await import('./permission.ts');
  expect(threadLimits(machine('lesson', { small: 3 }))).toEqual({ small: 3, webAssembly: false });
  expect(threadLimits(machine('full', { webAssembly: false }))).toEqual({ webAssembly: false });
  expect(refused).not.toHaveBeenCalled();
  for (let n = 0; n < 3; n++) expect(threadLimits(machine('full'))).toEqual({ webAssembly: false });
  expect(refused).toHaveBeenCalledTimes(1);
});

it('is passed on to other threads where it is allowed', async () => {
  const { threadLimits } = await import('./permission.ts');
  expect(threadLimits(machine('full', { small: 3 }))).toEqual({ small: 3, webAssembly: true });
});
