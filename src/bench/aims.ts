import { format } from '../number/format.ts';
import { evaluationName, trainingName } from './engine.ts';
import type { WorkloadResult } from './result.ts';

export interface Aim {
  readonly verdict: 'met' | 'missed' | 'not measured';
  readonly text: string;
}

/** What training should reach, as a multiple of the plain loop. */
const speeds: readonly { workload: string; least: number; playground?: number }[] = [
  { workload: '2-2-1', least: 0.5, playground: 0.51 },
  { workload: '2-4-2-1', least: 0.5, playground: 0.46 },
  { workload: '784-256-128-10 b32', least: 4 },
  { workload: '784-256-128-10 b1', least: 4 },
];

const shown = (value: number) => format(value, { precision: { kind: 'significant', digits: 3 } });

/** Every aim with what was found, in words; an aim whose workload did not run is listed as not measured. */
export function aimsOf(results: readonly WorkloadResult[]): Aim[] {
  const ratio = (result: WorkloadResult | undefined, name: string) =>
    result?.entries.find((entry) => entry.name === name)?.ratio.median;
  const judged = (holds: boolean | undefined, text: string): Aim => ({
    verdict: holds === undefined ? 'not measured' : holds ? 'met' : 'missed',
    text,
  });
  const found: Aim[] = [];
  for (const { workload, least, playground } of speeds) {
    const result = results.find(({ name }) => name === workload);
    const training = ratio(result, trainingName);
    const evaluation = ratio(result, evaluationName);
    const measured =
      training === undefined || evaluation === undefined
        ? ''
        : `: ${shown(training)}, evaluation only ${shown(evaluation)}`;
    found.push(
      judged(
        training === undefined ? undefined : training >= least,
        `${workload}: training at least ${least} × the plain loop${measured}`,
      ),
    );
    if (playground !== undefined)
      found.push(
        judged(
          training === undefined ? undefined : training > playground,
          `${workload}: ahead of the Playground’s engine, measured elsewhere at ${playground}${measured}`,
        ),
      );
  }
  for (const { name, bits } of results)
    found.push(judged(bits.different === undefined, `${name}: the same bits trained and stepped`));
  return found;
}
