/** What a figure can be, by what it reads. */
export const figureKinds = ['bars', 'function', 'image'] as const;
export type FigureKind = (typeof figureKinds)[number];

/** The lines that a figure may have. */
export const figureOptions = [...figureKinds, 'labels', 'over', 'points', 'range', 'shape'] as const;
export type FigureOption = (typeof figureOptions)[number];
