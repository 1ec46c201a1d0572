import { activations } from './activation.ts';
import type { LayerKind, Stage } from './layer.ts';
import { layerKinds } from './layer-kinds.ts';
import { type ShorthandFault, type ShorthandWord, type ShorthandWords, unknown } from './shorthand.ts';

/** The kind of a layer that is only an activation, such as `relu` after a batch normalization. */
const activationOnly = 'activation';

/**
 * Takes the words of one layer between arrows: its kind (by default dense), numbers, activation and options, as in `conv 4 3x3
 * relu stride 2`, and returns it with its first word. It stops before what cannot belong to a layer, `->` or a comma, and leaves
 * that unread. `ownActivations` are the model's own functions of one number. Throws a `ShorthandFault`.
 */
export function readStage(
  words: ShorthandWords,
  ownActivations: readonly string[],
): Stage & { word: ShorthandWord } {
  const all = [...activations, 'identity', ...ownActivations];
  const first = words.next;
  if (first.kind === 'end' || first.text === '->') throw words.fault('expected a layer, such as 3 sigmoid');
  if (first.kind === 'word' && all.includes(first.text)) {
    words.take();
    if (words.next.kind === 'number') {
      const message = `first how many units, then the activation: ${words.next.text} ${first.text}`;
      throw words.fault(message, first.span);
    }
    return { ...empty, kind: activationOnly, activation: first.text, word: first };
  }
  const name = first.kind === 'number' ? 'dense' : words.name('a layer, such as 3 sigmoid').text;
  if (!Object.hasOwn(layerKinds, name)) throw unknown('layer', first, [...Object.keys(layerKinds), ...all]);
  return { ...readArguments(words, name, layerKinds[name], all), word: first };
}

const empty: Omit<Stage, 'kind'> = { numbers: [], options: new Map(), flags: new Set() };

function readArguments(words: ShorthandWords, kind: string, known: LayerKind, all: readonly string[]): Stage {
  const numbers: number[] = [];
  const options = new Map<string, number>();
  const flags = new Set<string>();
  let size: readonly number[] | undefined;
  let activation: string | undefined;
  const write = `write ${known.usage}`;
  for (;;) {
    const { next } = words;
    if (next.kind === 'number' && numbers.length < known.numbers[1]) numbers.push(whole(words, kind));
    else if (next.kind === 'size' && known.size && size === undefined) size = words.take().numbers;
    else if (next.kind === 'word' && known.options?.includes(next.text)) {
      words.take();
      const { text } = next;
      const value = words.acceptKind('number');
      if (value === undefined) throw words.fault(`expected a number after ${text}`);
      const [amount] = value.numbers;
      if (text !== 'momentum' && !(Number.isInteger(amount) && amount >= 0)) {
        throw words.fault(`${text} is a whole number`, value.span);
      }
      options.set(text, amount);
    } else if (next.kind === 'word' && known.flags?.includes(next.text)) flags.add(words.take().text);
    else if (next.kind === 'word' && all.includes(next.text) && known.activation && !activation) {
      activation = words.take().text;
    } else if (next.kind === 'word') {
      const here = [...(known.options ?? []), ...(known.flags ?? []), ...(known.activation ? all : [])];
      if (here.length === 0) throw words.fault(`nothing more belongs to ${kind}; ${write}`);
      throw unknown(known.activation ? 'activation or option' : `option of ${kind},`, next, here);
    } else break;
  }
  if (numbers.length < known.numbers[0]) throw words.fault(`${kind} needs a number; ${write}`);
  if (known.size === 'needed' && size === undefined) throw words.fault(`${kind} needs a size; ${write}`);
  if (size !== undefined && size.length !== 2) {
    throw words.fault(`a window has rows and columns; ${write}`) satisfies ShorthandFault;
  }
  return { kind, numbers, ...(size && { size }), ...(activation && { activation }), options, flags };
}

/** Reads a count, a whole number above 0; a dropout rate need not be one. */
function whole(words: ShorthandWords, kind: string): number {
  const word = words.take();
  const [value] = word.numbers;
  const isCount = Number.isInteger(value) && value > 0 && value <= 1e5;
  if (!isCount && kind !== 'dropout') throw words.fault(`${word.text} is no number of units`, word.span);
  return value;
}
