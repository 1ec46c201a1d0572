import { describe, expect, it } from 'vitest';
import type { Machine } from '../../machine/machine.ts';
import { exportNumpy } from './numpy.ts';
import { exportMachine, findPython, pythonTrees } from './python.testing.ts';
import { exportTorch } from './torch.ts';

/** Tests that every exported program of some models parses by Python's own grammar; needs neither of the libraries. */
export function describeGrammar(cases: readonly { readonly name: string; readonly text: string }[]): void {
  const python = findPython('ast');
  let known: Machine[] | undefined;
  const machines = () => {
    known ??= cases.map(({ text }) => exportMachine(text, 'full'));
    return known;
  };
  describe.skipIf(python === undefined)('a program is Python', () => {
    it.each([
      ['numpy', exportNumpy],
      ['torch', exportTorch],
    ])('of %s', (_, print) => {
      const programs = machines().map((machine, at) => print(machine, { title: cases[at].name, frames: 2 }));
      const trees = pythonTrees(python as string, programs);
      const wrong = trees.flatMap((tree, at) =>
        tree.startsWith('wrong') ? [`${cases[at].name}: ${tree}\n${cases[at].text}`] : [],
      );
      expect(wrong).toEqual([]);
    });
  });
}
