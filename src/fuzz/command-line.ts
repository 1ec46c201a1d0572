import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import type { Subject } from './subject.ts';
import { subjects } from './subjects.ts';

const usage = (known: Subjects): string => `npm run fuzz -- [SUBJECT …] [--from SEED] [--count N] [--most N]
${Object.entries(known)
  .map(([name, { about, count }]) => `  ${name.padEnd(12)} ${about} (${count} seeds)`)
  .join('\n')}
  --from SEED   the first seed; 0 if it is not said
  --count N     how many seeds of each subject
  --most N      how many failures end a subject; 10 if it is not said
`;

type Subjects = Readonly<Record<string, Subject>>;

interface Streams {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/**
 * Runs the subjects that are asked for and returns the exit status: 0 if all seeds passed, 1 if one failed, 2 if the arguments
 * are wrong (described on stderr).
 */
export async function runFuzz(
  args: readonly string[],
  { stdout, stderr }: Streams,
  known: Subjects = subjects,
): Promise<number> {
  const options = optionsOf(args, known);
  if (typeof options === 'string') {
    stderr.write(options);
    return 2;
  }
  let failed = 0;
  for (const name of options.chosen) failed += await tryAll(name, known[name], options, { stdout, stderr });
  return failed > 0 ? 1 : 0;
}

/** Tries a subject's seeds in order; returns how many failed. */
async function tryAll(
  name: string,
  subject: Subject,
  { from, count = subject.count, most }: Options,
  { stdout, stderr }: Streams,
): Promise<number> {
  const began = Date.now();
  const trials = await subject.start();
  let [tried, failed] = [0, 0];
  let said = began;
  try {
    for (; tried < count && failed < most; tried++) {
      const seed = from + tried;
      try {
        await trials.examine(seed);
      } catch (fault) {
        failed += 1;
        stdout.write(`${name}, seed ${seed}: ${(fault as Error).message}\n`);
        stdout.write(`  again: npm run fuzz -- ${name} --from ${seed} --count 1\n\n`);
      }
      if (Date.now() - said > 10_000) {
        said = Date.now();
        stderr.write(`${name}: ${tried + 1} of ${count}\n`);
      }
    }
    const summary = trials.summary?.();
    const seconds = Math.round((Date.now() - began) / 1000);
    stdout.write(`${name}: ${tried} tried from seed ${from} on, ${failed} failed, ${seconds} s\n`);
    if (summary) stdout.write(`  ${summary}\n`);
  } finally {
    await trials.stop?.();
  }
  return failed;
}

interface Options {
  readonly chosen: readonly string[];
  readonly from: number;
  readonly count: number | undefined;
  readonly most: number;
}

/** The options, or a message about wrong ones. */
function optionsOf(args: readonly string[], known: Subjects): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        from: { type: 'string', default: '0' },
        count: { type: 'string' },
        most: { type: 'string', default: '10' },
        help: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    if (values.help) return usage(known);
    const unknown = positionals.filter((name) => !Object.hasOwn(known, name));
    if (unknown.length > 0) return `nothing is called ${unknown.join(', ')}\n${usage(known)}`;
    return {
      chosen: positionals.length > 0 ? positionals : Object.keys(known),
      from: whole('from', values.from, 0),
      count: values.count === undefined ? undefined : whole('count', values.count, 1),
      most: whole('most', values.most, 1),
    };
  } catch (fault) {
    return `${(fault as Error).message}\n${usage(known)}`;
  }
}

function whole(flag: string, text: string, least: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || !Number.isSafeInteger(value))
    throw new RangeError(`--${flag} takes a whole number from ${least}, not ${text}`);
  return value;
}
