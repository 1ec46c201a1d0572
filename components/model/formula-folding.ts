import {
  codeFolding,
  foldEffect,
  foldedRanges,
  foldGutter,
  foldService,
  unfoldEffect,
} from '@codemirror/language';
import { EditorState, type Extension, type StateEffect } from '@codemirror/state';
import { type EditorView, keymap } from '@codemirror/view';
import { html, render } from 'lit';
import { coloredPieces } from '../../src/formula/parse/coloring.ts';
import { modelEditingWords as words } from '../../src/words/model/model-editing.ts';
import { toolIcons } from '../base/tool-icons.ts';
import { areWritten } from './line-changes.ts';

/** Declarations of how numbers are stored and what is written, said and called how: what is computed can be read without them. */
const quiet: ReadonlySet<string> = new Set(['store', 'write', 'say', 'label']);

/** Neighbouring lines that fold into one. */
export interface QuietBlock {
  /** Offsets in the text: of the first line's start and of the last line's end. */
  readonly from: number;
  readonly to: number;
  readonly lines: number;
  /** The words that the lines begin with, each once, in the order in which they first stand there. */
  readonly declarations: readonly string[];
}

/** The word that a line begins with, where it is a declaration that folds. */
function quietWord(line: string): string | undefined {
  const word = /^\s*(\p{L}+)\s/u.exec(line)?.[1];
  // A formula may have such a name as well.
  return word !== undefined && quiet.has(word) && coloredPieces(line)[0]?.hue === 'declaration'
    ? word
    : undefined;
}

/** All blocks of neighbouring `store`, `write`, `say` and `label` lines of a text, in order. */
export function quietBlocks({ doc }: EditorState): QuietBlock[] {
  const found: QuietBlock[] = [];
  let isWithin = false;
  for (let n = 1; n <= doc.lines; n++) {
    const { from, to, text } = doc.line(n);
    const word = quietWord(text);
    const last = isWithin ? found.pop() : undefined;
    if (last !== undefined && word === undefined) found.push(last);
    isWithin = word !== undefined;
    if (word === undefined) continue;
    const declarations = [...new Set([...(last?.declarations ?? []), word])];
    found.push({ from: last?.from ?? from, to, lines: (last?.lines ?? 0) + 1, declarations });
  }
  return found;
}

/** The folded ranges, in order. */
function foldsOf(state: EditorState): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  foldedRanges(state).between(0, state.doc.length, (from, to) => {
    found.push({ from, to });
  });
  return found;
}

/** Folds all blocks; a cursor in one moves to its start. */
export function foldQuiet(view: EditorView): boolean {
  const blocks = quietBlocks(view.state);
  if (blocks.length === 0) return false;
  const { head } = view.state.selection.main;
  const around = blocks.find(({ from, to }) => from < head && head < to);
  view.dispatch({
    effects: blocks.map(({ from, to }) => foldEffect.of({ from, to })),
    ...(around && { selection: { anchor: around.from } }),
  });
  return true;
}

/** Effects that unfold what hides one of some offsets, both ends of a fold included. */
export const unfoldingAt = (state: EditorState, offsets: readonly number[]): StateEffect<unknown>[] =>
  foldsOf(state)
    .filter(({ from, to }) => offsets.some((at) => from <= at && at <= to))
    .map((range) => unfoldEffect.of(range));

/** Unfolds all of it; false where nothing is folded. */
function unfoldQuiet(view: EditorView): boolean {
  const effects = foldsOf(view.state).map((range) => unfoldEffect.of(range));
  if (effects.length > 0) view.dispatch({ effects });
  return effects.length > 0;
}

/** Whoever writes in a folded block, or takes a change in it back, sees it. */
const unfoldWhatChanges = EditorState.transactionExtender.of(({ startState, changes, docChanged }) => {
  if (!docChanged) return null;
  const effects: StateEffect<unknown>[] = [];
  for (const { from, to } of foldsOf(startState)) {
    const moved = { from: changes.mapPos(from, 1), to: changes.mapPos(to, -1) };
    if (moved.from < moved.to && areWritten(changes, from, to)) effects.push(unfoldEffect.of(moved));
  }
  return effects.length === 0 ? null : { effects };
});

/** The button that stands for folded lines, and says which these are. */
function placeholder(view: EditorView, text: string): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'folded';
  button.title = words.unfold;
  button.setAttribute('aria-expanded', 'false');
  button.textContent = text;
  button.addEventListener('click', (event) => {
    event.preventDefault();
    const at = view.posAtDOM(button);
    view.dispatch({ effects: unfoldingAt(view.state, [at]), selection: { anchor: at } });
    // The button is gone, so the focus moves to the lines.
    view.focus();
  });
  return button;
}

/** The sign in the gutter, for the pointer: the keyboard has its keys and the button. */
function gutterMark(isOpen: boolean): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'fold-mark';
  render(html`${isOpen ? toolIcons.fold : toolIcons.unfold}`, mark);
  return mark;
}

/**
 * A CodeMirror extension by which neighbouring `store`, `write` and `say` lines fold into one, which says what is folded. Nothing
 * is folded before `foldQuiet`. Control Shift [ folds all of them (on a Mac Command Option [), with ] they unfold; a block also unfolds
 * when the cursor or a change comes to it. The text is the same, folded or not.
 */
export const formulaFolding: Extension = [
  foldService.of((state, start) => {
    if (quietWord(state.doc.lineAt(start).text) === undefined) return null;
    const block = quietBlocks(state).find(({ from }) => from === start);
    return block === undefined ? null : { from: block.from, to: block.to };
  }),
  codeFolding({
    preparePlaceholder: (state, { from }): string => {
      const block = quietBlocks(state).find((one) => one.from === from);
      return block === undefined ? '' : words.folded(block.lines, block.declarations.join(', '));
    },
    placeholderDOM: (view, _unfold, text) => placeholder(view, String(text)),
  }),
  foldGutter({ markerDOM: gutterMark }),
  unfoldWhatChanges,
  keymap.of([
    { key: 'Ctrl-Shift-[', mac: 'Cmd-Alt-[', run: foldQuiet },
    { key: 'Ctrl-Shift-]', mac: 'Cmd-Alt-]', run: unfoldQuiet },
  ]),
];
