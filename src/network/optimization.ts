import { usualLoss } from './loss.ts';
import type { Network } from './network.ts';
import { type Shorthand, ShorthandFault, ShorthandWords, unknown } from './shorthand.ts';
import { indexBrackets } from './signal.ts';
import { initializers, optimizers, schedules } from './training.ts';

/** Reads a whole line `initializer: he 1` and sets it for the layers read after it. Throws a `ShorthandFault`. */
export function initialize(network: Network, line: Shorthand): void {
  const words = new ShorthandWords(line.words);
  const { kind, numbers } = oneOf(words, 'initializer', initializers);
  words.finish(`write ${kind.usage}`);
  network.initializer = { kind, numbers };
}

/**
 * Reads a whole line `optimizer: adam 0.001` or `optimizer: sgd 0.1 of LD for W1, b1` and adds its updates to the network; by
 * default for the first loss (L without any) and all parameters so far. Throws a `ShorthandFault`.
 */
export function optimize(network: Network, line: Shorthand): void {
  const words = new ShorthandWords(line.words);
  const { kind, numbers } = oneOf(words, 'optimizer', optimizers, kindNumbers);
  const [loss = network.losses[0] ?? usualLoss] = words.accept('of')
    ? [words.name('the name of a loss').text]
    : [];
  const chosen = words.accept('for') ? words.names('a parameter') : undefined;
  words.finish(`write ${kind.usage}, then of and a loss, for and some parameters`);
  const parameters = network.parameters(chosen);
  if (parameters.length === 0) throw new ShorthandFault(line.span, 'there are no parameters to train', true);
  const mark = network.rates.length === 0 ? '' : `_${network.rates.length + 1}`;
  const rate = `eta${mark.replace('_', '')}`;
  const given = network.data(rate);
  const all = kind.usual.map((usual, n) => numbers[n] ?? usual);
  const high = given === undefined ? all[0] : given.numbers;
  network.rates.push({ name: rate, ...(typeof high === 'number' && { high }) });
  const trained = parameters.map(({ name, indices }) => {
    const cell = name + indexBrackets(...indices);
    const parts = [loss, ...network.penalties.filter(({ of }) => of.has(name)).map((one) => one.name)];
    const sum = parts.map((of) => `d${of}/d${cell}`).join(' + ');
    return { name, indices, gradient: parts.length > 1 ? `(${sum})` : sum };
  });
  network.add(line, kind.expand({ trained, numbers: all, rate, mark }));
}

/**
 * Reads a whole line `rate: decay 0.99 every 10` and adds the updates of the first optimizer's learning rate, which must be read
 * before. Throws a `ShorthandFault`.
 */
export function schedule(network: Network, line: Shorthand): void {
  const words = new ShorthandWords(line.words);
  const { kind, numbers } = oneOf(words, 'schedule', schedules);
  words.finish(`write ${kind.usage}`);
  const every = kind.count === undefined ? undefined : numbers[kind.count];
  if (every !== undefined && !(Number.isInteger(every) && every >= 1)) {
    const span = line.words.find((word) => word.kind === 'number' && word.numbers[0] === every)?.span;
    throw new ShorthandFault(
      span ?? line.span,
      `updates are counted in whole numbers from 1; write ${kind.usage}`,
    );
  }
  const [rate] = network.rates;
  if (rate === undefined)
    throw new ShorthandFault(line.span, 'a schedule needs an optimizer whose rate it changes', true);
  if (kind.expand.length > 2 && rate.high === undefined) {
    const message = `this schedule comes back to the first ${rate.name}, which must be written as a number`;
    throw new ShorthandFault(line.span, message);
  }
  network.add(line, kind.expand(rate.name, numbers, rate.high ?? 0));
}

interface Kind {
  readonly usage: string;
}

const kindNumbers = ({ usual }: (typeof optimizers)[string]): readonly [number, number] => [0, usual.length];

/** A name from a table and the numbers after it; words between them, as in `every 10`, are skipped. */
function oneOf<One extends Kind>(
  words: ShorthandWords,
  what: string,
  table: Readonly<Record<string, One>>,
  range: (kind: One) => readonly [number, number] = (kind) =>
    (kind as unknown as { numbers: readonly [number, number] }).numbers,
): { kind: One; numbers: number[] } {
  const name = words.name(`one of ${Object.keys(table).join(', ')}`);
  if (!Object.hasOwn(table, name.text)) throw unknown(what, name, Object.keys(table));
  const kind = table[name.text];
  const [least, most] = range(kind);
  const numbers: number[] = [];
  while (numbers.length < most) {
    const between = ['every', 'to'].some((word) => kind.usage.includes(` ${word} `) && words.accept(word));
    const number = words.acceptKind('number');
    if (number !== undefined) numbers.push(number.numbers[0]);
    else if (between) throw words.fault('expected a number');
    else break;
  }
  if (numbers.length < least) throw words.fault(`${name.text} needs a number; write ${kind.usage}`);
  return { kind, numbers };
}
