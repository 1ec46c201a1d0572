import { describe, expect, it } from 'vitest';
import { aimsOf } from './aims.ts';
import { evaluationName, trainingName } from './engine.ts';
import { aimsTable, steppingTable, workloadTable } from './report.ts';
import { type Entry, isSound, type WorkloadResult } from './result.ts';
import type { SteppingReport } from './stepping.ts';

const entry = (name: string, ratio: number, agrees = true): Entry => ({
  name,
  frames: 20,
  loss: 0.1,
  difference: agrees ? 1e-16 : 0.25,
  agrees,
  milliseconds: 0.001 / ratio,
  ratio: { median: ratio, low: ratio / 2, high: ratio * 2 },
});

const result = (name: string, training: number, others: readonly Entry[] = []): WorkloadResult => ({
  name,
  title: `${name} net`,
  operations: 55,
  entries: [entry('plain loop', 1), entry(trainingName, training), entry(evaluationName, 2), ...others],
  bits: { cells: 22, different: undefined },
  notes: ['brain.js is left out'],
});

const report: SteppingReport = {
  frames: 1000,
  operations: 1_240_000,
  locate: 0.1,
  next: 6,
  back: 1,
  jump: { median: 1, high: 60, worst: 70 },
  array: 3,
  bytes: 70e6,
  buffers: 90e6,
  training: 2,
  evaluation: 1.9,
  recording: 0.05,
};

const verdicts = (...parameters: Parameters<typeof aimsOf>) =>
  new Map(aimsOf(...parameters).map(({ text, verdict }) => [text, verdict]));

describe('aims', () => {
  it('lists what was not measured', () => {
    expect(new Set(verdicts([], undefined).values())).toEqual(new Set(['not measured']));
    expect(verdicts([], undefined).size).toBe(14);
  });

  it('judges training, not the evaluation alone', () => {
    const found = verdicts([result('2-2-1', 0.505), result('784-256-128-10 b1', 3.99)], undefined);
    expect(found.get('2-2-1: at least 0.5 × the plain loop: 0.505, evaluation only 2')).toBe('met');
    const ahead = '2-2-1: ahead of the Playground’s engine (0.51, measured elsewhere)';
    expect(found.get(`${ahead}: 0.505, evaluation only 2`)).toBe('missed');
    const large = '784-256-128-10 b1: at least 4 × the plain loop (PyTorch has 2.2, measured elsewhere)';
    expect(found.get(`${large}: 3.99, evaluation only 2`)).toBe('missed');
  });

  it('compares with convnetjs wherever it ran', () => {
    const found = verdicts([result('A', 0.3, [entry('convnetjs', 0.4)]), result('B', 0.3)], undefined);
    expect(found.get('A: ahead of convnetjs: 0.3 against 0.4')).toBe('missed');
    expect([...found.keys()].filter((text) => text.includes('convnetjs'))).toHaveLength(1);
  });

  it('names a contestant that computes something else, and a cell with other bits', () => {
    const apart = result('A', 1, [entry('tfjs cpu', 3, false)]);
    const stepped = { ...result('B', 1), bits: { cells: 3, different: 'W1[2,1]' } };
    const found = verdicts([apart, stepped], undefined);
    expect(found.get('A: all that ran come to the same loss: tfjs cpu')).toBe('missed');
    expect(found.get('B: the same bits trained and stepped: W1[2,1]')).toBe('missed');
    expect([apart, stepped, result('C', 1)].map(isSound)).toEqual([false, false, true]);
  });

  it('judges stepping', () => {
    const found = verdicts([], report);
    expect(found.get('stepping: next below 5 µs: 6 µs')).toBe('missed');
    expect(found.get('stepping: memory below 100 MB: 70 MB')).toBe('met');
    expect(found.get('stepping: a jump to any step, 99 of 100, below 50 ms: 60 ms')).toBe('missed');
    expect(found.get('stepping: what recording adds to training below 10 %: 5 %')).toBe('met');
  });
});

describe('tables', () => {
  it('are set in columns, with the notes below', () => {
    expect(workloadTable(result('2-2-1', 0.5, [entry('tfjs cpu', 0.25, false)]))).toBe(
      `2-2-1 net, 55 operations a frame
                           × plain loop  lowest – highest  µs a frame       loss differs by
─────────────────────────  ────────────  ────────────────  ──────────  ────────────────────
plain loop                         1.00      0.500 – 2.00        1.00      1×10⁻¹⁶ after 20
Backstep, training                0.500      0.250 – 1.00        2.00      1×10⁻¹⁶ after 20
Backstep, evaluation only          2.00       1.00 – 4.00       0.500      1×10⁻¹⁶ after 20
tfjs cpu                          0.250     0.125 – 0.500        4.00  DIFFERS 0.3 after 20
  22 cells have the same bits trained and stepped
  brain.js is left out
`,
    );
  });

  it('tell stepping and the aims', () => {
    expect(steppingTable(report)).toContain('1240 million operations');
    expect(
      aimsTable([
        { verdict: 'missed', text: 'one' },
        { verdict: 'not measured', text: 'two' },
      ]),
    ).toBe('Aims\n  missed        one\n  not measured  two\n');
  });
});
