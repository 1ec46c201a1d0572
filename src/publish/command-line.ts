import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { type ExportForm, exportForms } from '../export/catalogue.ts';
import { jsonLines } from '../export/json.ts';
import { type Grain, table, trace } from '../export/trace.ts';
import { findingLine } from '../lesson/finding.ts';
import { LessonModel } from '../lesson/model.ts';
import { modelsIn } from '../lesson/model-fence.ts';
import { checkLessons, report } from './check.ts';
import { tablesBeside } from './lesson-data.ts';

const usage = `backstep trace FILE.md [--model ID] [--format table|jsonl] [--precision lesson|full] [--frames N] [--grain operation|cell]
backstep export FILE.md --as numpy|pytorch|latex|csv|json|jsonl [--of steps|numbers] [--model ID] [--precision lesson|full] [--frames N] [--grain operation|cell]
backstep check FILE.md …
`;

/** Where a command writes: the process's own streams, or a test's. */
export interface Terminal {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** Said to the person at the keyboard; the command ends with status 2. */
class UsageFault extends Error {}

/** Runs a command and gives its exit status. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (fault) {
    if (!(fault instanceof UsageFault)) throw fault;
    terminal.stderr.write(`backstep: ${fault.message}\n`);
    return 2;
  }
}

async function dispatch([name, ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  const asks = (word: string | undefined) => word === '--help' || word === '-h' || word === 'help';
  if (asks(name) || rest.some((word) => word !== 'help' && asks(word))) {
    await write([usage], terminal);
    return 0;
  }
  if (name === 'trace') return await traceCommand(rest, terminal);
  if (name === 'export') return await exportCommand(rest, terminal);
  if (name === 'check') return await checkCommand(rest, terminal);
  throw new UsageFault(
    `${name === undefined ? 'what to do?' : `there is no command ${name}`}\n${usage.trimEnd()}`,
  );
}

const runOptions = {
  model: { type: 'string' },
  precision: { type: 'string' },
  frames: { type: 'string', default: '1' },
  grain: { type: 'string', default: 'operation' },
} satisfies Options;

async function traceCommand(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parsed(args, {
    ...runOptions,
    format: { type: 'string', default: 'table' },
  });
  const path = onePath('trace', positionals);
  const form = oneOf('format', values.format, ['table', 'jsonl']);
  const run = oneOf('precision', values.precision ?? 'lesson', ['lesson', 'full']);
  const grain: Grain = oneOf('grain', values.grain, ['operation', 'cell']);
  const frames = frameCount(values.frames);
  const model = chosenModel(path, values.model, 'tracing', terminal);
  if (model === undefined) return 1;
  const machine = model.machine(run);
  const steps = trace(machine, frames, grain);
  await write(form === 'jsonl' ? jsonLines(steps) : table(steps, machine, frames), terminal);
  return 0;
}

/** What `--as` and `--of` mean together. */
const forms: Record<string, Partial<Record<string, ExportForm>>> = {
  numpy: { steps: 'numpy' },
  pytorch: { steps: 'pytorch' },
  latex: { steps: 'latex' },
  csv: { steps: 'stepsCsv', numbers: 'numbersCsv' },
  json: { steps: 'stepsJson', numbers: 'numbersJson' },
  jsonl: { steps: 'stepsJsonLines' },
};

async function exportCommand(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parsed(args, {
    ...runOptions,
    as: { type: 'string' },
    of: { type: 'string', default: 'steps' },
  });
  const path = onePath('export', positionals);
  const as = oneOf('as', values.as, Object.keys(forms));
  const of = oneOf('of', values.of, Object.keys(forms[as]));
  const precisions = as === 'pytorch' ? (['full'] as const) : (['lesson', 'full'] as const);
  const run = oneOf('precision', values.precision ?? precisions[0], precisions);
  const grain: Grain = oneOf('grain', values.grain, ['operation', 'cell']);
  const frames = frameCount(values.frames);
  const model = chosenModel(path, values.model, 'exporting', terminal);
  if (model === undefined) return 1;
  const { text } = exportForms[forms[as][of] as ExportForm];
  await write(text(model.machine(run), { title: model.id, frames, grain }), terminal);
  return 0;
}

function onePath(command: string, [path, ...more]: readonly string[]): string {
  if (path === undefined || more.length > 0) throw new UsageFault(`${command} takes one file`);
  return path;
}

function frameCount(text: string | undefined): number {
  const frames = Number(text);
  if (!/^\d+$/.test(text ?? '') || frames < 1 || !Number.isSafeInteger(frames)) {
    throw new UsageFault(`--frames takes a whole number from 1, not ${text}`);
  }
  return frames;
}

/** The model that is asked for; undefined after saying what is wrong with it. */
function chosenModel(
  path: string,
  id: string | undefined,
  doing: string,
  { stderr }: Terminal,
): LessonModel | undefined {
  const text = read(path);
  const tables = tablesBeside(dirname(path));
  const { models, findings } = modelsIn(text, path, tables);
  if (models.size === 0 && !/\.(md|markdown)$/i.test(path)) {
    const model = new LessonModel('model', text, { line: 1, column: 1 }, tables);
    for (const diagnostic of model.diagnostics) findings.model(diagnostic, model.start);
    models.set(model.id, model);
  }
  const ids = [...models.keys()];
  if (ids.length === 0)
    throw new UsageFault(`${path} has no model; write one between \`\`\`{model} id and \`\`\``);
  if (id !== undefined && !models.has(id)) {
    throw new UsageFault(`${path} has no model ${id}; it has ${ids.join(', ')}`);
  }
  if (id === undefined && ids.length > 1) {
    stderr.write(`${path} has the models ${ids.join(', ')}; ${doing} ${ids[0]} (choose with --model)\n`);
  }
  const model = models.get(id ?? ids[0]);
  for (const finding of findings.sorted) stderr.write(`${findingLine(finding)}\n`);
  return model?.program && model;
}

async function checkCommand(args: string[], terminal: Terminal): Promise<number> {
  const { positionals } = parsed(args, {});
  if (positionals.length === 0) throw new UsageFault('check takes the files to check');
  for (const path of positionals) read(path);
  const findings = checkLessons(positionals);
  await write([report(findings, positionals.length)], terminal);
  return findings.length > 0 ? 1 : 0;
}

type Options = Record<string, { type: 'string'; default?: string }>;

function parsed<T extends Options>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (fault) {
    throw new UsageFault((fault as Error).message);
  }
}

function oneOf<T extends string>(flag: string, value: string | undefined, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new UsageFault(`--${flag} is ${allowed.join(' or ')}, not ${value}`);
  return found;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    const why =
      { ENOENT: 'there is no such file', EISDIR: 'that is a folder' }[code ?? ''] ?? (fault as Error).message;
    throw new UsageFault(`cannot read ${path}: ${why}`);
  }
}

/** Writes as fast as it is read; a reader that has seen enough, such as head, may leave. */
async function write(lines: Iterable<string>, { stdout }: Terminal): Promise<void> {
  try {
    await pipeline(Readable.from(blocks(lines)), stdout, { end: false });
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EPIPE') throw fault;
  }
}

/** Lines gathered into blocks that are worth a system call. */
function* blocks(lines: Iterable<string>): Generator<string> {
  let block = '';
  for (const line of lines) {
    block += line;
    if (block.length > 1 << 16) {
      yield block;
      block = '';
    }
  }
  yield block;
}
