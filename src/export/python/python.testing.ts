import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cellAt, cellName } from '../../formula/model.ts';
import { Machine, type RunPrecision } from '../../machine/machine.ts';
import { batchCases } from '../../machine/testing/batches.testing.ts';
import {
  adversarialExample,
  adversaries,
  type ModelCase,
  modelCases,
} from '../../machine/testing/models.testing.ts';
import { oddities } from '../../machine/testing/oddities.testing.ts';
import { compileProgram } from '../../program/program.ts';
import { awkwardCases } from './awkward.testing.ts';
import { closedPathCases } from './closed-paths.testing.ts';
import { penaltyCases } from './penalties.testing.ts';
import { unfollowedCases } from './unfollowed.testing.ts';

/** All models on which the exports are tested. */
export const exportCases: readonly ModelCase[] = [
  ...modelCases,
  ...oddities,
  adversaries,
  adversarialExample,
  ...batchCases,
  ...awkwardCases,
  ...unfollowedCases,
  ...closedPathCases,
  ...penaltyCases,
];

/** A machine for a model's text; throws where it does not compile. */
export function exportMachine(text: string, precision: RunPrecision): Machine {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(JSON.stringify(diagnostics));
  return new Machine(program, precision);
}

/** The outcome of one file: for each frame the numbers of every quantity, row-major; or Python's error message. */
export type ProgramOutcome =
  | { readonly frames: readonly Record<string, readonly number[]>[] }
  | { readonly error: string };

/** The path of a Python that can import a module; undefined, with a message on the console, where there is none. */
export function findPython(module: string): string | undefined {
  const wished = process.env.BACKSTEP_PYTHON;
  const candidates = wished ? [wished] : ['python3', '/usr/bin/python3'];
  for (const python of candidates) {
    if (spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0) return python;
  }
  process.stderr.write(`SKIPPED: no ${module} in ${candidates.join(' or ')}: exports to it are not run\n`);
  return undefined;
}

const driver = `
import json, runpy, sys, traceback

def flat(value):
    value = value.detach() if hasattr(value, 'detach') else value
    value = value.tolist() if hasattr(value, 'tolist') else value
    if isinstance(value, list):
        return [number for part in value for number in flat(part)]
    return [repr(float(value))]

outcomes = []
for path in sys.argv[2:]:
    try:
        run = runpy.run_path(path)['run']
        outcomes.append({'frames': [{name: flat(value) for name, value in frame.items()} for frame in run(int(sys.argv[1]))]})
    except Exception:
        outcomes.append({'error': traceback.format_exc()})
print(json.dumps(outcomes))
`;

/** Runs files for `frames` frames, all in one process; one outcome for each. */
export function runPython(python: string, files: readonly string[], frames: number): ProgramOutcome[] {
  const folder = mkdtempSync(join(tmpdir(), 'backstep-export-'));
  try {
    const paths = files.map((text, at) => {
      const path = join(folder, `model_${at}.py`);
      writeFileSync(path, text);
      return path;
    });
    const { stdout, stderr, status } = spawnSync(python, ['-c', driver, String(frames), ...paths], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    if (status !== 0) throw new Error(stderr);
    return (JSON.parse(stdout) as ({ error: string } | { frames: Record<string, string[]>[] })[]).map(
      (outcome) =>
        'error' in outcome
          ? outcome
          : {
              frames: outcome.frames.map((frame) =>
                Object.fromEntries(
                  Object.entries(frame).map(([name, texts]) => [name, texts.map(fromPython)]),
                ),
              ),
            },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const parser = `
import ast, json, sys, warnings
warnings.simplefilter('error')

def dumped(text):
    try:
        tree = ast.parse(text)
        compile(text, 'model', 'exec')
        return ast.dump(tree)
    except Exception as fault:
        return f'wrong: {fault}'

print(json.dumps([dumped(text) for text in json.load(sys.stdin)]))
`;

/** The syntax trees of texts by Python's own grammar, independent of line breaks; `wrong: …` where one is not Python. */
export function pythonTrees(python: string, texts: readonly string[]): string[] {
  const { stdout, stderr, status } = spawnSync(python, ['-c', parser], {
    ...{ input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 1 << 30 },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as string[];
}

const fromPython = (text: string): number => Number(text.replace('inf', 'Infinity'));

/** The error that is allowed where terms cancel, relative to the largest number of the frame. */
const cancelled = 1e-14;

/**
 * The cells in which Python and the machine differ by more than `tolerance`, relative to the quantity's largest number; empty if
 * none.
 */
export function differences(
  outcome: ProgramOutcome,
  machine: Machine,
  frames: number,
  tolerance: number,
): string[] {
  if ('error' in outcome) return [outcome.error];
  const found: string[] = [];
  if (outcome.frames.length !== frames) found.push(`${outcome.frames.length} frames`);
  outcome.frames.forEach((theirs, at) => {
    const { memory } = machine.frame(at + 1);
    for (const { name, shape } of machine.program.model.quantities.values()) {
      const { offset, size } = machine.layout.slot(name, machine.layout.has(name, 'new') ? 'new' : 'old');
      const ours = memory.subarray(offset, offset + size);
      const numbers = theirs[name];
      if (numbers?.length !== size) {
        found.push(`frame ${at + 1}: ${name} has ${numbers?.length} numbers, not ${size}`);
        continue;
      }
      const bound = Math.max(tolerance * largestOf(ours), cancelled * largestOf(memory));
      ours.forEach((value, flat) => {
        const same = Object.is(value, numbers[flat]) || Math.abs(value - numbers[flat]) <= bound;
        if (!same)
          found.push(
            `frame ${at + 1}: ${cellName(name, cellAt(shape, flat))} is ${value}, in Python ${numbers[flat]}`,
          );
      });
    }
  });
  return found;
}

const largestOf = (values: Float64Array): number =>
  values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);
