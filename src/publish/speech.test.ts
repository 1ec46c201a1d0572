import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Figures } from '../explain/figures.ts';
import { fullSentence } from '../explain/full-sentence.ts';
import { sentence } from '../explain/sentence.ts';
import { modelsIn } from '../lesson/model/model-fence.ts';
import type { Machine } from '../machine/machine.ts';
import { Moment } from '../machine/moment.ts';
import { tablesBeside } from './lesson-data.ts';

/*
 * What is said of each step: rules for the steps of all lessons, and whole frames of four models to be read, in the files `spoken-….txt`.
 * `npx vitest run src/publish/speech.test.ts -u` writes these anew.
 */

/** Words of a sentence at most. */
const mostWords = 20;
/** The number stands among so many first words. */
const numberWithin = 5;
/** Of a longer frame, steps at equal distances. */
const mostSteps = 1500;

const tables = tablesBeside('lessons');
const machines: readonly (readonly [name: string, machine: Machine])[] = readdirSync('lessons')
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) => {
    const { models } = modelsIn(readFileSync(`lessons/${file}`, 'utf8'), file, tables);
    return [...models].flatMap(([id, model]) =>
      (['lesson', 'full'] as const).map((run) => [`${file}, ${id}, ${run}`, model.machine(run)] as const),
    );
  });

const figuresOf = ({ program, precision }: Machine) => new Figures(program.model, precision);
const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** The number that the machine has at a step: what it has stored, where a cell is finished, else what the operation gives. */
function valueAt(machine: Machine, { frame, location, operation, finishesCell }: Moment): number {
  if (location === undefined || operation === undefined) return Number.NaN;
  const { formula, cell } = location;
  return finishesCell ? machine.value(frame, formula.target, formula.version, cell) : operation.value;
}

/** A spoken number, and half of its last digit's worth; undefined for a word that is none. */
function numberIn(word: string): { value: number; half: number } | undefined {
  const [, sign, digits, power = ''] = /^(−?)([\d.]+?)(?:×10(.+?))?[,.:]?$/.exec(word) ?? [];
  if (digits === undefined) return undefined;
  const exponent = Number(
    [...power]
      .map((raised) => '−⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(raised))
      .map((at) => (at < 2 ? '-' : at - 2))
      .join(''),
  );
  const [, decimals = ''] = digits.split('.');
  return {
    value: Number(`${sign === '' ? '' : '-'}${digits}e${exponent}`),
    half: 0.501 * 10 ** (exponent - decimals.length),
  };
}

describe('a sentence is short, begins with the number, and is no other step’s:', () => {
  it.each(machines)('%s', (_, machine) => {
    const { size } = machine.program;
    const figures = figuresOf(machine);
    const heard = new Map<string, number>();
    for (let step = 1; step <= size; step += Math.max(1, Math.floor(size / mostSteps))) {
      const moment = new Moment(machine, step);
      const said = sentence(moment, figures);
      const words = wordsOf(said);
      expect(words.length, said).toBeLessThanOrEqual(mostWords);
      const value = valueAt(machine, moment);
      const [first] = words.slice(0, numberWithin).flatMap((word) => numberIn(word) ?? []);
      expect(first, said).toBeDefined();
      expect(Math.abs(first.value - value), `${said} has ${value}`).toBeLessThanOrEqual(first.half);
      expect(heard.get(said), said).toBeUndefined();
      heard.set(said, step);
      // The name of a part may be shortened after the first.
      const short = sentence(moment, figures, { isShort: true });
      const [begun] = /^\S+ part (?!1 )\d+/.exec(short) ?? [short.slice(0, -1)];
      expect(said.startsWith(begun), said).toBe(true);
      expect(fullSentence(moment, figures).startsWith(said), said).toBe(true);
    }
  });
});

describe('a whole frame as it is spoken:', () => {
  it.each([
    ['01-backpropagation-by-hand.md', 'lecture'],
    ['05-convolution-and-pooling.md', 'net'],
    ['08-through-time.md', 'rnn'],
    ['09-two-losses.md', 'gan'],
  ])('%s, %s', async (file, id) => {
    const found = machines.find(([name]) => name === `${file}, ${id}, lesson`);
    const machine = found?.[1] as Machine;
    const figures = figuresOf(machine);
    const lines = Array.from({ length: machine.program.size }, (_, n) => {
      const moment = new Moment(machine, n + 1);
      return `${n + 1}\t${sentence(moment, figures)}\n\t${fullSentence(moment, figures).slice(sentence(moment, figures).length + 1)}\n`;
    });
    await expect(lines.join('')).toMatchFileSnapshot(`spoken-${id}.txt`);
  });
});
