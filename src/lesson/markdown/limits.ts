/**
 * Limits for the parts of a lesson. No author comes near; without them a page of a few hundred letters could exhaust the
 * build's stack, memory or time. The limits of formulas are in formula/tex-limits.ts. Lengths are in UTF-16 code units.
 */
export const markdownLimits = {
  /** Length of a lesson. */
  lesson: 300_000,
  /** Length of the front matter. */
  frontMatter: 4_000,
  /** Nested collections in the front matter: its keys, and in one of them a list. */
  frontMatterDepth: 4,
  /** Length of one paragraph, heading or table cell: emphasis in it is found by searching back and forth. */
  text: 20_000,
  /** Nested quotes, lists and directives: marked reads the rest of a list within a list twice for every two of them. */
  blocks: 12,
  /** Nested emphasis and links. */
  spans: 32,
  /** Cells of a table: one short line can stand for a row of many. */
  cells: 10_000,
  /** Length of all formulas together. */
  tex: 100_000,
  /** Blocks that show a model, each with all its formulas and numbers. */
  instruments: 50,
  /** Frames that are run for a quoted number. */
  frames: 100_000,
  /** Operations that are run for a quoted number. */
  operations: 1_000_000_000,
} as const;
