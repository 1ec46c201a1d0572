/*
 * How large a model's text, and what comes of it, may be. A page compiles whatever a link brings or a reader types, so all that is
 * done with a text must end soon: what is read once is bounded by its length, what is walked by its depth, and what is compared with
 * each other by its number. The models that people write stay below by a factor of five or more: the longest formulas of the lessons
 * and of this project's tests have 103 parts, 13 levels and 935 letters of TeX.
 */

/** Letters of a text, lists of numbers among them: a network of 235,146 weights, written out, has two million. */
export const longestText = 4_000_000;
/** Lines of a text. */
export const mostLines = 20_000;
/** Letters of a name: it is looked for among others that are alike, and set in formulas again and again. */
export const longestName = 60;
/** Letters of a cell's name, with its indices, as somebody writes it: an unbounded one takes time that grows with its square. */
export const longestCellName = 400;
/** Findings of one text: nobody reads more. */
export const mostFindings = 1000;

/** Formulas: more than anybody steps through. */
export const mostFormulas = 1000;
export const mostFunctions = 200;
/** Lines that are no formulas: data, tables, random numbers, indices. */
export const mostDeclarations = 2000;
/** Tables, of which each may be a file that a page has to fetch. */
export const mostTables = 32;
/** Words and signs of a line. Lists of numbers may be as long as the text. */
export const mostTokens = 2000;
/**
 * Parentheses, brackets and signs within each other. Reading, deriving, printing and typesetting go down into them one by one, and
 * a browser gives up a page in which KaTeX's boxes lie some 150 deep in each other.
 */
export const deepestNesting = 50;
/** Parts of one formula as it is shown: operations, cells and numbers, of a long sum those of the terms that are written out. */
export const mostParts = 2000;
/** The cells among them, which are set with their indices, and as numbers, and lead somewhere. */
export const mostCells = 300;
/** Parts of all formulas together, written and derived. */
export const mostPartsOfAll = 6000;
/** So many terms of a sum are written out at a step. */
export const termsWritten = 8;

/** Letters of a formula's TeX: some 60 ms of typesetting. */
export const longestTex = 6000;
/** Braces and delimiters within each other in a formula's TeX, those of its notations among them. */
export const deepestTex = 80;
/** The same of the notation that a `write` line gives to one name, which formulas repeat and put in each other's indices. */
export const longestNotation = 200;
export const deepestNotation = 12;

/** A derivative has a term for every way; of more than these it would be too long to read, or to compute. */
export const mostPaths = 1000;
/** Calls of functions without a slope within each other, as differentiation opens them. */
export const deepestCalls = 200;
/** Adjoints without a name that are put in each other; the next gets a formula of its own, which can be read. */
export const mostInlined = 12;
/** Parts that a derivation may make on its way. */
export const mostPartsDerived = 400_000;

/** Numbers in a frame's memory, of which a page has to hold a few. */
export const mostNumbers = 1 << 26;

/** Operations that compute data before a model runs, drawing a number counting for many: about a second. */
export const mostComputed = 2e8;
/** The same of a text that a link has brought, which nobody on the page has asked for. */
export const mostComputedOfLink = 2e7;
/** Letters of such a text: to read more takes longer than a page may keep still. */
export const longestTextOfLink = 1_000_000;
/** Formulas of such a text, which are all set and drawn at once; the largest of the lessons and of the zoo has 61. */
export const mostFormulasOfLink = 200;
/** Operations of an iteration of such a text; the largest of the lessons has a million and a half. */
export const mostOperationsOfLink = 4e6;
/** What a row of drawn data counts for. */
export const rowCost = 100;
