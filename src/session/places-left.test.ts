import { expect, it } from 'vitest';
import { lecture } from '../machine/testing/models.testing.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { cellsOfNumber } from './cells-of-number.ts';
import { Session } from './session.ts';

const session = (): Session => new Session(compileProgram(lecture).program as Program, 'lecture');

it('goes back to where the reader was before each jump, the last first', () => {
  const one = session();
  one.goTo(36);
  one.dispatch('next');
  one.dispatch('next');
  one.goTo(3);
  one.goTo(50);
  expect(one.stepLeft).toBe(3);
  one.goBack();
  expect(one.state.cursor.step).toBe(3);
  one.goBack();
  expect(one.state.cursor.step).toBe(38);
  one.goBack();
  expect(one.state.cursor.step).toBe(0);
  expect(one.stepLeft).toBeUndefined();
  one.goBack();
  expect(one.state.cursor.step).toBe(0);
});

it('remembers no more than ten places, and no steps', () => {
  const one = session();
  for (let step = 1; step <= 15; step++) one.dispatch('next');
  expect(one.stepLeft).toBeUndefined();
  for (let n = 0; n < 25; n++) one.goTo(n % 2 === 0 ? 40 : 20);
  let count = 0;
  while (one.stepLeft !== undefined) {
    one.goBack();
    count += 1;
  }
  expect(count).toBe(10);
});

it('finds the cells of a number as it is shown, those last computed first', () => {
  const one = session();
  one.goTo(60);
  const names = (text: string) =>
    cellsOfNumber(one, text)?.map(({ name, cell }) => `${name}[${cell.join()}]`);
  expect(names('-0.0082')).toEqual(['δ1[2]']);
  expect(names('−0.0082 ')).toEqual(['δ1[2]']);
  expect(names('0.68')).toEqual(['h[1]', 'net1[2]']);
  expect(names('0.9')).toEqual(expect.arrayContaining(['x[2]', 'W2[1,2]']));
  expect(names('0.12345')).toEqual([]);
  expect(names('h[1]')).toBeUndefined();
  one.goTo(0);
  expect(names('-0.0082')).toEqual([]);
});
