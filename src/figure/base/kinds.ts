/** What a figure can be, by what it reads. */
export const figureKinds = ['bars', 'curve', 'function', 'image', 'series'] as const;
export type FigureKind = (typeof figureKinds)[number];

/** The lines that a figure may have. */
export const figureOptions = [
  ...figureKinds,
  'iterations',
  'labels',
  'over',
  'points',
  'range',
  'shape',
] as const;
export type FigureOption = (typeof figureOptions)[number];

/** Operations that the numbers of one picture take at most. */
export const mostWork = 1e6;
