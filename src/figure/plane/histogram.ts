import { bin } from 'd3-array';
import { type Probe, placesOf } from '../../machine/inspect/probe.ts';
import type { Moment } from '../../machine/moment.ts';
import { format, formatCount } from '../../number/format.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { figureText } from '../base/figure-values.ts';
import { OptionFault, readBins, readOver, readRange, readSeveral } from '../base/options.ts';
import type { FigureMark, FigurePicture } from '../base/picture.ts';
import { type KindReader, readNumbers } from '../base/reader.ts';
import { roomFor } from './axes.ts';
import { type NumberFunction, readFunction } from './function.ts';
import { type KeyLine, keyBelow, Plot } from './plot.ts';

/** Expressions of one picture, and numbers of each, at most. */
const [mostGroups, mostNumbers] = [3, 20_000];
/** Pieces of a function's line. */
const pieces = 80;

/** Numbers of one expression. */
interface Group {
  readonly text: string;
  readonly values: readonly number[];
  readonly missing: number;
  readonly odd: number;
  /** The number that the present step has computed; undefined where it is none of them. */
  readonly now: number | undefined;
}

export const histogram: KindReader = {
  options: ['bins', 'over', 'range', 'under'],
  read({ model }, text) {
    const probes = readSeveral('histogram', text.histogram, mostGroups).map((one) => {
      const { probe } = readNumbers(model, 'histogram', one, { most: mostNumbers });
      if (probe.free.length === 0) throw new OptionFault('histogram', words.severalNumbers(one));
      return probe;
    });
    const bins = readBins(text.bins);
    const over = text.over === undefined && text.under === undefined ? undefined : readOver(text.over);
    const range = readRange(text.range) ?? over?.range;
    const under =
      text.under === undefined || over === undefined
        ? undefined
        : readFunction(model, text.under, over.variable);
    if (under !== undefined && 'message' in under) throw new OptionFault('under', under.message);
    return (moment) =>
      histogramPicture(
        probes.map((one) => groupOf(one, moment)),
        bins,
        range,
        under?.at(moment),
      );
  },
};

/** All numbers of an expression at a moment, those of all samples as well. */
function groupOf(probe: Probe, moment: Moment): Group {
  const { machine, frame, inFrame, location, finishesCell } = moment;
  probe.open(machine, frame);
  const all = [...placesOf(probe.free)].map((place) => probe.value(inFrame, place));
  const there = all.filter((one) => one !== undefined);
  const values = there.filter(Number.isFinite);
  const { expression } = probe;
  const isOwn = expression.kind === 'reference' && expression.name === location?.formula.target;
  const now = isOwn && finishesCell ? moment.newest(expression.name, location?.cell ?? []).value : undefined;
  return {
    text: probe.text,
    values,
    missing: all.length - there.length,
    odd: there.length - values.length,
    now,
  };
}

/** How many numbers lie in each of some equal parts of a range, as bars without gaps; of a second group with its own mark. */
function histogramPicture(
  groups: readonly Group[],
  count: number,
  range: readonly [number, number] | undefined,
  under: NumberFunction | undefined,
): FigurePicture {
  const all = groups.flatMap(({ values }) => values);
  const [low, high] = range ?? (all.length === 0 ? [0, 1] : spanOf(all, count));
  const width = (high - low) / count;
  const edges = Array.from({ length: count - 1 }, (_, n) => low + width * (n + 1));
  const counted = groups.map(({ values }) =>
    bin()
      .domain([low, high])
      .thresholds(edges)(values as number[])
      .map((one) => one.length),
  );
  const plot = new Plot({ across: [low, high], values: counted.flat() });
  const marks: FigureMark[] = [...plot.axes];
  counted.forEach((counts, group) => {
    const { now } = groups[group];
    counts.forEach((size, n) => {
      if (size === 0) return;
      const [from, to] = [low + width * n, low + width * (n + 1)];
      const [x, y] = [plot.x(from), plot.y(size)];
      marks.push({
        tag: 'rect',
        attributes: {
          class: `bin g${group}${isWithin(now, from, to) ? ' now' : ''}`,
          ...{ x, y, width: plot.x(to) - x, height: plot.y(0) - y },
        },
      });
    });
  });
  const lines: KeyLine[] =
    groups.length > 1 || under ? groups.map(({ text }, n) => ({ name: `bin g${n}`, text })) : [];
  if (under !== undefined) {
    const { mark, ends } = aboveBins(under, plot, [low, high], Math.max(1, ...counted.flat()));
    marks.push(mark);
    lines.push({ name: 'curve', text: words.functionFrom(under.text, format(ends[0]), format(ends[1])) });
  }
  const key = keyBelow(plot.size.height, lines);
  marks.push(...key.marks);
  return {
    width: plot.size.width,
    height: key.height,
    marks,
    text: groups.map(told).join(' '),
    table: [
      ['', ...groups.map(({ text }) => text)],
      ...Array.from({ length: count }, (_, n) => [
        words.fromTo(format(low + width * n, shown), format(low + width * (n + 1), shown)),
        ...counted.map((counts) => formatCount(counts[n] ?? 0)),
      ]),
    ],
  };
}

const isWithin = (value: number | undefined, low: number, high: number): boolean =>
  value !== undefined && value >= low && value < high;

/** A function as a line over a histogram, on a scale of its own that fills the height of `most` counts. */
function aboveBins(
  of: NumberFunction,
  plot: Plot,
  [low, high]: readonly [number, number],
  most: number,
): { readonly mark: FigureMark; readonly ends: readonly [number, number] } {
  const points = Array.from({ length: pieces + 1 }, (_, n) => {
    const x = low + ((high - low) * n) / pieces;
    return [x, of.at(x)] as const;
  });
  const ends = roomFor(
    points.map(([, y]) => y),
    undefined,
    2,
  );
  const share = (y: number): number => (most * (y - ends[0])) / (ends[1] - ends[0]);
  return { ends, mark: plot.line(points.map(([x, y]) => [x, share(y)])) };
}

const shown = { precision: { kind: 'significant', digits: 3 } } as const;

/** A range with round ends that has room for all numbers. */
function spanOf(values: readonly number[], count: number): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [from, to] = roomFor([0, high - low || 1], undefined, count);
  const start = Math.floor(low / ((to - from) / count)) * ((to - from) / count);
  return [start, start + Math.max(to - from, high - start)];
}

function told({ text, values, missing, odd }: Group): string {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length);
  return words.said(
    words.histogram,
    text,
    [
      ...(values.length === 0
        ? [words.none]
        : [
            words.spreadOf(formatCount(values.length), figureText(mean), figureText(deviation)),
            ...(missing === 0 ? [] : [words.missing(missing)]),
          ]),
      ...(odd === 0 ? [] : [words.odd(odd)]),
    ].join(' '),
  );
}
