import { format } from '../../number/format.ts';
import { columns } from '../table.ts';
import type { DigitEpoch } from './digit-training.ts';
import type { DigitNetwork } from './networks.ts';

/** How a network did, by the engine and by a plain pass with the same weights. */
export interface DigitResult {
  readonly network: DigitNetwork;
  /** The last epoch. */
  readonly last: DigitEpoch;
  /** Rows of the test digits, from 1, ascending, that the plain pass misreads. */
  readonly plain: readonly number[];
  /** Of training, all epochs together. */
  readonly seconds: number;
}

const decimals = (value: number, digits: number): string =>
  format(value, { precision: { kind: 'decimals', digits }, pad: true });

/** The part of the test digits that is misread, in percent. */
export const errorOf = ({ misread, count }: Pick<DigitEpoch, 'misread' | 'count'>): number =>
  (100 * misread.length) / count;

/** The heading above `epochLine`s, and one of them, each ended by a newline. */
export const epochHeading = 'epoch  training loss  test error %  seconds\n';
export const epochLine = (one: DigitEpoch): string =>
  `${[
    String(one.epoch).padStart(5),
    decimals(one.loss, 4).padStart(13),
    decimals(errorOf(one), 2).padStart(12),
    decimals(one.seconds, 1).padStart(7),
  ].join('  ')}\n`;

/** What is wrong with a result; empty where nothing is. Errors are judged only after all epochs. */
export function faultsOf({ network, last, plain }: DigitResult): string[] {
  const { name, epochs, allowed } = network;
  const faults: string[] = [];
  if (last.misread.join() !== plain.join()) {
    const counts = `${last.misread.length} and ${plain.length}`;
    faults.push(`${name}: engine and plain pass do not misread the same digits (${counts})`);
  }
  if (last.epoch === epochs && errorOf(last) > allowed)
    faults.push(
      `${name}: ${decimals(errorOf(last), 2)} % is more than the ${decimals(allowed, 1)} % allowed`,
    );
  return faults;
}

/** All results beside the lecture's table, each line ended by a newline. */
export function digitTable(results: readonly DigitResult[]): string {
  const rows = results.map(({ network, last, plain, seconds }) => [
    network.title,
    decimals(network.published, 1),
    decimals(errorOf(last), 2),
    decimals(errorOf({ misread: plain, count: last.count }), 2),
    decimals(network.allowed, 1),
    String(last.epoch),
    network.optimizer,
    [network.regularizer, ...(network.layers.match(/dropout \S+/g) ?? [])].filter(Boolean).join(', ') || '–',
    String(network.batch),
    decimals(seconds, 0),
  ]);
  const head = [
    'test error, %',
    'lecture',
    'here',
    'plain pass',
    'allowed',
    'epochs',
    'optimizer',
    'against overfitting',
  ];
  return columns([...head, 'batch', 'seconds'], rows);
}
