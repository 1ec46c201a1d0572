/** In drawing units: the width and height of a cell beside others, of a derivative's tab, and the margin of such cells. */
export const side = { cell: 66, height: 44, tab: 22, margin: 6 };

/** The least width, that of a derivative of three digits with its symbol, and the height of a cell. */
export const stacked = { width: 68, named: 74, cell: 42 };

/** How units are laid out: their cells side by side, or one below the other in less width. */
export interface Build {
  readonly split: 'side' | 'stack';
  /** The least width of a unit. */
  readonly unit: number;
  /** The least width between columns that is readable. */
  readonly zone: number;
}

/** From left to right, the roomiest first. */
export const builds: readonly Build[] = [
  { split: 'side', unit: 72, zone: 118 },
  { split: 'stack', unit: 82, zone: 100 },
  { split: 'stack', unit: stacked.named, zone: 92 },
];
/** Downwards, where not even the roomiest fits. */
export const narrowest: Build = { split: 'stack', unit: stacked.width, zone: 0 };
