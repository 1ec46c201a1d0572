/** A shape of a picture, as an element of SVG. */
export interface FigureMark {
  readonly tag: 'circle' | 'line' | 'path' | 'rect' | 'text';
  /** Geometry and classes; lengths in the picture's own units. */
  readonly attributes: Readonly<Record<string, string | number>>;
  /** What a `text` says. */
  readonly text?: string;
  /** The cell that it shows, as `y[1,3]`; absent where it shows none, or several. */
  readonly cell?: string | undefined;
}

/** What a figure shows at a moment: once as a drawing, once as a sentence, once as a table. All three are made of the same numbers. */
export interface FigurePicture {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly FigureMark[];
  /** For those who do not see it. */
  readonly text: string;
  /** Rows of texts; the first row and the first text of each are heads. */
  readonly table: readonly (readonly string[])[];
}

/** A number that a figure shows; undefined while it is not computed. */
export interface FigureValue {
  readonly label: string;
  readonly value: number | undefined;
  /** As it is shown to readers. */
  readonly text: string;
  /** The cell that it is, as `y[1,3]`; absent where an expression reads several. */
  readonly cell: string | undefined;
  /** Whether the present step computes it. */
  readonly isNow: boolean;
  /** Whether the present step's formula reads it. */
  readonly isRead: boolean;
}

/** Whether a number is there and can be drawn. */
export const isDrawn = <One extends FigureValue>(one: One): one is One & { readonly value: number } =>
  one.value !== undefined && Number.isFinite(one.value);

/** At most `most` (at least 2) of the numbers from 1 to `count`, ascending, evenly spread, both ends included; all where there are no more. */
export function evenlySpaced(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, at) => at + 1);
  return Array.from({ length: most }, (_, at) => 1 + Math.round((at * (count - 1)) / (most - 1)));
}

/** At most so many of some things, evenly spread, with the first and the last. */
export const spread = <One>(all: readonly One[], most: number): One[] =>
  evenlySpaced(all.length, most).map((n) => all[n - 1]);
