import { foldEffect, foldedRanges } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { expect, it } from 'vitest';
import { formulaFolding, quietBlocks, unfoldingAt } from './formula-folding.ts';

const text = `store  y: 2dp
forward
  y = 2 * x
  say = 3
  write[i] = x[i]

store  y: 2dp
write  y as \\hat{y}   # not z
say    y as "output"
label  i as 0..1
`;

const opened = (doc = text): EditorState => EditorState.create({ doc, extensions: formulaFolding });
const folded = (state: EditorState): EditorState =>
  state.update({ effects: quietBlocks(state).map((one) => foldEffect.of(one)) }).state;
const folds = (state: EditorState): string[] => {
  const found: string[] = [];
  foldedRanges(state).between(0, state.doc.length, (from, to) => {
    found.push(state.sliceDoc(from, to));
  });
  return found;
};
const last = text.slice(text.lastIndexOf('store'), -1);
const change = (state: EditorState, from: number, insert: string, to = from): EditorState =>
  state.update({ changes: { from, to, insert } }).state;

it('neighbouring store, write, say and label lines are a block; a formula of such a name is none', () => {
  const [first, second, ...others] = quietBlocks(opened());
  expect(first).toEqual({ from: 0, to: 13, lines: 1, declarations: ['store'] });
  expect(second).toMatchObject({ lines: 4, declarations: ['store', 'write', 'say', 'label'] });
  expect(text.slice(second.from, second.to)).toBe(last);
  expect(others).toEqual([]);
  expect(quietBlocks(opened(''))).toEqual([]);
});

it('a folded block keeps its text, and unfolds where a change or a place is in it', () => {
  const state = folded(opened());
  expect(folds(state)).toEqual(['store  y: 2dp', last]);
  expect(state.doc.toString()).toBe(text);
  const from = text.lastIndexOf('store');
  const to = text.length - 1;
  // Lines before and behind it, and the lines of others.
  for (const other of [
    change(state, text.indexOf('2 *'), '3'),
    change(state, from, 'z = 3\n'),
    change(state, to, '\nz = 3'),
  ])
    expect(folds(other)).toEqual(['store  y: 2dp', last]);
  for (const [at, inserted, end] of [
    [from + 3, 'x', from + 3],
    [to, 'x', to],
    [from, 'x', from],
    [from - 1, '', from + 2],
  ] as const)
    expect(folds(change(state, at, inserted, end))).toEqual(['store  y: 2dp']);
  for (const at of [from, from + 20, to])
    expect(folds(state.update({ effects: unfoldingAt(state, [at]) }).state)).toEqual(['store  y: 2dp']);
  expect(unfoldingAt(state, [text.indexOf('2 *')])).toEqual([]);
  expect(folds(state.update({ selection: { anchor: from + 20 } }).state)).toEqual(['store  y: 2dp']);
});
