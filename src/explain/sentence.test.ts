import { describe, expect, it } from 'vitest';
import { Machine } from '../machine/machine.ts';
import { Moment } from '../machine/moment.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { Figures } from './figures.ts';
import { mostWords, sentence } from './sentence.ts';

/** What is said of each step of one frame, in order. */
function said(text: string, room = mostWords): string[] {
  const program = compileProgram(text).program as Program;
  const machine = new Machine(program, 'full');
  const figures = new Figures(program.model, 'full');
  return Array.from({ length: program.size }, (_, n) =>
    sentence(new Moment(machine, n + 1), figures, { room }),
  );
}

const recurrent = `given x = [[1], [2]]
param u = [[0.5]]
given t = 1
forward
  h[l,k] = x[l,k] + sum(s: u[k,s] * h?[l-1,s])
  L = (h[2,1] - t)^2
update
  u[k,s] <- u[k,s] - 0.1 * dL/du[k,s]
say x as "input"  h as "hidden"  u as "recurrent weight"  L as "loss"`;

describe('a step in one sentence', () => {
  it('says of a 0 outside an array that there is nothing, and of a square what is squared', () => {
    const sentences = said(recurrent);
    expect(sentences[0]).toBe('0, part 1 of hidden, moment 1: recurrent weight 0.5 times 0, outside hidden.');
    expect(sentences).toContain('2.25, loss: 1.5 squared.');
  });

  it('calls the gradient of the parameter that is updated its own, where its name has no room', () => {
    expect(said(recurrent)).toContain(
      '0.3, part 1 of new recurrent weight: 0.1 times gradient of recurrent weight 3.',
    );
    expect(said(recurrent, 12)).toContain('0.3, part 1 of new recurrent weight: 0.1 times its gradient 3.');
  });

  it('says of a number without operations that it is a constant', () => {
    expect(said('param w = 1\nforward\n  c = 3\n  L = c * w')[0]).toBe('3, c: a constant.');
  });

  it('shortens the name of a cell after its first part, where what is read has no room else', () => {
    const text = `given x = [1, 2]
param w = [[0.1, 0.2], [0.3, 0.4]]
forward
  h[j] = sum(i: w[j,i] * x[i])
  L = sum(j: h[j]^2)
update
  w[j,i] <- w[j,i] - 0.1 * x[i] * dL/dw[j,i]
say w as "weight"  x as "input"  h as "hidden"`;
    const parts = (room: number) =>
      said(text, room).filter((one) =>
        /^\S+ part . of new weight to hidden 2, from input 2:|^\S+ part .* to 2 from 2:/.test(one),
      );
    expect(parts(20)).toEqual([
      '0.2, part 1 of new weight to hidden 2, from input 2: 0.1 times input 2, 2.',
      '0.88, part 2 of new weight to hidden 2, from input 2: 0.2 times its gradient 4.4.',
    ]);
    expect(parts(15)).toEqual([
      '0.2, part 1 of new weight to hidden 2, from input 2: 0.1 times 2.',
      '0.88, part 2, new weight to 2 from 2: 0.2 times its gradient 4.4.',
    ]);
  });
});
