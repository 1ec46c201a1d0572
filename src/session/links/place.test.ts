import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileProgram, type Program } from '../../program/program.ts';
import { formatPlace, parsePlace, parsePlaceHash, placeHash, type StepPlace, stepOfPlace } from './place.ts';

describe('place', () => {
  it.each([
    ['lecture', { model: 'lecture', frame: 1 }],
    ['lecture@2', { model: 'lecture', frame: 2 }],
    ['lecture@0', { model: 'lecture', frame: 0 }],
    ['lecture@backward', { model: 'lecture', frame: 1, pass: 'backward' }],
    ['lecture@backward.δ1[1]', { model: 'lecture', frame: 1, pass: 'backward', cell: 'δ1[1]' }],
    ['lecture@L', { model: 'lecture', frame: 1, cell: 'L' }],
    [
      'lecture@2.update.W1[1, 2].3',
      { model: 'lecture', frame: 2, pass: 'update', cell: 'W1[1,2]', operation: 3 },
    ],
    ['lecture@dL/dW1[1,2]', { model: 'lecture', frame: 1, cell: 'dL/dW1[1,2]' }],
  ])('reads %s', (text, place) => expect(parsePlace(text)).toEqual(place));

  it.each(['', '@1', 'a@', 'a@1.', 'a@1..h', 'a@h[1', 'a@h[j]', 'a@h[1].0', 'a@h[1].x', 'a b@1', 'a@1@2'])(
    'does not read %j',
    (text) => expect(parsePlace(text)).toBeUndefined(),
  );

  const places: fc.Arbitrary<StepPlace> = fc.record(
    {
      model: fc.constantFrom('lecture', 'two-layers', 'Übung_1'),
      frame: fc.nat(999),
      pass: fc.constantFrom('forward', 'backward', 'update'),
      cell: fc.constantFrom('W1[1,2]', 'L', 'δ2[10]', 'dL/dW1[1,2]'),
      precision: fc.constant('full'),
    },
    { requiredKeys: ['model', 'frame'] },
  );
  const withOperation = fc.tuple(places, fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }));

  it('survives being printed and read', () => {
    fc.assert(
      fc.property(withOperation, ([place, operation]) => {
        const whole = place.cell && operation ? { ...place, operation } : place;
        expect(parsePlaceHash(placeHash(whole))).toEqual(whole);
        const { precision: _, ...text } = whole;
        expect(parsePlace(formatPlace(whole))).toEqual(text);
      }),
    );
  });

  it('prints a hash that no mail program cuts', () => {
    expect(placeHash({ model: 'lecture', frame: 1, cell: 'W1[1,2]', precision: 'full' })).toBe(
      '#at=lecture@1.W1%5B1,2%5D&run=full',
    );
    expect(parsePlaceHash('#the-chain-rule')).toBeUndefined();
    expect(parsePlaceHash('#at=%E0%A4%A')).toBeUndefined();
  });
});

describe('the step of a place', () => {
  const program = compileProgram(
    'given x = [1, 2]\nparam w = [3, 4]\nforward\ny = sum(i: w[i]*x[i])\nupdate\nw[i] <- w[i] - x[i]',
  ).program as Program;
  const at = (text: string) => stepOfPlace(program, parsePlace(text) as StepPlace);

  it.each([
    ['m', 1],
    ['m@0.w[1]', 0],
    ['m@y', 3],
    ['m@y.1', 1],
    ['m@update', 4],
    ['m@w[2]', 5],
    ['m@2', 6],
    ['m@2.x[1]', 5],
    ['m@2.y', 8],
    ['m@2.update.w[1].1', 9],
  ])('%s is %i', (text, step) => expect(at(text)).toEqual({ step }));

  it.each([
    ['m@z', 'this model has no z'],
    ['m@backward', 'this model has no pass backward'],
    ['m@w[3]', 'w has the shape 2; there is no cell w[3]'],
    ['m@y[1]', 'y is a single number; there is no cell y[1]'],
    ['m@update.y', 'y is not computed in update'],
    ['m@y.4', 'y takes 3 operations; there is no operation 4'],
  ])('%s is nowhere', (text, message) => expect(at(text)).toEqual({ message }));
});
