import type { NestedNumbers } from '../formula/statement.ts';
import { activate } from './activation.ts';
import type { Layer, LayerContext, Stage } from './layer.ts';
import { layerKinds } from './layer-kinds.ts';
import type { Network } from './network.ts';
import { type Shorthand, ShorthandFault, type ShorthandWord, ShorthandWords, unknown } from './shorthand.ts';
import { indicesOf, type Signal, shapeText } from './signal.ts';
import { readStage } from './stage.ts';
import { statedIn, statedSizes } from './stated-sizes.ts';

/**
 * Reads a whole line `layers: 2 -> 2 sigmoid -> 1 sigmoid, without bias, from x` (by default with biases, and from x) and adds
 * its layers to the network. The outputs are h1, h2, … and y for the last layer. Throws a `ShorthandFault`.
 */
export function stack(network: Network, line: Shorthand): void {
  const words = new ShorthandWords(line.words);
  const first = words.acceptKind('size') ?? words.acceptKind('number');
  if (first === undefined) {
    throw words.fault('expected the shape of the input first, as in layers: 2 -> 3 tanh -> 1');
  }
  const stages: ReturnType<typeof readStage>[] = [];
  while (words.accept('->')) stages.push(readStage(words, ownActivations(network)));
  if (stages.length === 0) throw words.fault('expected -> and a layer, such as 3 sigmoid');
  let [bias, input] = [true, 'x'];
  while (words.accept(',')) {
    if (words.accept('without')) {
      if (!words.accept('bias')) throw words.fault('expected bias after without');
      bias = false;
    } else if (words.accept('from')) input = words.name('the name of the input').text;
    else throw words.fault('expected without bias, or from and the name of the input');
  }
  words.finish('between layers stands ->, and a comma before without bias');
  let signal: Signal = { name: input, shape: first.numbers };
  const begins = `layers begins with ${shapeText(first.numbers)}`;
  network.stated.push({
    name: input,
    shape: first.numbers,
    says: begins,
    isInput: true,
    span: first.span,
  });
  stages.forEach((stage, n) => {
    const mark = String(n + 1);
    const output = n === stages.length - 1 ? 'y' : `h${mark}`;
    signal = layer(network, line, stage, { input: signal, output, mark, weights: mark, bias });
    network.rows.unshift({ signal, from: line, span: stage.word.span });
  });
  const superscripts = [
    ...(input === 'x' ? ['x as x^{0}'] : []),
    ...stages.slice(0, -1).map((_, n) => `h${n + 1} as x^{${n + 1}}`),
  ];
  if (superscripts.length > 0) network.add(line, `write ${superscripts.join('   ')}`);
}

/**
 * Reads a whole line `use dense h1 from x, 3 tanh`, or with the weights of another layer `use dense f1 from g, like d1`, and adds
 * the layer to the network; what it reads comes from layers read before or the model's own lines. Throws a `ShorthandFault`.
 */
export function single(network: Network, line: Shorthand): void {
  const words = new ShorthandWords(line.words);
  const kind = words.name('a layer, as in use dense h1 from x, 3 tanh');
  if (kind.text !== 'activation' && !Object.hasOwn(layerKinds, kind.text)) {
    throw unknown('layer', kind, [...Object.keys(layerKinds), 'activation']);
  }
  const output = words.name('the name of what it computes');
  if (!words.accept('from')) throw words.fault('expected from and what it reads');
  const source = words.name('the name of what it reads');
  const input = sized(network, words, source);
  if (input.shape === undefined && (input.indices === undefined || kind.text !== 'activation')) {
    const message = `the shape of ${input.name} is not known here; write it, as in from ${input.name}[3]`;
    throw new ShorthandFault(source.span, message, true);
  }
  const mark = /^\p{L}(\d+)$/u.exec(output.text)?.[1] ?? output.text;
  if (network.layers.has(output.text)) {
    throw new ShorthandFault(output.span, `${output.text} is already the name of a layer`);
  }
  words.accept(',');
  if (words.accept('like')) {
    const other = words.name('the layer whose weights it shares');
    const known = network.layers.get(other.text);
    if (known === undefined) throw unknown('layer', other, network.layers.keys(), true);
    if (known.stage.kind !== kind.text) {
      throw new ShorthandFault(other.span, `${other.text} is ${known.stage.kind}, not ${kind.text}`);
    }
    words.finish('a layer that is like another takes all from it');
    const place = { input, output: output.text, mark, weights: known.mark, bias: true };
    layer(network, line, { ...known.stage, word: kind }, place);
    return;
  }
  const bias = !line.words.some(({ text }) => text === 'without');
  const plain = kind.text === 'dense' || kind.text === 'activation' ? [] : [kind];
  const rest = line.words.slice(line.words.indexOf(words.next));
  const end = rest.findIndex(({ text }) => text === ',' || text === 'without');
  const cut = end < 0 ? rest : [...rest.slice(0, end), rest[rest.length - 1]];
  const own = new ShorthandWords([...plain, ...cut]);
  const stage = readStage(own, ownActivations(network));
  own.finish(`write ${layerKinds[kind.text]?.usage ?? 'relu'}`);
  layer(network, line, stage, { input, output: output.text, mark, weights: mark, bias });
}

