import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { examinationLines, examinations, examinationTable } from '../export/trace/examinations.ts';
import { jsonLines } from '../export/trace/json.ts';
import { table, trace } from '../export/trace/trace.ts';
import { findingLine } from '../lesson/markdown/finding.ts';
import type { LessonModel } from '../lesson/model/model.ts';
import { frameCount, grains, oneOf, precisions, readArguments, runOptions } from './arguments.ts';
import { checkLessons, report } from './check.ts';
import { exportUsage, readExport } from './export-arguments.ts';
import { readModelFile } from './model-file.ts';
import { UsageFault } from './settings/usage-fault.ts';

const usage = `backstep trace FILE.md [--model ID] [--format table|jsonl] [--precision lesson|full] [--frames N] [--grain operation|cell|examination]
backstep export FILE.md ${exportUsage} [--model ID] [--precision lesson|full] [--frames N] [--grain operation|cell]
backstep check FILE.md …
`;

/** The streams that a command writes to: the process's own, or a test's. */
export interface Terminal {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/**
 * Runs a command, `args` being the words after `backstep`, and writes its output to `terminal`, which stays open; resolves to
 * its exit status: 0, 1 for findings or a model that does not run, 2 for wrong use, which is explained on stderr. Rejects with
 * other exceptions.
 */
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
  throw new UsageFault(`${name ? `there is no command ${name}` : 'what to do?'}\n${usage.trimEnd()}`);
}

async function traceCommand(words: string[], terminal: Terminal): Promise<number> {
  const { values, files } = readArguments('trace', words, [...runOptions, 'format']);
  const form = oneOf('format', values.format ?? 'table', ['table', 'jsonl']);
  const precision = oneOf('precision', values.precision ?? 'lesson', precisions);
  const grain = oneOf('grain', values.grain ?? 'operation', [...grains, 'examination'] as const);
  const frames = frameCount(values.frames);
  const model = chosenModel(onePath('trace', files), values.model, 'tracing', terminal);
  if (model === undefined) return 1;
  const machine = model.machine(precision);
  if (grain === 'examination') {
    if (machine.program.model.examination === undefined) {
      terminal.stderr.write(
        `backstep: ${model.id} holds no samples back; write examine y against t, last 20\n`,
      );
      return 1;
    }
    const examined = examinations(machine, frames);
    await write(form === 'jsonl' ? examinationLines(examined) : examinationTable(examined), terminal);
    return 0;
  }
  const steps = trace(machine, frames, grain);
  await write(form === 'jsonl' ? jsonLines(steps) : table(steps, machine, frames), terminal);
  return 0;
}

async function exportCommand(words: string[], terminal: Terminal): Promise<number> {
  const { form, files, id, run, frames, grain } = readExport(words);
  const model = chosenModel(onePath('export', files), id, 'exporting', terminal);
  if (model === undefined) return 1;
  await write(form.text(model.machine(run), { title: model.id, frames, grain }), terminal);
  return 0;
}

function onePath(command: string, [path, ...more]: readonly string[]): string {
  if (path === undefined) throw new UsageFault(`${command} takes one file; name it behind ${command}`);
  if (more.length > 0) throw new UsageFault(`${command} takes one file, not ${more.length + 1}`);
  return path;
}

/** The chosen model, by default the first one; undefined where it does not run. Findings of the file are written to stderr. */
function chosenModel(
  path: string,
  id: string | undefined,
  doing: string,
  { stderr }: Terminal,
): LessonModel | undefined {
  const { models, findings } = readModelFile(path);
  const ids = [...models.keys()];
  if (ids.length === 0 && findings.all.length === 0)
    throw new UsageFault(`${path} has no model; write one between \`\`\`{model} id and \`\`\``);
  if (id !== undefined && ids.length > 0 && !models.has(id)) {
    throw new UsageFault(`${path} has no model ${id}; it has ${ids.join(', ')}`);
  }
  if (id === undefined && ids.length > 1) {
    stderr.write(`${path} has the models ${ids.join(', ')}; ${doing} ${ids[0]} (choose with --model)\n`);
  }
  const model = models.get(id ?? ids[0]);
  for (const finding of findings.sorted) stderr.write(`${findingLine(finding)}\n`);
  return model?.program && model;
}

async function checkCommand(words: string[], terminal: Terminal): Promise<number> {
  const { files } = readArguments('check', words, []);
  if (files.length === 0) throw new UsageFault('check takes the files to check');
  const paths = [...new Set(files)];
  const findings = checkLessons(paths);
  await write([report(findings, paths.length)], terminal);
  return findings.length > 0 ? 1 : 0;
}

/** Writes as fast as the stream is read; a reader such as `head` may close it early. */
async function write(lines: Iterable<string>, { stdout }: Terminal): Promise<void> {
  try {
    await pipeline(Readable.from(blocks(lines)), stdout, { end: false });
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EPIPE') throw fault;
  }
}

/** Lines joined into blocks of about 64 kB, to save system calls. */
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
