import { greek } from '../formula/notation.ts';
import type { Machine } from '../machine/machine.ts';
import type { Steps } from '../program/program.ts';
import { latexDocument, latexFragment } from './latex/latex.ts';
import { exportNumpy } from './python/numpy.ts';
import { exportTorch } from './python/torch.ts';
import { csvNumbers, csvTrace } from './trace/csv.ts';
import { jsonLines, jsonNumbers, jsonTrace } from './trace/json.ts';
import { type TraceGrain, trace } from './trace/trace.ts';

/** What to export of a run. */
export interface ExportRequest {
  /** The model's name, as the file shows it. */
  readonly title: string;
  /** Frames 1 to this one are exported; for numbers, those at the end of this one. */
  readonly frames: number;
  /** Whether a trace has an entry for each operation (the default) or each cell. */
  readonly grain?: TraceGrain;
  /** The steps of a derivation, counted across frames, both ends inclusive; all of the frames if left out. */
  readonly steps?: Steps;
  /** How many significant digits a derivation shows where the lesson has no rule; 6 if left out. */
  readonly digits?: number;
}

/** The part of a run that a form covers: the first frames, the numbers after one frame, or a range of steps. */
export type ExportExtent = 'frames' | 'after' | 'part';

/** Whether a form is to be run, to be read, or to be processed. */
export type Purpose = 'program' | 'document' | 'data';

/** A form in which a run can be exported. Its name and a hint are in `exportDialogWords`: `numpy`, `numpyHint`. */
export interface Export {
  /** What the file is for. */
  readonly purpose: Purpose;
  readonly extent: ExportExtent;
  /** The values of `--as` and `--of` that choose it on the command line; without them, only a page offers it. */
  readonly command?: { readonly as: string; readonly of: 'steps' | 'numbers' };
  /** Whether `ExportRequest.grain` applies. */
  readonly hasGrain?: boolean;
  /**
   * Present where it cannot round as the lesson does: why, and what to ask the command line for instead. It takes a machine at
   * full precision.
   */
  readonly fullPrecision?: { readonly because: string; readonly instead: string };
  readonly mediaType: string;
  /** The end of the file's name, after the model's: `-steps.csv`. */
  readonly ending: string;
  /**
   * The text in parts, made lazily, so that a run of millions of steps needs no memory. Frames that have not been run are run.
   */
  readonly text: (machine: Machine, request: ExportRequest) => Iterable<string>;
}

const steps = (machine: Machine, { frames, grain = 'operation' }: ExportRequest) =>
  trace(machine, frames, grain);

const part = (machine: Machine, request: ExportRequest) => ({
  ...request,
  steps: request.steps ?? { first: 1, last: machine.stepAt(request.frames, machine.program.size) },
});

/**
 * All forms, those of one purpose in the order in which they are offered. The command line and the dialog read this table; the
 * forms' names are in `exportDialogWords`.
 */
export const exportForms = {
  numpy: {
    purpose: 'program',
    extent: 'frames',
    command: { as: 'numpy', of: 'steps' },
    mediaType: 'text/x-python',
    ending: '-numpy.py',
    text: (machine, request) => [exportNumpy(machine, request)],
  },
  pytorch: {
    purpose: 'program',
    extent: 'frames',
    command: { as: 'pytorch', of: 'steps' },
    fullPrecision: {
      because: 'a PyTorch program computes in full precision, since what is rounded has no derivative',
      instead: '--as numpy',
    },
    mediaType: 'text/x-python',
    ending: '-pytorch.py',
    text: (machine, request) => [exportTorch(machine, request)],
  },
  latex: {
    purpose: 'document',
    extent: 'part',
    command: { as: 'latex', of: 'steps' },
    mediaType: 'application/x-tex',
    ending: '-derivation.tex',
    text: (machine, request) => latexDocument(machine, part(machine, request)),
  },
  latexFragment: {
    purpose: 'document',
    extent: 'part',
    mediaType: 'application/x-tex',
    ending: '-derivation-fragment.tex',
    text: (machine, request) => latexFragment(machine, part(machine, request)),
  },
  stepsCsv: {
    purpose: 'data',
    extent: 'frames',
    command: { as: 'csv', of: 'steps' },
    hasGrain: true,
    mediaType: 'text/csv',
    ending: '-steps.csv',
    text: (machine, request) => csvTrace(steps(machine, request)),
  },
  stepsJson: {
    purpose: 'data',
    extent: 'frames',
    command: { as: 'json', of: 'steps' },
    hasGrain: true,
    mediaType: 'application/json',
    ending: '-steps.json',
    text: (machine, request) => jsonTrace(steps(machine, request), machine, request),
  },
  stepsJsonLines: {
    purpose: 'data',
    extent: 'frames',
    command: { as: 'jsonl', of: 'steps' },
    hasGrain: true,
    mediaType: 'application/x-ndjson',
    ending: '-steps.jsonl',
    text: (machine, request) => jsonLines(steps(machine, request)),
  },
  numbersCsv: {
    purpose: 'data',
    extent: 'after',
    command: { as: 'csv', of: 'numbers' },
    mediaType: 'text/csv',
    ending: '-numbers.csv',
    text: (machine, { frames }) => csvNumbers(machine, frames),
  },
  numbersJson: {
    purpose: 'data',
    extent: 'after',
    command: { as: 'json', of: 'numbers' },
    mediaType: 'application/json',
    ending: '-numbers.json',
    text: (machine, { title, frames }) => jsonNumbers(machine, { title, frame: frames }),
  },
} satisfies Record<string, Export>;

/** A key of `exportForms`. */
export type ExportForm = keyof typeof exportForms;

const allForms = Object.keys(exportForms) as ExportForm[];

/** The forms with a purpose, in the order in which they are offered: keys of `exportForms`. */
export const formsFor = (purpose: Purpose): ExportForm[] =>
  allForms.filter((form) => exportForms[form].purpose === purpose);

/**
 * The name of an exported file, in ASCII whatever the model's title, lower case: `lecture-numpy.py`; `model-numpy.py` where the
 * title has no letters for it.
 */
export const exportFileName = (form: ExportForm, title: string): string =>
  fileName(title, exportForms[form].ending);

/** A name in small ASCII letters, digits and hyphens, for a file name: `delta-1` for "Δ 1"; `model` where nothing is left. */
function asciiName(name: string): string {
  const spelled = [...name].map((char) => greek.get(char) ?? char).join('');
  const plain = spelled.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'model';
}

/**
 * A file's name: the title in lower-case ASCII, `model` where it has no letters for it, followed by `ending` as it is,
 * `-steps.csv`.
 */
export const fileName = (title: string, ending: string): string => `${asciiName(title)}${ending}`;
