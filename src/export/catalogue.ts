import { asciiName } from '../formula/notation.ts';
import type { Machine } from '../machine/machine.ts';
import { csvNumbers, csvTrace } from './csv.ts';
import { jsonLines, jsonNumbers, jsonTrace } from './json.ts';
import { exportNumpy } from './numpy.ts';
import { exportTorch } from './torch.ts';
import { type Grain, trace } from './trace.ts';

export interface ExportRequest {
  /** What the model is called. */
  readonly title: string;
  /** From the first on; of numbers, the frame after which they are read. */
  readonly frames: number;
  /** How fine a trace is; each operation if left out. */
  readonly grain?: Grain;
}

/** A form in which a run can be taken away. */
export interface Export {
  readonly label: string;
  readonly mediaType: string;
  /** What comes after the model's name in the file's. */
  readonly ending: string;
  /** The text in pieces, made as it is read, so that a run of millions of steps needs no memory. */
  readonly text: (machine: Machine, request: ExportRequest) => Iterable<string>;
}

const steps = (machine: Machine, { frames, grain = 'operation' }: ExportRequest) =>
  trace(machine, frames, grain);

/** All forms there are. */
export const exportForms = {
  numpy: {
    label: 'NumPy program',
    mediaType: 'text/x-python',
    ending: '-numpy.py',
    text: (machine, request) => [exportNumpy(machine, request)],
  },
  pytorch: {
    label: 'PyTorch program',
    mediaType: 'text/x-python',
    ending: '-pytorch.py',
    text: (machine, request) => [exportTorch(machine, request)],
  },
  stepsCsv: {
    label: 'steps as CSV',
    mediaType: 'text/csv',
    ending: '-steps.csv',
    text: (machine, request) => csvTrace(steps(machine, request)),
  },
  stepsJson: {
    label: 'steps as JSON',
    mediaType: 'application/json',
    ending: '-steps.json',
    text: (machine, request) => jsonTrace(steps(machine, request), machine, request),
  },
  stepsJsonLines: {
    label: 'steps as JSON lines',
    mediaType: 'application/x-ndjson',
    ending: '-steps.jsonl',
    text: (machine, request) => jsonLines(steps(machine, request)),
  },
  numbersCsv: {
    label: 'numbers of a frame as CSV',
    mediaType: 'text/csv',
    ending: '-numbers.csv',
    text: (machine, { frames }) => csvNumbers(machine, frames),
  },
  numbersJson: {
    label: 'numbers of a frame as JSON',
    mediaType: 'application/json',
    ending: '-numbers.json',
    text: (machine, { title, frames }) => jsonNumbers(machine, { title, frame: frames }),
  },
} satisfies Record<string, Export>;

export type ExportForm = keyof typeof exportForms;

/** The name of the file, in ASCII whatever the model is called: `lecture-numpy.py`. */
export function exportFileName(form: ExportForm, title: string): string {
  return `${asciiName(title)}${exportForms[form].ending}`;
}
