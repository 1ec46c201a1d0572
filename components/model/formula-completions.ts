import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Model } from '../../src/formula/model.ts';
import { calledOperations } from '../../src/formula/operation.ts';
import { declarations } from '../../src/formula/parse/declarations.ts';
import { reducers } from '../../src/formula/parse/operator-signs.ts';
import { letters } from '../../src/formula/parse/tex-letters.ts';
import { phases } from '../../src/formula/statement.ts';

const word = /[\p{L}_][\p{L}\p{N}_]*$/u;
const whole = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const withColon = [...reducers, 'when'];

const lettersMade: readonly Completion[] = [...letters].map(([name, letter]) => ({
  label: `\\${name}`,
  displayLabel: `${letter} \\${name}`,
  apply: letter,
}));

/** Names that a text defines: on the left of a line, or after the keyword that declares them. */
function namesIn(text: string): Set<string> {
  const names = new Set<string>();
  const pattern =
    /^\s*(?:(?:given|sample|param|state|rate|random|mode|function)\s+)?([\p{L}_][\p{L}\p{N}_]*)(?=\s*(?:\[[^\]\n]*\]|\([^)\n]*\))?\s*(?:=|<-|:))/gmu;
  for (const [, name] of text.matchAll(pattern)) names.add(name);
  return names;
}

/** The index names of a line: all names in its brackets. */
function indicesIn(line: string): Set<string> {
  const found = new Set<string>();
  for (const [, inside] of line.matchAll(/\[([^\]]*)\]/g))
    for (const [name] of inside.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)) found.add(name);
  return found;
}

function optionsAt(context: CompletionContext, from: number, model: Model): Completion[] {
  const { doc } = context.state;
  const line = doc.lineAt(from);
  const before = doc.sliceString(line.from, from);
  const options = new Map<string, Completion>();
  const add = (label: string, more: Omit<Completion, 'label'>) =>
    options.set(label, options.get(label) ?? { label, ...more });
  if (/\[[^\]]*$/.test(before)) {
    // The name being typed is no index yet.
    const others = before + doc.sliceString(context.pos, line.to);
    for (const name of indicesIn(others)) add(name, { type: 'index', boost: 2 });
  }
  if (before.trim() === '') {
    for (const name of phases) add(name, { type: 'keyword' });
    for (const name of declarations) add(name, { type: 'keyword', apply: `${name} ` });
  }
  const claim = /\bd([\p{L}\p{N}_]+)\/$/u.exec(before);
  const others = doc.sliceString(0, from) + doc.sliceString(context.pos);
  const names = new Set([...namesIn(others), ...model.quantities.keys()]);
  for (const name of names) {
    if (name.includes('/')) add(name, { type: 'name', boost: -1 });
    else add(claim ? `d${name}` : name, { type: 'name', boost: 1 });
  }
  if (!claim) {
    for (const name of [...withColon, 'stop', ...calledOperations, ...model.functions.keys()])
      add(name, { type: 'function', apply: `${name}(` });
  }
  return [...options.values()];
}

/**
 * A CodeMirror extension that completes names, keywords and functions of the text and of `model()`, which is asked at each
 * completion, and replaces `\delta` and the like by its letter, from the list or as soon as another character follows.
 */
export const formulaCompletions = (model: () => Model): Extension => [
  autocompletion({
    override: [
      (context): CompletionResult | null => {
        const letter = context.matchBefore(/\\[A-Za-z]*$/);
        if (letter !== null) return { from: letter.from, options: lettersMade, validFor: /^\\[A-Za-z]*$/ };
        const typed = context.matchBefore(word);
        if (typed === null && !context.explicit) return null;
        const from = typed?.from ?? context.pos;
        const isComment = context.state.doc
          .lineAt(from)
          .text.slice(0, from - context.state.doc.lineAt(from).from)
          .includes('#');
        if (isComment) return null;
        return { from, options: optionsAt(context, from, model()), validFor: whole };
      },
    ],
    icons: false,
  }),
  // `\delta` and another character is the letter, without the list too.
  EditorView.inputHandler.of((view, from, to, text) => {
    if (from !== to || /^[A-Za-z]/.test(text)) return false;
    const line = view.state.doc.lineAt(from);
    const found = /\\([A-Za-z]+)$/.exec(line.text.slice(0, from - line.from));
    const letter = found && letters.get(found[1]);
    if (!found || letter === undefined) return false;
    const start = from - found[0].length;
    const insert = letter + text;
    view.dispatch({ changes: { from: start, to, insert }, selection: { anchor: start + insert.length } });
    return true;
  }),
];