/** A signal by its name, with its shape where that is written: `x[3]`, `x[2,4]`. */
function sized(network: Network, words: ShorthandWords, source: ShorthandWord): Signal {
  if (!words.accept('[')) return network.signal(source.text);
  const shape: number[] = [];
  do {
    const size = words.acceptKind('number');
    if (size === undefined) throw words.fault('expected a number of entries');
    shape.push(size.numbers[0]);
  } while (words.accept(','));
  if (!words.accept(']')) throw words.fault('expected ] after the shape');
  const says = `use says from ${source.text}[${shape.join()}]`;
  network.stated.push({ name: source.text, shape, says, span: source.span });
  return { ...network.signal(source.text), shape };
}

function ownActivations(network: Network): string[] {
  return network.own.flatMap((one) =>
    one.kind === 'function' && one.parameters.length === 1 ? [one.name] : [],
  );
}

function layer(
  network: Network,
  from: Shorthand,
  stage: Stage & { readonly word: ShorthandWord },
  names: Pick<LayerContext, 'input' | 'output' | 'mark' | 'weights' | 'bias'>,
): Signal {
  const { kind, numbers } = network.initializer;
  const normal = { ...stage, ...(stage.activation === 'identity' && { activation: 'linear' }) };
  const place: LayerContext = {
    ...names,
    stage: normal,
    start: (inputs, outputs) => kind.expand(numbers, inputs, outputs),
    ...(network.batch && { batch: network.batch }),
    fail: (message) => new ShorthandFault(stage.word.span, message),
  };
  if (normal.kind === 'embedding') checkWords(network, place);
  const { text, output } =
    normal.kind === 'activation' ? activation(place) : layerKinds[normal.kind].expand(place);
  const sample = network.batch?.index ?? '';
  // Only batch normalization uses the sample index; every other layer means something else by its letters.
  if (normal.kind !== 'batchnorm' && countsBy(text).has(sample)) {
    throw place.fail(`${sample} counts the samples, and here the layer's own; take another letter: batch n`);
  }
  network.signals.set(output.name, output);
  const says = `${from.keyword} says ${statedSizes(normal, names.input.shape ?? [])}`;
  const { span } = stage.word;
  network.stated.push(...statedIn(text, says, span));
  if (output.shape !== undefined) network.stated.push({ name: output.name, shape: output.shape, says, span });
  network.layers.set(output.name, { stage: normal, mark: names.weights });
  network.add(from, text, stage.word.span);
  return output;
}

/** An embedding gives zeros for a word that it does not have; such words are refused where the data are written out. */
function checkWords(network: Network, { input, stage, fail }: LayerContext): void {
  const most = stage.options.get('words') ?? Number.POSITIVE_INFINITY;
  const isWord = (word: number) => Number.isInteger(word) && word >= 1 && word <= most;
  const wrong = flat(network.data(input.name)?.numbers ?? []).find((word) => !isWord(word));
  if (wrong !== undefined)
    throw fail(`${input.name} has ${wrong}, but the words are numbered from 1 to ${most}`);
}

const flat = (numbers: NestedNumbers): number[] =>
  typeof numbers === 'number' ? [numbers] : numbers.flatMap(flat);

/** The letters that stand as indices in a text. */
const countsBy = (text: string): Set<string> =>
  new Set([...text.matchAll(/(?<=[[(,]\s*)\p{L}[\p{L}\p{N}_]*(?=\s*[\],:=])/gu)].map(([letter]) => letter));

/** A layer that is only an activation. */
function activation({ stage, input, output, mark, fail }: LayerContext): Layer {
  const indices = indicesOf(input, 'units');
  if (indices === undefined) throw fail(`the shape of ${input.name} is not known here`);
  const net = { ...input, indices };
  const name = stage.activation as string;
  return {
    text: activate(name, net, output, mark),
    output: { ...net, name: output, net: input.name, activation: name, mark },
  };
}
