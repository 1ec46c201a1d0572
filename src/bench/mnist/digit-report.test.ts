import { describe, expect, it } from 'vitest';
import { digitTable, epochHeading, epochLine, faultsOf } from './digit-report.ts';
import { digitNetworks } from './networks.ts';

const [logistic, ridge, dropout] = digitNetworks;
/** A thousand test digits, of which the first so many are misread. */
const after = (epoch: number, misread: number) => ({
  epoch,
  loss: 0.26752,
  seconds: 3.04,
  misread: Array.from({ length: misread }, (_, n) => n + 1),
  count: 1000,
});
const result = (network = logistic, misread = 77, epoch = network.epochs) => {
  const last = after(epoch, misread);
  return { network, last, plain: last.misread, seconds: 30.4 };
};

it('has a line for an epoch', () => {
  expect(epochHeading + epochLine(after(7, 77))).toBe(
    ['epoch  training loss  test error %  seconds\n', '    7         0.2675          7.70      3.0\n'].join(
      '',
    ),
  );
});

it('puts the errors beside those of the lecture', () => {
  const lines = digitTable([result(), result(ridge, 16), result(dropout, 17)]).split('\n');
  const cells = lines.slice(2, 5).map((line) => line.split(/ {2,}/));
  expect(lines[0]).toMatch(/^test error, % +lecture +here +plain pass +allowed +epochs/);
  expect(cells.map((row) => row.slice(1, 6))).toEqual([
    ['7.2', '7.70', '7.70', '8.0', '10'],
    ['2.3', '1.60', '1.60', '2.3', '20'],
    ['1.8', '1.70', '1.70', '2.0', '30'],
  ]);
  expect(cells.map((row) => row[7])).toEqual(['–', 'l2 3e-5', 'dropout 0.4, dropout 0.3']);
});

describe('a result is wrong', () => {
  it('where more digits are misread than is allowed, once all epochs are over', () => {
    expect(faultsOf(result(logistic, 80))).toEqual([]);
    expect(faultsOf(result(logistic, 81))).toEqual(['logistic: 8.10 % is more than the 8.0 % allowed']);
    expect(faultsOf(result(logistic, 81, 3))).toEqual([]);
    expect(faultsOf(result(ridge, 24))).toEqual(['ridge: 2.40 % is more than the 2.3 % allowed']);
    expect(faultsOf(result(dropout, 21))).toEqual(['dropout: 2.10 % is more than the 2.0 % allowed']);
  });

  it('where the plain pass misreads others, however many epochs there were', () => {
    const message = 'logistic: engine and plain pass do not misread the same digits';
    expect(faultsOf({ ...result(logistic, 2, 1), plain: [1] })).toEqual([`${message} (2 and 1)`]);
    expect(faultsOf({ ...result(logistic, 2, 1), plain: [1, 3] })).toEqual([`${message} (2 and 2)`]);
  });
});
