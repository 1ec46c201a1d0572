/**
 * A number of the lecture's example as the slides print it, and in float64; both copied from the deck's recomputed facts, never
 * from the engine. The deck prints the first iteration and leaves the second to the reader.
 */
export interface SlideValue {
  /** The cell's name, such as `h[1]`. */
  readonly cell: string;
  readonly version: 'old' | 'new';
  /** The number as the slides print it. */
  readonly printed: string;
  /** The number in full precision. */
  readonly float64: string;
}

const row = (cell: string, printed: string, float64: string, version: 'old' | 'new' = 'old'): SlideValue => ({
  cell,
  version,
  printed,
  float64,
});

/** The first iteration. */
export const firstIteration: readonly SlideValue[] = [
  row('h[1]', '0.68', '0.6802671966986485'),
  row('h[2]', '0.6637', '0.6637386974043528'),
  row('y[1]', '0.69', '0.6902834929076443'),
  row('δ2[1]', '−0.0406', '-0.040681125112339026'),
  row('δ1[1]', '−0.0027', '-0.0026544890308847417'),
  row('δ1[2]', '−0.0082', '-0.008171645064129868'),
  row('g1[1,1]', '0.000945', '0.0009290711608096595'),
  row('g1[1,2]', '0.00243', '0.0023890401277962678'),
  row('g1[2,1]', '0.00287', '0.0028600757724454536'),
  row('g1[2,2]', '0.00738', '0.007354480557716881'),
  row('g2[1,1]', '0.0276', '0.027674034938717864'),
  row('g2[1,2]', '0.0269', '0.027001636991007407'),
  row('W1[1,1]', '0.0991', '0.09907092883919034', 'new'),
  row('W1[1,2]', '0.7976', '0.7976109598722038', 'new'),
  row('W1[2,1]', '0.3971', '0.39713992422755456', 'new'),
  row('W1[2,2]', '0.5926', '0.592645519442283', 'new'),
  row('W2[1,1]', '0.2724', '0.27232596506128215', 'new'),
  row('W2[1,2]', '0.8731', '0.8729983630089926', 'new'),
];

/** The second iteration, as far as the deck's recomputation has it; `float64` is empty where it has none. */
export const secondIteration: readonly SlideValue[] = [
  row('h[1]', '0.68', ''),
  row('h[2]', '0.662', ''),
  row('y[1]', '0.68', '0.6820185832642942'),
  row('δ2[1]', '−0.0392', ''),
  row('δ1[1]', '−0.0023', ''),
  row('δ1[2]', '−0.0077', ''),
  row('W1[1,1]', '0.0983', '0.09825185227690139', 'new'),
  row('W1[1,2]', '0.7955', '0.7955047629977464', 'new'),
  row('W1[2,1]', '0.3944', '0.3944412697353342', 'new'),
  row('W1[2,2]', '0.5857', '0.5857061221765736', 'new'),
  row('W2[1,1]', '0.2457', '0.2454942026006635', 'new'),
  row('W2[1,2]', '0.8471', '0.846865006449588', 'new'),
];

/** A float64 number in 15 significant digits, as a page shows it. */
export const fifteenDigits = (float64: string): string =>
  String(Number(Number(float64).toPrecision(15))).replace('-', '−');
