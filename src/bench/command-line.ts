import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { format } from '../number/format.ts';
import { aimsOf } from './aims.ts';
import type { Contestant } from './contestant.ts';
import { dataOf, EngineEvaluation, EngineTraining, programOf } from './engine.ts';
import { measure, type Pace, quick, ratios, spread, thorough } from './measurement.ts';
import { plainLoop } from './plain.ts';
import type { Entry, WorkloadResult } from './result.ts';
import { compareBits } from './stepping-bits.ts';
import { columns } from './table.ts';
import { agreements } from './trial.ts';
import { type WorkloadMaker, workloads } from './workloads.ts';

const usage = `npm run bench -- [--only NAME] [--quick] [--no-peers] [--json]
  --only NAME   a workload whose name begins so: ${workloads.map(({ name }) => name).join(', ')}
  --quick       fewer and shorter windows
  --no-peers    the plain loop and Backstep only
  --json        all numbers as JSON on the standard output
`;

interface Streams {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** Runs the benchmark and gives the exit status: 0 whatever the ratios are, 1 where contestants disagree. */
export async function runBenchmark(args: readonly string[], { stdout, stderr }: Streams): Promise<number> {
  const options = optionsOf(args);
  if (typeof options === 'string') {
    stderr.write(options);
    return 2;
  }
  const results: WorkloadResult[] = [];
  for (const maker of options.chosen) {
    stderr.write(`${maker.title} …\n`);
    const result = await runWorkload(maker, options.pace);
    if (!options.json) stdout.write(`\n${workloadTable(result)}`);
    results.push(result);
  }
  const aims = aimsOf(results);
  if (options.json)
    stdout.write(`${JSON.stringify({ node: process.version, workloads: results, aims }, null, 2)}\n`);
  else
    stdout.write(`\nAims\n${aims.map(({ verdict, text }) => `  ${verdict.padEnd(12)} ${text}\n`).join('')}`);
  return results.every(({ entries, bits }) => bits.different === undefined && entries.every((e) => e.agrees))
    ? 0
    : 1;
}

interface Options {
  readonly chosen: readonly WorkloadMaker[];
  readonly pace: Pace;
  readonly json: boolean;
}

/** The options, or what is wrong with them. */
function optionsOf(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', multiple: true },
        quick: { type: 'boolean', default: false },
        peers: { type: 'boolean', default: true },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
      allowNegative: true,
    });
    if (values.help) return usage;
    const only = values.only ?? [''];
    const chosen = workloads.filter(({ name }) => only.some((start) => name.startsWith(start)));
    if (chosen.length === 0) return `there is no workload ${only.join(', ')}\n${usage}`;
    return { chosen, pace: values.quick ? quick : thorough, json: values.json };
  } catch (fault) {
    return `${(fault as Error).message}\n${usage}`;
  }
}

async function runWorkload({ name, title, make }: WorkloadMaker, pace: Pace): Promise<WorkloadResult> {
  const { net, text, trial } = make();
  const program = programOf(text);
  const data = dataOf(program);
  const contestants: Contestant[] = [
    plainLoop(net, data),
    new EngineTraining(program),
    new EngineEvaluation(program),
  ];
  const agreed = await agreements(contestants, trial);
  const measured = await measure(contestants, pace);
  const entries = contestants.map(
    (_, at): Entry => ({
      ...agreed[at],
      milliseconds: spread(measured[at].times).median,
      ratio: ratios(measured[0], measured[at]),
    }),
  );
  return { name, title, operations: program.size, trial, entries, bits: compareBits(program, 2), notes: [] };
}

const digits = (count: number) => ({ precision: { kind: 'significant', digits: count }, pad: true }) as const;

/** A ratio, a time: three digits are more than the machine's noise bears. */
const shown = (value: number) => format(value, digits(3));

function workloadTable({ title, operations, trial, entries, bits, notes }: WorkloadResult): string {
  const rows = entries.map(({ name, ratio, milliseconds, difference, agrees }) => [
    name,
    shown(ratio.median),
    `${shown(ratio.low)} – ${shown(ratio.high)}`,
    shown(milliseconds * 1000),
    agrees ? `within ${format(difference, digits(1))}` : `DIFFERS by ${format(difference, digits(1))}`,
  ]);
  const head = ['', '× plain loop', 'lowest – highest', 'µs a frame', `loss after ${trial} frames`];
  const stepped =
    bits.different === undefined
      ? `${bits.cells} cells have the same bits trained and stepped`
      : `${bits.different} has other bits trained than stepped`;
  return `${title}, ${operations} operations a frame\n${columns(head, rows)}${[stepped, ...notes].map((note) => `  ${note}\n`).join('')}`;
}
