import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readUnpacked } from '../../data/file.ts';
import { mutant } from '../../formula/parse/mutant.testing.ts';
import { batchCases } from '../../machine/testing/batches.testing.ts';
import { modelCases } from '../../machine/testing/models.testing.ts';
import { oddities } from '../../machine/testing/oddities.testing.ts';
import { asWritten, expandShorthand } from '../../network/expansion.ts';
import { zooModels } from '../../network/zoo.testing.ts';
import { compileProgram } from '../../program/program.ts';

/* A hundred thousand models with mistakes in them: none may crash or hang the compiler; each compiles or is refused in words. */

/** Every model of the lessons. */
const fences = readdirSync('lessons')
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) => [
    ...readFileSync(`lessons/${file}`, 'utf8').matchAll(/^```\{model\}.*\n([\s\S]*?)^```/gm),
  ])
  .map(([, text]) => text);

const shorthand = [
  'given x = [0.35, 0.9]\ngiven t = [0.5]\nlayers: 2 -> 2 sigmoid -> 1 sigmoid\nloss: squared error\noptimizer: sgd 0.5',
  'sample x = [[0,0],[0,1]]\nsample t = [0, 1]\nbatch n = 2\nlayers: 2 -> 3 tanh -> 1\nloss: squared error\noptimizer: adam',
];

const data = [
  'table m = moons(9, 0.1, 3) rows 2..8\nsample x = m[x1..x2] * 2\nsample t = onehot(m[class], 0..1)\nbatch n = 3, shuffled 1\nparam W[2,2] = xavier(1, 2, 2)\nforward\n  z[k] = sum(i: W[k,i] * x[i])\n  L = sum(k: (t[k] - z[k])^2)\nupdate\n  W[k,i] <- W[k,i] - 0.1 * dL/dW[k,i]',
  'table a = "a.csv"\ntable b = dropped "b", "c" like 4 + 1 rows 1..3\ngiven x = a[1..4] / 4 as 2 x 2\ngiven y = b[5] - normal(3)\nparam p[t = 1..3, k = 1..2] = sin(t / 10^k) + [t = k]\nstate s = uniform(2) like p\nforward\n  q[n] = sum(i, j: x[n,i,j]) + y[n] + cos(p[n,1]) * s[n,2]',
];

export const texts = [
  ...fences,
  ...[...modelCases, ...oddities, ...batchCases, ...zooModels].map(({ text }) => text),
  ...shorthand,
  ...data,
];

const file = readUnpacked('a.csv', new TextEncoder().encode('1,2,3,4\n5,6,7,8\n9,10,11,12\n'));
const tables = (name: string) => (name === 'a.csv' ? file : undefined);

/** Compiles a text as a lesson does; true if it is a model. Throws where it is neither that nor refused at a place. */
export function examineMutants(text: string): boolean {
  const expansion = expandShorthand(text);
  const refused = expansion.diagnostics.some(({ severity }) => severity === 'error');
  const { program, diagnostics } = refused ? { diagnostics: [] } : compileProgram(expansion.text, { tables });
  const lines = text.split('\n');
  const all = [...expansion.diagnostics, ...diagnostics.map((one) => asWritten(expansion, one))];
  for (const { span, message } of all) {
    const line = lines[span.line - 1];
    const isInside =
      line !== undefined &&
      span.length >= 1 &&
      span.column >= 1 &&
      span.column + span.length <= line.length + 2;
    if (!isInside) throw new Error(`${JSON.stringify(span)} is outside of the text: ${message}`);
    if (message === '' || /undefined|NaN runs|\[object/.test(message)) throw new Error(`it says: ${message}`);
  }
  if (program === undefined && !all.some(({ severity }) => severity === 'error'))
    throw new Error('no model, and no reason');
  return program !== undefined;
}

const [count, parts] = [100_000, 10];

/** Tries some of ten parts of the seeds: in files of their own, so that they are tried side by side. */
export function tryParts(from: number, to: number): void {
  const starts = Array.from({ length: to - from }, (_, at) => ((from + at) * count) / parts);
  it.each(starts)('is a model or is refused at a place, from seed %i on', (start) => {
    let models = 0;
    for (let seed = start; seed < start + count / parts; seed++) {
      const text = mutant(texts, seed);
      try {
        if (examineMutants(text)) models += 1;
      } catch (error) {
        throw new Error(`seed ${seed}: ${String(error)}\n${text}`, { cause: error });
      }
    }
    // Neither all refused nor all as before: the changes are of the right size.
    expect(models).toBeGreaterThan(count / parts / 50);
    expect(models).toBeLessThan((count / parts) * 0.8);
  });
}
