import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Findings } from '../lesson/markdown/finding.ts';
import { LessonModel } from '../lesson/model/model.ts';
import { modelsIn } from '../lesson/model/model-fence.ts';
import { tablesBeside } from './lesson-data.ts';
import { UsageFault } from './settings/usage-fault.ts';

/**
 * The text of a file that is named on the command line, as UTF-8 without a byte order mark. Throws a `UsageFault` where it
 * cannot be read or has a byte 0, and so is no text.
 */
export function readText(path: string): string {
  const bytes = bytesOf(path);
  // A picture or an archive would give a finding for every character.
  if (bytes.includes(0)) throw new UsageFault(`cannot read ${path}: it is not text`);
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (fault) {
    const { code, message } = fault as NodeJS.ErrnoException;
    const known: Record<string, string> = {
      ENOENT: 'there is no such file',
      ENOTDIR: 'there is no such file',
      EISDIR: `that is a folder; name files in it, such as ${path.replace(/\/+$/, '')}/*.md`,
      EACCES: 'you may not read it',
    };
    throw new UsageFault(`cannot read ${path}: ${known[code ?? ''] ?? message}`);
  }
}

/** The models of a file. */
export interface ModelFile {
  /** By name, in the order of the file. */
  readonly models: ReadonlyMap<string, LessonModel>;
  readonly findings: Findings;
  /** Whether it contains formulas and nothing else: no Markdown. */
  readonly isPlain: boolean;
}

/**
 * Reads the models of a file: those between fences; in a file that is not `.md` and has no fence, the whole text is one, named
 * `model`. Data files are searched beside it. Mistakes are findings; throws a `UsageFault` where the file cannot be read.
 */
export function readModelFile(path: string): ModelFile {
  const text = readText(path);
  const tables = tablesBeside(dirname(path));
  const { models, findings } = modelsIn(text, path, tables);
  const isPlain = models.size === 0 && findings.all.length === 0 && !/\.(md|markdown)$/i.test(path);
  if (isPlain && text.trim() !== '') {
    const model = new LessonModel('model', text, { line: 1, column: 1 }, tables);
    for (const diagnostic of model.diagnostics) findings.model(diagnostic, model.start);
    models.set(model.id, model);
  }
  return { models, findings, isPlain };
}
