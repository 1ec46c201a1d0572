/** What a figure can be, by what it reads. */
export const figureKinds = [
  'bars',
  'chain',
  'curve',
  'field',
  'fit',
  'function',
  'histogram',
  'image',
  'matrix',
  'regions',
  'series',
  'time',
] as const;
export type FigureKind = (typeof figureKinds)[number];

/** The lines that a figure may have. */
export const figureOptions = [
  ...figureKinds,
  'arrows',
  'bins',
  'columns',
  'data',
  'from',
  'gradient',
  'iterations',
  'labels',
  'lines',
  'over',
  'parts',
  'points',
  'range',
  'rows',
  'runs',
  'scale',
  'shape',
  'under',
] as const;
export type FigureOption = (typeof figureOptions)[number];

/** Operations that the numbers of one picture take at most. */
export const mostWork = 1e6;
