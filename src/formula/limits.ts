/*
 * How large a model's text, and everything made from it, may be. All bounds are inclusive. A page compiles whatever a link
 * contains or a reader types, so all work on a text must end soon: what is read once is bounded by length, what is walked by depth,
 * and what is compared pairwise by its number. Real models stay below by a factor of five or more: the longest formulas of the
 * lessons and of this project's tests have 103 parts, 13 levels and 935 letters of TeX.
 */

/** UTF-16 units of a text, lists of numbers included: a network of 235,146 weights, written out, has two million. */
export const longestText = 4_000_000;
/** Lines of a text. */
export const mostLines = 20_000;
/** UTF-16 units of a name: it is compared with similar names, and typeset in formulas again and again. */
export const longestName = 60;
/** Letters of a cell's name with its indices, as a reader types it; the time to parse it grows with the square. */
export const longestCellName = 400;
/** Findings reported about one text. */
export const mostFindings = 1000;

/** Formulas that a text writes, claims that are derived included. */
export const mostFormulas = 1000;
/** Functions that a text defines. */
export const mostFunctions = 200;
/** Lines that are not formulas: data, tables, random numbers, indices. */
export const mostDeclarations = 2000;
/** Tables, each of which may be a file that a page has to fetch. */
export const mostTables = 32;
/** Words and signs of a line; lists of numbers may be as long as the text. */
export const mostTokens = 2000;
/**
 * Levels of parentheses, brackets and signs. Reading, deriving, printing and typesetting recurse into them, and a browser gives
 * up on a page in which KaTeX's boxes are nested some 150 deep.
 */
export const deepestNesting = 50;
/** Parts that `!=` makes of one place in a formula, two for each, also within each other. */
export const mostConditionParts = 16;
/** Parts of one formula as displayed: operations, cells and numbers, of a long sum only the terms that are written out. */
export const mostParts = 2000;
/** The cells among these parts; each is typeset with its indices and as a number, and is a link. */
export const mostCells = 300;
/** Parts of all formulas together, written and derived. */
export const mostPartsOfAll = 6000;
/** Terms of a sum that are written out at a step. */
export const termsWritten = 8;

/** Letters of a formula's TeX: some 60 ms of typesetting. */
export const longestTex = 6000;
/** Levels of braces and delimiters in a formula's TeX, including those of its notations. */
export const deepestTex = 80;
/** Letters of the notation that a `write` line gives to one name; formulas repeat it and nest it in each other's indices. */
export const longestNotation = 200;
/** Levels of braces in such a notation. */
export const deepestNotation = 12;
/** Names that a `label` line gives to the values of one index. */
export const mostLabels = 1000;
/** Letters of such a name. */
export const longestLabel = 40;

/**
 * Paths from a quantity to a loss through one formula. A derivative has a term for each; more would be too long to read or to
 * compute.
 */
export const mostPaths = 1000;
/** Nested calls of functions without a slope, which differentiation expands. */
export const deepestCalls = 200;
/** Unnamed adjoints nested in each other; the next gets a formula of its own, which can be read. */
export const mostInlined = 12;
/** Parts of all slopes that one derivation may make on its way. */
export const mostPartsDerived = 400_000;

/** Numbers in a frame's memory, of which a page has to hold a few copies. */
export const mostNumbers = 1 << 26;

/** Operations that compute data before a model runs, where drawing a number counts as many: about a second. */
export const mostComputed = 2e8;
/** The same for a text from a link, which the reader did not ask for. */
export const mostComputedOfLink = 2e7;
/** UTF-16 units of a text from a link: reading more would block the page for too long. */
export const longestTextOfLink = 1_000_000;
/** Formulas of a text from a link, all of which are typeset and drawn at once; the largest of the lessons and the zoo has 61. */
export const mostFormulasOfLink = 200;
/** Operations of one frame of a text from a link; the largest of the lessons has 1.5 million. */
export const mostOperationsOfLink = 4e6;
/** Operations that one row of a drawn data set counts as. */
export const rowCost = 100;
