import { asciiName } from '../formula/notation.ts';
import type { Machine } from '../machine/machine.ts';
import type { Steps } from '../program/program.ts';
import { latexDocument, latexFragment } from './latex/latex.ts';
import { exportNumpy } from './python/numpy.ts';
import { exportTorch } from './python/torch.ts';
import { csvNumbers, csvTrace } from './trace/csv.ts';
import { jsonLines, jsonNumbers, jsonTrace } from './trace/json.ts';
import { type Grain, trace } from './trace/trace.ts';

export interface ExportRequest {
  /** What the model is called. */
  readonly title: string;
  /** From the first on; of numbers, the frame after which they are read. */
  readonly frames: number;
  /** How fine a trace is; each operation if left out. */
  readonly grain?: Grain;
  /** What a derivation is of, counted across frames; all of the frames if left out. */
  readonly steps?: Steps;
  /** How many significant digits a derivation shows where the lesson has no rule. */
  readonly digits?: number;
}

/** What of a run is asked for: the first frames, the numbers after one, or a part of it. */
export type Extent = 'frames' | 'after' | 'part';

/** A form in which a run can be taken away. What it is called stands with the words. */
export interface Export {
  readonly extent: Extent;
  readonly mediaType: string;
  /** What comes after the model's name in the file's. */
  readonly ending: string;
  /** The text in pieces, made as it is read, so that a run of millions of steps needs no memory. */
  readonly text: (machine: Machine, request: ExportRequest) => Iterable<string>;
}

const steps = (machine: Machine, { frames, grain = 'operation' }: ExportRequest) =>
  trace(machine, frames, grain);

const part = (machine: Machine, request: ExportRequest) => ({
  ...request,
  steps: request.steps ?? { first: 1, last: machine.stepAt(request.frames, machine.program.size) },
});

/** All forms there are. */
export const exportForms = {
  numpy: {
    extent: 'frames',
    mediaType: 'text/x-python',
    ending: '-numpy.py',
    text: (machine, request) => [exportNumpy(machine, request)],
  },
  pytorch: {
    extent: 'frames',
    mediaType: 'text/x-python',
    ending: '-pytorch.py',
    text: (machine, request) => [exportTorch(machine, request)],
  },
  latex: {
    extent: 'part',
    mediaType: 'application/x-tex',
    ending: '-derivation.tex',
    text: (machine, request) => latexDocument(machine, part(machine, request)),
  },
  latexFragment: {
    extent: 'part',
    mediaType: 'application/x-tex',
    ending: '-derivation-fragment.tex',
    text: (machine, request) => latexFragment(machine, part(machine, request)),
  },
  stepsCsv: {
    extent: 'frames',
    mediaType: 'text/csv',
    ending: '-steps.csv',
    text: (machine, request) => csvTrace(steps(machine, request)),
  },
  stepsJson: {
    extent: 'frames',
    mediaType: 'application/json',
    ending: '-steps.json',
    text: (machine, request) => jsonTrace(steps(machine, request), machine, request),
  },
  stepsJsonLines: {
    extent: 'frames',
    mediaType: 'application/x-ndjson',
    ending: '-steps.jsonl',
    text: (machine, request) => jsonLines(steps(machine, request)),
  },
  numbersCsv: {
    extent: 'after',
    mediaType: 'text/csv',
    ending: '-numbers.csv',
    text: (machine, { frames }) => csvNumbers(machine, frames),
  },
  numbersJson: {
    extent: 'after',
    mediaType: 'application/json',
    ending: '-numbers.json',
    text: (machine, { title, frames }) => jsonNumbers(machine, { title, frame: frames }),
  },
} satisfies Record<string, Export>;

export type ExportForm = keyof typeof exportForms;

/** The name of the file, in ASCII whatever the model is called: `lecture-numpy.py`. */
export const exportFileName = (form: ExportForm, title: string): string =>
  fileName(title, exportForms[form].ending);

/** A file's name, in ASCII whatever the model is called. */
export const fileName = (title: string, ending: string): string => `${asciiName(title)}${ending}`;
