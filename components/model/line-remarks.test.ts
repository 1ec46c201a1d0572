import { EditorState } from '@codemirror/state';
import { expect, it } from 'vitest';
import { findingsEffect, lineRemarks, verdictsEffect } from './line-remarks.ts';

const text = 'first\nsecond\nthird';

const opened = (doc = text): EditorState =>
  EditorState.create({ doc, extensions: lineRemarks }).update({
    effects: [
      findingsEffect([{ at: 1, kind: 'error', text: 'f' }]),
      verdictsEffect([
        { at: 6, kind: 'agrees', text: 's' },
        { at: doc.length, kind: 'differs', text: 't' },
      ]),
    ],
  }).state;

/** Each remark behind the text of its line up to it. */
function read(state: EditorState): string[] {
  const found: string[] = [];
  state.field(lineRemarks).decorations.between(0, state.doc.length, (at, _to, { spec }) => {
    found.push(`${state.sliceDoc(state.doc.lineAt(at).from, at)}: ${spec.widget.remark.text}`);
  });
  return found;
}

const changed = (state: EditorState, from: number, insert: string, to = from): EditorState =>
  state.update({ changes: { from, to, insert } }).state;

it('a remark stands at the end of its line, and moves with it', () => {
  const state = opened();
  expect(read(state)).toEqual(['first: f', 'second: s', 'third: t']);
  expect(read(changed(state, 5, '\n'))).toEqual(['first: f', 'second: s', 'third: t']);
  expect(read(changed(state, 12, '\nnew'))).toEqual(['first: f', 'second: s', 'third: t']);
  expect(read(changed(state, 6, 'new\n'))).toEqual(['first: f', 'second: s', 'third: t']);
});

it('a verdict goes when its line is written, a finding when the text is read again', () => {
  expect(read(changed(opened(), 8, 'x'))).toEqual(['first: f', 'third: t']);
  expect(read(changed(opened(), 12, 'x'))).toEqual(['first: f', 'third: t']);
  expect(read(changed(opened(), 3, 'x'))).toEqual(['firxst: f', 'second: s', 'third: t']);
  // Two lines become one.
  expect(read(changed(opened(), 12, '', 13))).toEqual(['first: f']);
  const again = changed(opened(), 3, 'x').update({ effects: findingsEffect([]) }).state;
  expect(read(again)).toEqual(['second: s', 'third: t']);
});

it('in a very long line it stands at its place', () => {
  const state = opened(`${text} ${'1, '.repeat(500)}`).update({
    effects: verdictsEffect([{ at: 20, kind: 'agrees', text: 'here' }]),
  }).state;
  expect(read(state)).toContain('third 1: here');
});
