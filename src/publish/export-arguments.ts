import { type Export, exportForms } from '../export/catalogue.ts';
import type { TraceGrain } from '../export/trace/trace.ts';
import type { RunPrecision } from '../machine/machine.ts';
import { frameCount, grains, oneOf, precisions, readArguments, runOptions } from './arguments.ts';
import { UsageFault } from './settings/usage-fault.ts';

const forms: readonly Export[] = Object.values(exportForms);
const commands = forms.flatMap(({ command }) => command ?? []);

const distinct = <Word extends string>(words: readonly Word[]): Word[] => [...new Set(words)];

/** The values of `--as`. */
export const formNames: readonly string[] = distinct(commands.map(({ as }) => as));
const subjects = distinct(commands.map(({ of }) => of));

/** The values of `--as` that go with `--grain`. */
const grainedNames = forms.flatMap(({ command, hasGrain }) => (hasGrain && command ? [command.as] : []));

/** The usage of `export`: its options that choose a form, in one line. */
export const exportUsage = `--as ${formNames.join('|')} [--of ${subjects.join('|')}]`;

/** The parsed arguments of `export`. */
export interface ExportArguments {
  readonly form: Export;
  /** The files that are named; the caller checks that there is one. */
  readonly files: readonly string[];
  /** The name of the model; undefined if it is not given. */
  readonly id: string | undefined;
  /** `full` for forms that cannot round. */
  readonly run: RunPrecision;
  /** From 1. */
  readonly frames: number;
  readonly grain: TraceGrain;
}

/**
 * Reads the words after `export`. Throws a `UsageFault` for unknown, missing or conflicting options; files and the model's name
 * are not checked.
 */
export function readExport(words: readonly string[]): ExportArguments {
  const { values, files } = readArguments('export', words, [...runOptions, 'as', 'of']);
  const form = chosenForm(values.as, values.of);
  const wished = values.precision && oneOf('precision', values.precision, precisions);
  if (form.fullPrecision !== undefined && wished === 'lesson') {
    const { because, instead } = form.fullPrecision;
    throw new UsageFault(`${because}; write ${instead}, or --precision full`);
  }
  const run = form.fullPrecision === undefined ? wished || 'lesson' : 'full';
  const grain = oneOf('grain', values.grain ?? 'operation', grains);
  if (values.grain !== undefined && !form.hasGrain)
    throw new UsageFault(`--grain is for the steps as ${listed(grainedNames)}; leave it out`);
  return { form, files, id: values.model, run, frames: frameCount(values.frames), grain };
}

/** What `--as` and `--of` mean together; without `--of` the steps, or the only form there is. */
function chosenForm(asked: string | undefined, subject: string | undefined): Export {
  const as = oneOf('as', asked, formNames);
  const so = forms.filter(({ command }) => command?.as === as);
  if (subject === undefined && so.length === 1) return so[0];
  const of = oneOf('of', subject ?? 'steps', subjects);
  const form = so.find(({ command }) => command?.of === of);
  if (form !== undefined) return form;
  const able = commands.filter((one) => one.of === of).map((one) => one.as);
  throw new UsageFault(`--of ${of} goes with --as ${able.join(' or ')}, not with --as ${as}`);
}

/** `csv, json or jsonl` */
const listed = (words: readonly string[]): string => words.join(', ').replace(/, (?=[^,]*$)/, ' or ');
