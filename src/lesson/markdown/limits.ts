/**
 * What a lesson may have of each thing. No author comes near; without them a page of a few hundred letters could take the
 * build's stack, its memory or its day. Those of formulas are in `formula/tex-limits`.
 */
export const markdownLimits = {
  /** Letters of a lesson. */
  lesson: 300_000,
  /** Letters of one paragraph, heading or table cell: what is emphasised in it is found by looking back and forth. */
  text: 20_000,
  /** Quotes, lists and directives in one another: marked looks at the rest of a list within a list twice for every two of them. */
  blocks: 12,
  /** Emphasis and links in one another. */
  spans: 32,
  /** Cells of a table: one short line can stand for a row of many. */
  cells: 10_000,
  /** Letters of all formulas together. */
  tex: 100_000,
  /** Blocks that show a model, each with all its formulas and numbers. */
  instruments: 50,
  /** Frames that must be run for a quoted number, … */
  frames: 100_000,
  /** … and operations. */
  operations: 1_000_000_000,
} as const;
