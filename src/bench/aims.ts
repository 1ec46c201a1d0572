import { format } from '../number/format.ts';
import { evaluationName, trainingName } from './engine.ts';
import type { WorkloadResult } from './result.ts';
import { type SteppingReport, steppingLimits } from './stepping.ts';

/** An aim of the benchmark and whether it was met, in words with what was measured. */
export interface Aim {
  readonly verdict: 'met' | 'missed' | 'not measured';
  readonly text: string;
}

/** The least speed of training, as a multiple of the plain loop's, and what others reached against such a loop elsewhere. */
const speeds: readonly { workload: string; least: number; playground?: number; elsewhere?: string }[] = [
  { workload: '2-2-1', least: 0.5, playground: 0.51 },
  { workload: '2-4-2-1', least: 0.5, playground: 0.46 },
  { workload: '784-256-128-10 b32', least: 4, elsewhere: 'PyTorch has 33' },
  { workload: '784-256-128-10 b1', least: 4, elsewhere: 'PyTorch has 2.2' },
];

const rival = 'convnetjs';

const short = (value: number) => format(value, { precision: { kind: 'significant', digits: 3 } });

/** An aim and what was found; `holds` is undefined where nothing was measured. */
const judged = (holds: boolean | undefined, aim: string, found = ''): Aim => ({
  verdict: holds === undefined ? 'not measured' : holds ? 'met' : 'missed',
  text: holds === undefined || found === '' ? aim : `${aim}: ${found}`,
});

const ratioOf = (result: WorkloadResult | undefined, name: string): number | undefined =>
  result?.entries.find((entry) => entry.name === name)?.ratio.median;

/**
 * Compares the results with every aim; speeds, rivals and stepping that did not run are listed as not measured, soundness only
 * for what ran. `stepping` is undefined if it did not run.
 */
export function aimsOf(results: readonly WorkloadResult[], stepping: SteppingReport | undefined): Aim[] {
  return [...speedAims(results), ...rivalAims(results), ...soundnessAims(results), ...steppingAims(stepping)];
}

function speedAims(results: readonly WorkloadResult[]): Aim[] {
  return speeds.flatMap(({ workload, least, playground, elsewhere }) => {
    const result = results.find(({ name }) => name === workload);
    const training = ratioOf(result, trainingName);
    const evaluation = ratioOf(result, evaluationName);
    const measured =
      training === undefined ? '' : `${short(training)}, evaluation only ${short(evaluation ?? Number.NaN)}`;
    const beyond = elsewhere === undefined ? '' : ` (${elsewhere}, measured elsewhere)`;
    const fast = judged(
      training === undefined ? undefined : training >= least,
      `${workload}: at least ${least} × the plain loop${beyond}`,
      measured,
    );
    if (playground === undefined) return [fast];
    const ahead = judged(
      training === undefined ? undefined : training > playground,
      `${workload}: ahead of the Playground’s engine (${playground}, measured elsewhere)`,
      measured,
    );
    return [fast, ahead];
  });
}

function rivalAims(results: readonly WorkloadResult[]): Aim[] {
  const aims = results.flatMap((result) => {
    const [own, other] = [ratioOf(result, trainingName), ratioOf(result, rival)];
    if (own === undefined || other === undefined) return [];
    return [
      judged(own > other, `${result.name}: ahead of ${rival}`, `${short(own)} against ${short(other)}`),
    ];
  });
  return aims.length > 0 ? aims : [judged(undefined, `ahead of ${rival} everywhere`)];
}

function soundnessAims(results: readonly WorkloadResult[]): Aim[] {
  return results.flatMap(({ name, bits, entries }) => {
    const apart = entries.filter(({ agrees }) => !agrees).map((entry) => entry.name);
    return [
      judged(bits.different === undefined, `${name}: the same bits trained and stepped`, bits.different),
      judged(apart.length === 0, `${name}: all that ran come to the same loss`, apart.join(', ')),
    ];
  });
}

function steppingAims(report: SteppingReport | undefined): Aim[] {
  const below = (what: string, value: number | undefined, most: number, unit: string) =>
    judged(
      value === undefined ? undefined : value < most,
      `stepping: ${what} below ${most} ${unit}`,
      value === undefined ? '' : `${short(value)} ${unit}`,
    );
  return [
    below('locate', report?.locate, steppingLimits.locate, 'µs'),
    below('next', report?.next, steppingLimits.next, 'µs'),
    below('back', report?.back, steppingLimits.next, 'µs'),
    below('a jump to any step, median,', report?.jump.median, steppingLimits.median, 'ms'),
    below('a jump to any step, 99 of 100,', report?.jump.high, steppingLimits.high, 'ms'),
    below('memory', report && report.bytes / 1e6, steppingLimits.megabytes, 'MB'),
    below(
      'what recording adds to training',
      report && 100 * report.recording,
      100 * steppingLimits.recording,
      '%',
    ),
  ];
}
