import { indexBrackets, type Signal } from './signal.ts';

/** The name of a loss that the author has not named. */
export const usualLoss = 'L';

/** What a loss compares, and under which names. */
export interface LossContext {
  /** The name of the loss. */
  readonly name: string;
  /** The outputs that it is about: one, or for a discriminator two. */
  readonly outputs: readonly Signal[];
  /** The name of the quantity that the output is compared with. */
  readonly target: string;
  /** Whether the target is a single number, compared with an output of one unit. */
  readonly isSingle: boolean;
  /** For fused losses: the left side `δ2[k]`, its sign, and the claim `-dL/dnet2[k]`. */
  readonly sensitivity: { readonly left: string; readonly sign: 1 | -1; readonly claim: string };
  /** A fault at the loss's place, to be thrown. */
  readonly fail: (message: string) => Error;
}

const total = (indices: readonly string[], body: string): string =>
  indices.length === 0 ? body : `sum(${indices.join(', ')}: ${body})`;

interface Cells {
  readonly indices: readonly string[];
  readonly y: string;
  readonly t: string;
  /** The second output, where there is one. */
  readonly other: { readonly indices: readonly string[]; readonly y: string } | undefined;
  /** The cell of the logits, and the mark of their layer. */
  readonly net: string;
  readonly mark: string;
  readonly count: number | undefined;
}

function cellsOf({ outputs, target, isSingle }: LossContext): Cells {
  const [y, other] = outputs;
  const indices = y.indices ?? [];
  const here = indexBrackets(...indices);
  return {
    indices,
    y: y.name + here,
    t: isSingle ? target : target + here,
    other: other && { indices: other.indices ?? [], y: other.name + indexBrackets(...(other.indices ?? [])) },
    net: y.net === undefined ? '' : y.net + here,
    mark: y.mark ?? '',
    count: y.shape?.reduce((a, b) => a * b, 1),
  };
}

/** A fused loss is computed from the logits, so its output must end in the activation that it is fused with. */
function fused(place: LossContext, activation: string, formula: (cells: Cells) => string): string {
  const { name, outputs, sensitivity, fail } = place;
  const [y] = outputs;
  if (y.net === undefined || y.activation !== activation) {
    throw fail(`this loss is fused with ${activation}; let the last layer end in it, as in 3 ${activation}`);
  }
  const cells = cellsOf(place);
  const { left, sign, claim } = sensitivity;
  const difference = sign < 0 ? `${cells.t} - ${cells.y}` : `${cells.y} - ${cells.t}`;
  return `forward\n  ${name} = ${formula(cells)}\nbackward\n  ${left} = ${difference} : ${claim}`;
}

const plain = (formula: (cells: Cells, place: LossContext) => string) => (place: LossContext) =>
  `forward\n  ${place.name} = ${formula(cellsOf(place), place)}`;

const squares = ({ indices, y, t }: Cells): string => total(indices, `(${t} - ${y})^2`);

/**
 * The losses by name. Each gives the text of its forward formula; a fused one also its sensitivity p − y in backward, with the
 * claim that this is the derivative. Throws `place.fail(…)` where it does not fit its output.
 */
export const losses: Readonly<Record<string, (place: LossContext) => string>> = {
  'squared error': plain(squares),
  'half squared error': plain((cells) => `${squares(cells)} / 2`),
  'mean squared error': plain((cells, { outputs, fail }) => {
    if (cells.count === undefined) throw fail(`how many entries ${outputs[0].name} has is not known here`);
    return `${squares(cells)} / ${cells.count}`;
  }),
  'cross-entropy': plain(({ indices, y, t }, { outputs, fail }) => {
    // With sigmoid units its minimum would be where all of them are 1.
    if (outputs[0].activation === 'sigmoid')
      throw fail('this loss is for classes, as 3 softmax gives them; for sigmoid: multi-label cross-entropy');
    return `-${total(indices, `${t} * log(${y})`)}`;
  }),
  'fused cross-entropy': (place) =>
    fused(place, 'softmax', ({ indices, mark, t, net }) => {
      const outer = indices.slice(0, -1);
      return `${total(outer, `log(Z${mark}${indexBrackets(...outer)}) + top${mark}${indexBrackets(...outer)}`)} - ${total(indices, `${t} * ${net}`)}`;
    }),
  'multi-label cross-entropy': plain(
    ({ indices, y, t }) => `-${total(indices, `(${t} * log(${y}) + (1 - ${t}) * log(1 - ${y}))`)}`,
  ),
  'fused multi-label cross-entropy': (place) =>
    fused(place, 'sigmoid', ({ indices, t, net }) => total(indices, `softplus(${net}) - ${t} * ${net}`)),
  discriminator: plain(({ indices, y, other }, { fail }) => {
    if (other === undefined)
      throw fail('a discriminator judges two things: loss D: discriminator of real, fake');
    return `-${total(indices, `log(${y})`)} - ${total(other.indices, `log(1 - ${other.y})`)}`;
  }),
  generator: plain(({ indices, y }) => `-${total(indices, `log(${y})`)}`),
};
