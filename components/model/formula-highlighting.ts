import type { Extension, Text } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { coloredPieces, type Hue } from '../../src/formula/parse/coloring.ts';
import { areContinued } from '../../src/formula/parse/logical-lines.ts';
import { type Phase, phases } from '../../src/formula/statement.ts';

const marks = new Map<string, Decoration>();

/** Colours are classes, which the sheet defines for both colour schemes. */
function mark(color: Hue, phase: Phase | undefined): Decoration {
  const isOfPhase = phase !== undefined && (color === 'heading' || color === 'target');
  const name = `hue-${color}${isOfPhase ? ` ${phase}` : ''}`;
  const made = marks.get(name) ?? Decoration.mark({ class: name });
  marks.set(name, made);
  return made;
}

/** Letters of a line that are coloured. Longer lines are lists of numbers, and browsers are slow with so many spans in a line. */
const mostColored = 2000;

/** The lines of a text up to the one that contains a position. */
const linesUntil = (doc: Text, to: number): string[] =>
  Array.from({ length: doc.lineAt(to).number }, (_, at) => doc.line(at + 1).text);

function decorate(view: EditorView): DecorationSet {
  const { doc } = view.state;
  const { from, to } = view.viewport;
  const found = [];
  let phase: Phase | undefined;
  const joined = areContinued(linesUntil(doc, to));
  for (let n = 1; n <= doc.lines; n++) {
    const line = doc.line(n);
    if (line.from > to) break;
    const heading = phases.find((one) => line.text.replace(/#.*/, '').trim() === one);
    phase = heading ?? phase;
    if (line.to < from) continue;
    for (const piece of coloredPieces(line.text.slice(0, mostColored), joined[n - 1])) {
      found.push(mark(piece.hue, phase).range(line.from + piece.from, line.from + piece.to));
    }
  }
  return Decoration.set(found);
}

/** A CodeMirror extension that colours a model's text, in the visible lines only. */
export const formulaHighlighting: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }

    update({ docChanged, viewportChanged, view }: ViewUpdate): void {
      if (docChanged || viewportChanged) this.decorations = decorate(view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
