import { describe, expect, it } from 'vitest';
import { cellAt, cellName, type Formula, sizeOf } from '../formula/model.ts';
import { record } from '../machine/testing/recorder.testing.ts';
import { uniform } from '../number/random.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { divergences } from './divergence.ts';
import { claimed, deep, read, skip, twoLayerForward, δ1, δ2 } from './testing/divergence.testing.ts';

/** An equivalent formula: factors and terms in another order, brackets, signs, powers, quotients. */
function rearranged(kind: 'δ2' | 'δ1' | 'g2' | 'g1', dice: () => number): string {
  const below = (n: number) => Math.floor(dice() * n);
  const shuffled = (all: readonly string[]): string[] => {
    const left = [...all];
    return all.map(() => left.splice(below(left.length), 1)[0]);
  };
  const slope = (u: string) =>
    [`${u}*(1 - ${u})`, `(${u} - ${u}^2)`, `(1 - ${u})*${u}`, `(-${u}*(${u} - 1))`][below(4)].replace(
      /^(.*)$/,
      '($1)',
    );
  const error = ['(t[k] - y[k])', '(-(y[k] - t[k]))', '(-y[k] + t[k])'][below(3)];
  const sum = [
    'sum(k: W2[k,j] * δ2[k])',
    'sum(k: δ2[k] * W2[k,j])',
    '(W2[1,j]*δ2[1] + W2[2,j]*δ2[2])',
    '(δ2[2]*W2[2,j] + W2[1,j]*δ2[1])',
    'sum(k: W2[k,j] * (t[k] - y[k]) * y[k] * (1 - y[k]))',
  ][below(5)];
  const scale = [[], ['2', '0.5'], ['4 / 4']][below(3)];
  const product = (factors: readonly string[]) => shuffled([...factors, ...scale]).join(' * ');
  const negative = (factors: readonly string[]) =>
    [`-(${product(factors)})`, `0 - ${product(factors)}`, product(['(-1)', ...factors])][below(3)];
  switch (kind) {
    case 'δ2':
      return product([error, slope('y[k]')]);
    case 'δ1':
      return below(4) === 0
        ? `sum(k: ${product([slope('h[j]'), 'W2[k,j]', 'δ2[k]'])})`
        : product([slope('h[j]'), sum]);
    case 'g2':
      return negative(['δ2[k]', 'h[j]']);
    case 'g1':
      return below(3) === 0 ? negative([slope('h[j]'), sum, 'x[i]']) : negative(['δ1[j]', 'x[i]']);
  }
}

describe('a right backward pass, however it is written', () => {
  const seeds = Array.from({ length: 40 }, (_, n) => n + 1);
  it('parts nowhere', () => {
    for (const seed of seeds) {
      let counter = 0;
      const dice = () => uniform(31, seed, counter++);
      const text = `${twoLayerForward}${claimed
        .replace(δ2, rearranged('δ2', dice))
        .replace(δ1, rearranged('δ1', dice))
        .replace('-δ2[k] * h[j]', rearranged('g2', dice))
        .replace('-δ1[j] * x[i]', rearranged('g1', dice))}`;
      const own = dice() < 0.5 ? text.replaceAll(/ : -?dL.*$/gm, '') : text;
      expect(read(own), `seed ${seed}\n${own}`).toEqual([]);
    }
  });
});

