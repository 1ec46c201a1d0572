import { cpus } from 'node:os';
import { format } from '../number/format.ts';
import type { Aim } from './aims.ts';
import type { WorkloadResult } from './result.ts';
import type { SteppingReport } from './stepping.ts';
import { columns } from './table.ts';

/** A line, without its end, about the Node version, the processor and WebAssembly, on which the numbers depend. */
export const environment = (): string =>
  [
    `Node ${process.version}, V8 ${process.versions.v8}, ${cpus()[0]?.model ?? 'unknown processor'}`,
    `WebAssembly is ${typeof WebAssembly === 'object' ? 'there' : 'not there'}`,
  ].join('; ');

const digits = (count: number) => ({ precision: { kind: 'significant', digits: count }, pad: true }) as const;

/**
 * A number with three significant digits, zeros included: `1.50`; more would be noise. Signs, powers of ten, ∞ and NaN are as
 * `format` writes them for readers. Units are left to the caller.
 */
export const shown = (value: number): string => format(value, digits(3));

/** The results of a workload as text: a heading, a table and notes, each line ended by a newline. Times are in µs for a frame. */
export function workloadTable({ title, operations, entries, bits, notes }: WorkloadResult): string {
  const rows = entries.map(({ name, ratio, milliseconds, frames, difference, agrees }) => [
    name,
    shown(ratio.median),
    `${shown(ratio.low)} – ${shown(ratio.high)}`,
    shown(milliseconds * 1000),
    `${agrees ? '' : 'DIFFERS '}${format(difference, digits(1))} after ${frames}`,
  ]);
  const head = ['', '× plain loop', 'lowest – highest', 'µs a frame', 'loss differs by'];
  const stepped =
    bits.different === undefined
      ? `${bits.cells} cells have the same bits trained and stepped`
      : `${bits.different} has other bits trained than stepped`;
  const below = [stepped, ...notes].map((note) => `  ${note}\n`).join('');
  return `${title}, ${operations} operations a frame\n${columns(head, rows)}${below}`;
}

/** The heading `Aims` and the aims as text, a line each, every line ended by a newline. */
export const aimsTable = (aims: readonly Aim[]): string =>
  `Aims\n${aims.map(({ verdict, text }) => `  ${verdict.padEnd(12)}  ${text}\n`).join('')}`;

/** The results of stepping as text: a heading and a table with units, each line ended by a newline. */
export function steppingTable(report: SteppingReport): string {
  const { frames, operations, jump } = report;
  const rows: [string, number, string][] = [
    ['locate', report.locate, 'µs'],
    ['next', report.next, 'µs'],
    ['back', report.back, 'µs'],
    ['a jump, median', jump.median, 'ms'],
    ['a jump, 99 of 100', jump.high, 'ms'],
    ['a jump, the worst', jump.worst, 'ms'],
    ['a whole weight matrix', report.array, 'ms'],
    ['remembered, and frames at hand', report.bytes / 1e6, 'MB'],
    ['all typed arrays of the process', report.buffers / 1e6, 'MB'],
    ['a frame of training', report.training, 'ms'],
    ['the same, evaluation only', report.evaluation, 'ms'],
    ['recording adds', 100 * report.recording, '%'],
  ];
  const head = `Stepping through ${frames} frames of 784-256-128-10, ${shown((frames * operations) / 1e6)} million operations`;
  return `${head}\n${columns(
    ['', 'measured'],
    rows.map(([what, value, unit]) => [what, `${shown(value)} ${unit}`]),
  )}`;
}
