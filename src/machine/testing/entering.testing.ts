import type { Model } from '../../formula/model.ts';
import { rowAt } from '../../formula/rows.ts';
import { permutation } from '../../number/permutation.ts';
import { gaussian, streamOf, uniform } from '../../number/random.ts';
import type { Change } from '../machine.ts';
import { roundDecimal } from './arithmetic.testing.ts';

/* The recorder's own cell names, and its own account of what a frame finds before it begins. */

/** The recorder's key of a cell: `old W1[1,2]`. */
export const cellKey = (version: string, name: string, at: readonly number[]): string =>
  `${version} ${name}${at.length === 0 ? '' : `[${at.join(',')}]`}`;

/** Every cell of an array, the last index fastest. */
export function arrayCells(shape: readonly number[]): number[][] {
  let cells: number[][] = [[]];
  for (const size of shape) {
    cells = cells.flatMap((cell) => Array.from({ length: size }, (_, n) => [...cell, n + 1]));
  }
  return cells;
}

/** What a frame (from 1) takes anew: its samples, random numbers, and the mode. */
export function entering(
  model: Model,
  frame: number,
  { edits, mode }: { readonly edits?: ReadonlyMap<string, number>; readonly mode?: 'train' | 'evaluate' },
): Map<string, number> {
  const found = new Map<string, number>();
  const { count = 0, size = 1, order } = model.samples ?? {};
  for (const { name, role, shape, rows, draws } of model.quantities.values()) {
    if (role === 'mode') found.set(`old ${name}`, mode === 'evaluate' ? 0 : 1);
    for (const [at, cell] of draws === undefined ? [] : arrayCells(shape).entries()) {
      const draw = draws?.distribution === 'normal' ? gaussian : uniform;
      const drawn = (frame - 1) * arrayCells(shape).length + at;
      found.set(cellKey('old', name, cell), draw(draws?.seed ?? 0, streamOf(name), drawn));
    }
    if (rows === undefined) continue;
    for (let n = 0; n < size; n++) {
      const taken = (frame - 1) * size + n;
      const row =
        order?.kind === 'shuffled'
          ? permutation(order.seed, Math.floor(taken / count), count)[taken % count]
          : taken % count;
      const own = model.batch === undefined ? shape : shape.slice(1);
      const numbers = rowAt(rows, row);
      for (const [at, cell] of arrayCells(own).entries()) {
        const value = edits?.get(cellKey('', name, [row + 1, ...cell]).trim()) ?? numbers[at];
        found.set(cellKey('old', name, model.batch === undefined ? cell : [n + 1, ...cell]), value);
      }
    }
  }
  return found;
}

/** The model's own numbers, with a reader's edits. */
export function start(model: Model, edits: ReadonlyMap<string, number>): Map<string, number> {
  const memory = new Map<string, number>();
  for (const { name, numbers, shape } of model.quantities.values()) {
    if (numbers === undefined) continue;
    for (const [at, cell] of arrayCells(shape).entries()) {
      const key = cellKey('old', name, cell);
      memory.set(key, edits.get(key.slice('old '.length)) ?? numbers[at]);
    }
  }
  return memory;
}

/** Overwrites cells by edits as a frame begins; returns the overrides of that frame, by `new W1[1,2]`. */
export function overwrite(
  memory: Map<string, number>,
  edits: Map<string, number>,
  changes: readonly Change[],
  keep: (key: string, value: number) => number,
): Map<string, number> {
  const overrides = new Map<string, number>();
  for (const change of changes) {
    const { value } = change;
    if (change.kind === 'poke') overrides.set(cellKey(change.version, change.name, change.cell), value);
    else {
      // Sample data has one more index, so no such cell.
      const key = `old ${change.cell}`;
      if (memory.has(key)) memory.set(key, keep(key, value));
      edits.set(change.cell, value);
    }
  }
  return overrides;
}

/** A number rounded by the lesson's rules for a cell. */
export function keptDigits(model: Model, name: string, at: readonly number[], value: number): number {
  let [whole, single] = ['', ''];
  for (const { selectors, precision } of model.store) {
    const rule = precision.kind === 'exact' ? 'exact' : `${precision.digits} ${precision.kind}`;
    for (const { name: of, cell } of selectors) {
      if (of === name && cell === undefined) whole = rule;
      // A rule for a cell of one sample applies to each sample of a batch.
      const own = cell === undefined ? at : at.slice(at.length - cell.length);
      if (of === name && cell?.join() === own.join()) single = rule;
    }
  }
  const [digits, kind] = (single || whole).split(' ');
  return kind === undefined ? value : roundDecimal(value, Number(digits), kind === 'decimals');
}

/** The same for a cell by its key. */
export function keptCell(model: Model, key: string, value: number): number {
  const [, name, inside = ''] = /^\w+ ([^[]+)(?:\[(.*)\])?$/u.exec(key) ?? [];
  return keptDigits(model, name, inside === '' ? [] : inside.split(',').map(Number), value);
}
