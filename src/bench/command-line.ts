import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { aimsOf } from './aims.ts';
import { dataOf, EngineEvaluation, EngineTraining, workloadProgram } from './engine.ts';
import { type Agreement, agreement } from './loss-agreement.ts';
import { measure, type Pace, quick, ratios, spreadOf, thorough } from './measurement.ts';
import { loadPeers, type PeerSet } from './peers/installation.ts';
import { aimsTable, environment, steppingTable, workloadTable } from './report.ts';
import { type Entry, isSound, type WorkloadResult } from './result.ts';
import { measureStepping } from './stepping.ts';
import { compareBits } from './stepping-bits.ts';
import type { Contestant } from './workloads/contestant.ts';
import { plainLoop } from './workloads/plain.ts';
import { type WorkloadMaker, workloads } from './workloads/workloads.ts';

const steppingName = 'stepping';

const usage = `npm run bench -- [--only NAME] [--quick] [--no-peers] [--json]
  --only NAME   what begins so: ${workloads.map(({ name }) => name).join(', ')}, ${steppingName}; may be given again
  --quick       fewer and shorter windows
  --no-peers    the plain loop and Backstep only
  --json        all numbers as JSON on the standard output
`;

interface Streams {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/**
 * Runs the benchmark with the arguments after the script's name; results go to stdout, progress to stderr. Returns the exit
 * status: 0 whatever the ratios are, 1 if contestants disagree or training and stepping differ in a bit, 2 if the arguments are
 * wrong or ask for help (described on stderr). May install peers, see `loadPeers`.
 */
export async function runBenchmark(args: readonly string[], { stdout, stderr }: Streams): Promise<number> {
  const options = optionsOf(args);
  if (typeof options === 'string') {
    stderr.write(options);
    return 2;
  }
  if (options.peers) stderr.write('peers …\n');
  const peers = options.peers ? await loadPeers() : { loaded: [], notes: ['without peers'] };
  if (!options.json) stdout.write([environment(), ...peers.notes].map((line) => `${line}\n`).join(''));
  const results: WorkloadResult[] = [];
  for (const maker of options.chosen) {
    stderr.write(`${maker.title} …\n`);
    const result = await runWorkload(maker, options.pace, peers);
    if (!options.json) stdout.write(`\n${workloadTable(result)}`);
    results.push(result);
  }
  const stepping = options.stepping > 0 ? measureStepping(options.stepping) : undefined;
  if (stepping !== undefined && !options.json) stdout.write(`\n${steppingTable(stepping)}`);
  const aims = aimsOf(results, stepping);
  if (options.json) {
    const report = { environment: environment(), notes: peers.notes, workloads: results, stepping, aims };
    stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } else stdout.write(`\n${aimsTable(aims)}`);
  return results.every(isSound) ? 0 : 1;
}

const steppingFrames = { thorough: 1000, quick: 100 };

interface Options {
  readonly chosen: readonly WorkloadMaker[];
  readonly pace: Pace;
  readonly json: boolean;
  readonly peers: boolean;
  /** How many frames to step through; 0 for none. */
  readonly stepping: number;
}

/** The options, or a message about wrong ones. */
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
    const isWanted = (name: string) => only.some((start) => name.startsWith(start));
    const chosen = workloads.filter(({ name }) => isWanted(name));
    const frames = values.quick ? steppingFrames.quick : steppingFrames.thorough;
    const stepping = isWanted(steppingName) ? frames : 0;
    if (chosen.length === 0 && stepping === 0) return `nothing is called ${only.join(', ')}\n${usage}`;
    const { peers, json } = values;
    return {
      chosen,
      pace: values.quick ? quick : thorough,
      json,
      peers: peers && chosen.length > 0,
      stepping,
    };
  } catch (fault) {
    return `${(fault as Error).message}\n${usage}`;
  }
}

async function runWorkload(
  { name, title, make }: WorkloadMaker,
  pace: Pace,
  peers: PeerSet,
): Promise<WorkloadResult> {
  const { net, text, trial } = make();
  const program = workloadProgram(text);
  const data = dataOf(program);
  const baseline = plainLoop(net, data);
  const evaluation = new EngineEvaluation(program);
  const contestants: Contestant[] = [baseline, new EngineTraining(program), evaluation];
  const agreed: Agreement[] = [];
  for (const contestant of contestants) agreed.push(await agreement(contestant, baseline, trial));
  const notes = [`Backstep ran on ${evaluation.kind}`];
  for (const { peer, library } of peers.loaded) {
    try {
      const found = library.contestants(net, data);
      if (typeof found === 'string') notes.push(`${peer.name} is left out: ${found}`);
      else {
        for (const contestant of found) {
          agreed.push(await agreement(contestant, baseline, trial));
          contestants.push(contestant);
        }
      }
    } catch (fault) {
      notes.push(`${peer.name} fails and is left out: ${firstLine(fault)}`);
    }
  }
  for (const { name, deviation } of contestants)
    if (deviation !== undefined) notes.push(`${name} ${deviation}`);
  const measured = await measure(contestants, pace);
  const entries = contestants.map(
    (_, at): Entry => ({
      ...agreed[at],
      milliseconds: spreadOf(measured[at].times).median,
      ratio: ratios(measured[0], measured[at]),
    }),
  );
  return { name, title, operations: program.size, entries, bits: compareBits(program, 2), notes };
}

const firstLine = (fault: unknown) => String((fault as Error).message ?? fault).split('\n')[0];
