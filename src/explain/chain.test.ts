import { describe, expect, it } from 'vitest';
import { type Formula, flatIndex } from '../formula/model.ts';
import { Machine } from '../machine/machine.ts';
import { stepFrame } from '../machine/testing/agreement.testing.ts';
import { batchCases, sampledAdversaries } from '../machine/testing/batches.testing.ts';
import {
  adversarialExample,
  adversaries,
  type ModelCase,
  modelCases,
} from '../machine/testing/models.testing.ts';
import { oddities } from '../machine/testing/oddities.testing.ts';
import { randomModel } from '../network/random.testing.ts';
import { zooModels } from '../network/zoo.testing.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { Adjoints } from './adjoints.ts';
import { Chains, largestPaths } from './chain.ts';
import type { CellReference } from './explanation.ts';
import { ownAdjoints } from './own-adjoints.ts';
import { Partials } from './partials.ts';
import { Reads } from './reads.ts';

/** In a model with more cells than this, a sample spread over it is tested. */
const mostCells = 12;

interface Subject {
  readonly name: string;
  readonly text: string;
  readonly program: Program;
  readonly machine: Machine;
  readonly reads: Reads;
  readonly chains: Chains;
}

function subjectOf(
  { name, text }: Pick<ModelCase, 'name' | 'text'>,
  precision: 'full' | 'lesson' = 'full',
): Subject {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  const machine = new Machine(program, precision);
  const reads = new Reads(program, machine.layout);
  return {
    name,
    text,
    program,
    machine,
    reads,
    chains: new Chains(machine, reads, new Partials(program, machine.layout)),
  };
}

const namesOf = ({ version, name, cell }: CellReference): string => `${version} ${name}[${cell}]`;

/**
 * The sum over the loss's cells that count, after a store or a given number is moved; backward and update cells stay as they
 * were.
 */
function lossWhen(
  { program, machine }: Subject,
  base: Float64Array,
  of: CellReference,
  loss: string,
  h: number,
): number {
  const { layout } = machine;
  const memory = machine.inputs.start.slice();
  machine.inputs.write(memory, 1);
  const slot = layout.slot(of.name, of.version);
  const flat = flatIndex(slot.shape, of.cell);
  const writer = program.writer(of.name, of.version);
  if (writer === undefined) memory[slot.offset + flat] += h;
  const store = (formula: Formula, at: number, value: number): number => {
    const { offset } = layout.slot(formula.target, formula.version);
    const kept = formula.phase === 'forward' ? value : base[offset + at];
    return formula === writer && at === flat ? kept + h : kept;
  };
  stepFrame(program, layout, memory, store);
  const { offset, size } = layout.slot(loss, 'old');
  return memory.subarray(offset, offset + size).reduce((sum, one) => sum + one, 0);
}

/** Whether a slope is that of central differences; undefined at a kink. */
function agrees(f: (h: number) => number, slope: number): boolean | undefined {
  const middle = f(0);
  const size = Math.max(0.01, Math.abs(slope), Math.abs(middle) / 10);
  const distances = [2e-4, 2e-5, 2e-6];
  for (const distance of distances) {
    const [far, near] = [distance, distance / 2].map((h) => {
      const [above, below] = [f(h), f(-h)];
      return { rise: (above - below) / (2 * h), bend: (above + below - 2 * middle) / h };
    });
    if (Math.abs((4 * near.rise - far.rise) / 3 - slope) <= 1e-6 * size) return true;
    const bent = Math.abs(near.bend) > 1e-5 * size && Math.abs(near.bend) > 0.75 * Math.abs(far.bend);
    if (distance === 2e-6 && bent) return undefined;
  }
  return false;
}

function judge(subject: Subject, most = mostCells): { owned: number; compared: number } {
  const { program, machine, reads, chains, text, name } = subject;
  let [owned, compared] = [0, 0];
  const base = machine.frame(1).memory.slice();
  const stride = Math.max(1, Math.ceil(reads.layout.size / most));
  for (const loss of new Adjoints(program.model).losses) {
    for (let address = 0; address < reads.layout.size; address += stride) {
      const ref = reads.cellAt(address);
      const what = `d${loss}/d(${namesOf(ref)}) of ${name}\n${text}`;
      const chain = chains.of(ref, loss, 1);
      if (chain === undefined) continue;
      // Where paths cancel each other, the error is relative to the largest of them.
      let size = Math.abs(chain.value);
      if (chain.pathCount <= 500) {
        const products = largestPaths(chain, chain.pathCount).map(({ product }) => product);
        const sum = products.reduce((total, one) => total + one, 0);
        size = products.reduce((total, one) => total + Math.abs(one), 0);
        expect(products.length, what).toBe(chain.pathCount);
        expect(Math.abs(sum - chain.value) <= 1e-12 * size, `${sum}, chain ${chain.value}: ${what}`).toBe(
          true,
        );
      }
      for (const { cells, factor } of ownAdjoints(program.model, loss, ref, chains.influences(loss))) {
        const own =
          factor * cells.reduce((sum, one) => sum + machine.value(1, one.name, one.version, one.cell), 0);
        const close = Math.abs(own - chain.value) <= 1e-9 * Math.abs(own) + 1e-12 * size + 1e-14;
        expect(close, `${own}, chain ${chain.value}: ${what}`).toBe(true);
        owned += 1;
      }
      if (text.includes('stop(')) continue;
      const found = agrees((h) => chain.share * lossWhen(subject, base, ref, loss, h), chain.value);
      expect(found, `chain ${chain.value}: ${what}`).not.toBe(false);
      if (found) compared += 1;
    }
  }
  return { owned, compared };
}

describe('the chain of partial derivatives', () => {
  it.each([...modelCases, ...oddities, adversaries, adversarialExample])('$name', (model) => {
    const { owned, compared } = judge(subjectOf(model), 30);
    expect(owned, model.text).toBeGreaterThan(0);
    if (!model.text.includes('stop(')) expect(compared, model.text).toBeGreaterThan(0);
  });

  it.each([...batchCases, sampledAdversaries, ...zooModels])('$name', (model) => {
    judge(subjectOf(model));
  });

  it('in random networks', () => {
    for (let seed = 1; seed <= 12; seed++) judge(subjectOf(randomModel(seed)), 12);
  });
});