/** A line of backward with one thing changed: an operation, the order of indices, or what is read. */
function slippedAnyhow(text: string, dice: () => number): { text: string; target: string } {
  const below = (n: number) => Math.floor(dice() * n);
  const lines = text.split('\n');
  const start = lines.indexOf('backward');
  const at = start + 1 + below(lines.indexOf('update') - start - 1);
  const [, target, left, right, claim] = /^\s*([\p{L}\d]+)(.*?) = (.*?)( : .*)?$/u.exec(
    lines[at],
  ) as RegExpExecArray;
  const pieces = right
    .split(/([\p{L}][\p{L}\d]*\[[^\]]*\]|[\p{L}]+|\s+|\d+|.)/u)
    .filter((piece) => piece !== '');
  const cells = [...new Set(text.match(/[\p{L}][\p{L}\d]*(?=\[)/gu))];
  const places = pieces.flatMap((piece, n) => (/^[-+*]$|\[/.test(piece) ? [n] : []));
  const place = places[below(places.length)];
  const piece = pieces[place];
  const changed = piece.includes('[')
    ? [
        piece.replace(/\[(\w),(\w)\]/, '[$2,$1]'),
        piece.replace(/^[^[]+/, cells[below(cells.length)]),
        '1',
        `${piece}*${piece}`,
      ][below(4)]
    : ['+', '-', '*', '/'][below(4)];
  pieces[place] = changed;
  lines[at] = `  ${target}${left} = ${pieces.join('')}${claim ?? ''}`;
  return { text: lines.join('\n'), target };
}

describe('anything changed in one line of backward', () => {
  it('is found in its first cell, with the numbers of a slow recorder, and its name fits them', () => {
    let tried = 0;
    const claims = deep
      .replace(/(dz\[k\] = .*)/, '$1 : dC/dz[k]')
      .replace(/(da\[j\] = .*)/, '$1 : dC/da[j]')
      .replace(/(dW2\[k,j\] = .*)/, '$1 : dC/dW2[k,j]')
      .replace(/(db2\[k\] = .*)/, '$1 : dC/db2[k]')
      .replace(/(dW1\[j,i\] = .*)/, '$1 : dC/dW1[j,i]');
    for (let seed = 1; seed <= 60; seed++) {
      let counter = 0;
      const dice = () => uniform(32, seed, counter++);
      const right = [twoLayerForward + claimed, claims, skip][seed % 3];
      const { text, target } = slippedAnyhow(right, dice);
      const program = compileProgram(text).program;
      if (program === undefined) continue;
      tried += 1;
      const cellsOf = (one: string) =>
        record((compileProgram(one).program as Program).model, 1, { rounded: false })[0].after;
      const [ought, is] = [cellsOf(right), cellsOf(text)];
      const shape = program.model.quantities.get(target)?.shape ?? [];
      const cells = Array.from({ length: sizeOf(shape) }, (_, flat) => cellAt(shape, flat));
      const valuesOf = (cell: readonly number[]) => {
        const key = `old ${cellName(target, cell)}`;
        return { derived: ought.get(key) as number, written: is.get(key) as number };
      };
      const differs = ({ derived, written }: { derived: number; written: number }) =>
        !(Math.abs(derived - written) <= 1e-9 * Math.max(Math.abs(derived), Math.abs(written)));
      const first = cells.find((cell) => differs(valuesOf(cell)));
      const found = divergences(text);
      const place = `seed ${seed}\n${text}`;
      if (first === undefined) {
        for (const one of found) expect([one.formula.target, one.isHere], place).toEqual([target, false]);
        continue;
      }
      expect(
        found.map(({ formula, cell }) => cellName(formula.target, cell)),
        place,
      ).toEqual([cellName(target, first)]);
      const [{ written, derived, mistake, operation }] = found;
      const numbers = valuesOf(first);
      expect(written, place).toBeCloseTo(numbers.written, 12);
      expect(derived, place).toBeCloseTo(numbers.derived, 12);
      const own = program.writer(target, 'old') as Formula;
      const { first: begin, last } = program.stepsOf(own, first);
      expect(operation, place).toBeLessThanOrEqual(last - begin + 1);
      for (const cell of cells) {
        const { derived: r, written: w } = valuesOf(cell);
        const mirror = cell.length === 2 ? valuesOf([cell[1], cell[0]]).derived : Number.NaN;
        if (mistake?.kind === 'sign') expect(w, place).toBeCloseTo(-r, 12);
        if (mistake?.kind === 'factor') expect(w, place).toBeCloseTo(mistake.factor * r, 12);
        if (mistake?.kind === 'averaged')
          expect(Math.abs(w * mistake.over), place).toBeCloseTo(Math.abs(r), 12);
        if (mistake?.kind === 'mirrored') expect(Math.abs(w), place).toBeCloseTo(Math.abs(mirror), 12);
      }
    }
    expect(tried).toBeGreaterThan(35);
  });
});
