/** What a figure can be, by what it reads. */
export const figureKinds = ['bars', 'image'] as const;
export type FigureKind = (typeof figureKinds)[number];

/** The lines that a figure may have. */
export const figureOptions = [...figureKinds, 'labels', 'range', 'shape'] as const;
export type FigureOption = (typeof figureOptions)[number];
