import type { Expression } from '../formula/expression.ts';
import type { Formula } from '../formula/model.ts';
import type { Tree } from '../formula/print/printer.ts';
import { codeFormula, codeMedium } from '../formula/print/pseudocode.ts';
import type { Phase } from '../formula/statement.ts';
import type { Program } from '../program/program.ts';
import type { Node } from '../program/tree.ts';

/** A line of the program as pseudo-code: a pass, a loop, or a formula. */
export interface CodeLine {
  readonly kind: 'phase' | 'loop' | 'formula';
  readonly phase: Phase;
  /** How many levels it is indented, from 0. */
  readonly depth: number;
  /** Plain text, without indentation. */
  readonly text: string;
  /** For kind `formula`. */
  readonly formula?: Formula;
  /** The indices that a loop line runs over, outermost first; empty for other kinds. */
  readonly indices: readonly string[];
}

/**
 * A program as pseudo-code lines of one frame, printed from the tree that runs, loops included. Where samples run one after the
 * other, the loop over them lies around the passes. Directly nested loops share a line.
 */
export function pseudocode(program: Program): CodeLine[] {
  const lines: CodeLine[] = [];
  const visit = (node: Node, phase: Phase, depth: number): void => {
    if (node.kind === 'block') {
      const { pass } = node;
      const own = pass === undefined ? phase : program.model.passes[pass].phase;
      if (pass !== undefined) lines.push({ kind: 'phase', phase: own, depth, text: own, indices: [] });
      for (const child of node.children) visit(child, own, pass === undefined ? depth : depth + 1);
    } else if (node.kind === 'cell') {
      lines.push({
        kind: 'formula',
        phase,
        depth,
        text: codeFormula(node.formula),
        formula: node.formula,
        indices: [],
      });
    } else {
      const ranges: string[] = [];
      const indices: string[] = [];
      let inner: Node = node;
      while (inner.kind === 'loop') {
        const { low, high } = inner.range;
        const [from, to] = inner.direction > 0 ? [low, high] : [high, low];
        ranges.push(`${inner.index} = ${from === to ? from : `${from}..${to}`}`);
        indices.push(inner.index);
        inner = inner.body;
      }
      lines.push({ kind: 'loop', phase, depth, text: `for ${ranges.join(', ')}`, indices });
      visit(inner, phase, depth + 1);
    }
  };
  visit(program.tree, program.model.passes[0].phase, 0);
  return lines;
}

/** A segment of a line; `now` marks the current operation. */
export interface CodeSegment {
  readonly text: string;
  readonly now: boolean;
}

// The printer looks past an opening of this form to the sign behind it. Nothing in a formula has a backslash.
const [opening, closing] = ['\\htmlData{now}{', '\u0002'];

/**
 * A formula's line, without indentation, in segments; the part printed from the expression `at` (the very object, a node of the
 * formula's) is marked `now`, only the first one where it is printed several times; undefined marks nothing. No segment is
 * empty; together they are the whole line.
 */
export function codeSegments(formula: Formula, at: Expression | undefined): CodeSegment[] {
  const marked = codeFormula(formula, {
    ...codeMedium,
    mark: (tree: Tree, text) => (tree.expression === at ? `${opening}${text}${closing}` : text),
  });
  const [before, first = '', ...others] = marked.split(opening);
  const [inside, after = ''] = first.split(closing);
  const pieces = [
    { text: before, now: false },
    { text: inside, now: true },
    { text: [after, ...others].join('').replaceAll(closing, ''), now: false },
  ];
  return pieces.filter(({ text }) => text !== '');
}
