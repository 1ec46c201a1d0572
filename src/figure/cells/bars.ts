import { ticks } from 'd3-array';
import { cutLabel } from '../../formula/dimensions/cut-label.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { alternative } from '../base/alternative.ts';
import { FigureValues } from '../base/figure-values.ts';
import { OptionFault, readLabels, readRange } from '../base/options.ts';
import { type FigurePicture, type FigureValue, isDrawn } from '../base/picture.ts';
import { type KindReader, readNumbers, runningOver } from '../base/reader.ts';
import { levels, roomFor } from '../plane/axes.ts';

/** More bars than this are none that can be told apart. */
const mostBars = 64;

/** In the picture's units: the room for the numbers at the left, a bar and its gap, the plot's height, and the room below. */
const [left, top, bar, gap, height, below] = [44, 8, 20, 8, 120, 20];
/** The width of a label's letter, about, and of the space between two labels; how wide bars with long labels are at most, one and all. */
const [letter, between, widest, widestOfAll] = [7, 6, 90, 420];
/** How many numbers the axis has, about. */
const tickCount = 3;

/** Numbers as bars from 0, each with its label below; those that are not computed have none. */
function barsPicture(
  values: readonly FigureValue[],
  of: string,
  range: readonly [number, number] | undefined,
): FigurePicture {
  const [low, high] = roomFor(
    values.map(({ value }) => value ?? Number.NaN),
    range,
    tickCount,
  );
  const scale = (value: number) =>
    top + height * (1 - Math.min(1, Math.max(0, (value - low) / (high - low))));
  const longest = Math.max(...values.map(({ label }) => letter * [...label].length));
  const stride = Math.max(bar + gap, Math.min(longest + between, widest, widestOfAll / values.length));
  const width = left + stride * values.length + gap;
  const marks = levels(ticks(low, high, tickCount), scale, [left, width]);
  values.forEach((one, n) => {
    const middle = left + gap / 2 + stride * (n + 0.5);
    if (isDrawn(one)) {
      const [a, b] = [scale(0), scale(one.value)];
      marks.push({
        tag: 'rect',
        attributes: {
          class: `bar ${one.value < 0 ? 'minus' : 'plus'}${one.isNow ? ' now' : one.isRead ? ' read' : ''}`,
          ...{ x: middle - bar / 2, y: Math.min(a, b), width: bar, height: Math.abs(a - b) },
        },
        cell: one.cell,
      });
    }
    marks.push({
      tag: 'text',
      attributes: {
        class: one.isNow ? 'label now' : 'label',
        x: middle,
        y: top + height + 15,
        'text-anchor': 'middle',
      },
      text: cutLabel(one.label, Math.floor((stride - between) / letter)),
      cell: one.cell,
    });
  });
  return {
    width,
    height: top + height + below,
    marks,
    text: alternative('bars', of, values),
    table: [['', words.value], ...values.map(({ label, text }) => [label, text])],
  };
}

export const bars: KindReader = {
  options: ['labels', 'range'],
  read({ model }, text) {
    const { probe, sizes } = readNumbers(model, 'bars', text.bars, { most: mostBars });
    if (sizes.length !== 1) throw new OptionFault('bars', words.free(words.oneIndex, runningOver(probe)));
    const values = new FigureValues(probe, readLabels(text.labels, sizes[0]));
    const range = readRange(text.range);
    return (moment, sample = 1) => barsPicture(values.at(moment, sample), probe.text, range);
  },
};
