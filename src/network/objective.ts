import { product } from './dense.ts';
import { losses, usualLoss } from './loss.ts';
import type { Network } from './network.ts';
import { type Shorthand, ShorthandFault, ShorthandWords, unknown } from './shorthand.ts';
import { indexBrackets, shapeText } from './signal.ts';
import { penalties, penalty } from './training.ts';

/**
 * Reads a whole line `sensitivities: δ = -dL/dnet` (the default), `δ = dL/dnet`, or `e = dL/dh` with respect to activations, and
 * sets `network.sensitivities`, for the losses read after it. Throws a `ShorthandFault`.
 */
export function nameSensitivities(network: Network, line: Shorthand): void {
  const text = line.text.replace(/^[^:]*:\s*/, '');
  const found = /^([\p{L}_]+)\s*=\s*(-?)\s*d[\p{L}\p{N}_]+\/d(net|h)$/u.exec(text);
  if (found === null) {
    throw new ShorthandFault(line.span, 'write δ = -dL/dnet, δ = dL/dnet, or, by the activations, e = dL/dh');
  }
  network.sensitivities = { name: found[1], sign: found[2] === '-' ? -1 : 1, by: found[3] as 'net' | 'h' };
}

/**
 * Reads a whole line `loss: squared error` or `loss E: cross-entropy of p, t`, by default named L and of y and t, and adds its
 * formulas to the network, which must have the layers already. Throws a `ShorthandFault`.
 */
export function loss(network: Network, line: Shorthand): void {
  const words = new ShorthandWords(line.words);
  const name = line.name ?? usualLoss;
  const phrase = words.phrase(['of']);
  if (!Object.hasOwn(losses, phrase.text)) throw unknown('loss', phrase, Object.keys(losses));
  const named = words.accept('of') ? words.names('the name of an output') : [];
  words.finish('write of and the names of output and target, as in of y, t');
  const pair = phrase.text === 'discriminator';
  const outputs = (named.length === 0 ? ['y'] : named.slice(0, pair ? 2 : 1).map(({ text }) => text)).map(
    (output) => network.signal(output),
  );
  const unread = outputs.findIndex(({ indices }) => indices === undefined);
  if (unread >= 0) {
    const { name: missing } = outputs[unread];
    const message = `${missing} is not computed here; say what the loss is about: loss: ${phrase.text} of …`;
    throw new ShorthandFault(named[unread]?.span ?? phrase.span, message, true);
  }
  const [{ mark = '', net = '', indices = [] }] = outputs;
  const { name: letter, sign, by } = network.sensitivities;
  const fused = by === 'net' ? { left: `${letter}${mark}`, sign } : { left: `δ${mark}`, sign: 1 as const };
  const here = indexBrackets(...indices);
  const target = (pair ? undefined : named[1]?.text) ?? 't';
  const isSingle = network.signal(target).shape?.length === 0;
  if (
    isSingle &&
    indices.length > 0 &&
    product(outputs[0].shape ?? []) !== 1 &&
    phrase.text !== 'generator'
  ) {
    const message = `${target} is a single number, but ${outputs[0].name} has more than one entry`;
    throw new ShorthandFault(named[1]?.span ?? phrase.span, message);
  }
  const text = losses[phrase.text]({
    name,
    outputs,
    target,
    isSingle,
    sensitivity: {
      left: fused.left + here,
      sign: fused.sign,
      claim: `${fused.sign < 0 ? '-' : ''}d${name}/d${net}${here}`,
    },
    fail: (message) => new ShorthandFault(phrase.span, message),
  });
  const [{ name: output, shape }] = outputs;
  if (shape !== undefined && !isSingle && !/^(?:discriminator|generator)$/.test(phrase.text)) {
    const says = `loss compares it with ${output}, which is ${shapeText(shape)}`;
    network.stated.push({ name: target, shape, says, span: phrase.span });
  }
  if (text.includes('\nbackward')) network.claimed.add(net).add(outputs[0].name);
  network.losses.push(name);
  const tex = /^L(\p{L}*)$/u.exec(name);
  const set = tex ? `write ${name} as \\mathcal{L}${tex[1] ? `_{${tex[1]}}` : ''}\n` : '';
  network.add(line, set + text, phrase.span);
}

/**
 * Adds a claim for the net input of every layer of the stack (or its activation, if `sensitivities` says so), so that these are
 * derived under the lecture's names. For the first loss only, or the model's own L; nothing without a loss. Call it once, after
 * all losses are read.
 */
export function claim(network: Network): void {
  const [loss] = network.losses.length > 0 ? network.losses : network.formula(usualLoss) ? [usualLoss] : [];
  if (loss === undefined) return;
  const { name, sign, by } = network.sensitivities;
  for (const { signal, from, span } of network.rows) {
    const target = (by === 'net' && signal.net) || signal.name;
    if (network.claimed.has(target) || (signal.net === undefined && !signal.summed)) continue;
    network.claimed.add(target);
    const here = indexBrackets(...(signal.indices ?? []));
    const left = `${name}${signal.mark}`;
    network.add(from, `backward\n  ${left}${here} : ${sign < 0 ? '-' : ''}d${loss}/d${target}${here}`, span);
  }
}

/**
 * Reads a whole line `regularizer: l2 0.01 for W1, W2` and adds the term to the network, whose optimizers, read later, minimize
 * it, too; without `for`, of all parameters so far with at least two indices. Throws a `ShorthandFault`.
 */
export function regularize(network: Network, line: Shorthand): void {
  const words = new ShorthandWords(line.words);
  const kind = words.name('l1 or l2');
  if (!Object.hasOwn(penalties, kind.text)) throw unknown('regularizer', kind, Object.keys(penalties));
  const strength = words.acceptKind('number');
  if (strength === undefined) throw words.fault('expected how strong it is, as in l2 0.01');
  const chosen = words.accept('for') ? words.names('a parameter') : undefined;
  words.finish('write l2 0.01, or l2 0.01 for W1, W2');
  const weights = network.parameters(chosen).filter(({ indices }) => chosen || indices.length > 1);
  if (weights.length === 0) throw new ShorthandFault(kind.span, 'there are no weights to keep small', true);
  const mark = network.penalties.length === 0 ? '' : String(network.penalties.length + 1);
  const name = line.name ?? `R${mark}`;
  network.penalties.push({ name, of: new Set(weights.map((one) => one.name)) });
  network.add(
    line,
    penalty(kind.text, weights, { name, factor: `λ${mark}`, strength: strength.numbers[0] }),
    kind.span,
  );
}
