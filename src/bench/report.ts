import { format } from '../number/format.ts';
import type { Aim } from './aims.ts';
import type { WorkloadResult } from './result.ts';
import { columns } from './table.ts';

/** What the numbers depend on. */
export const environment = (): string =>
  `Node ${process.version}, V8 ${process.versions.v8}, WebAssembly ${typeof WebAssembly === 'object' ? 'available to peers' : 'not available'}; Backstep uses none`;

const digits = (count: number) => ({ precision: { kind: 'significant', digits: count }, pad: true }) as const;

/** A ratio, a time: three digits are more than the machine's noise bears. */
export const shown = (value: number): string => format(value, digits(3));

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

export const aimsTable = (aims: readonly Aim[]): string =>
  `Aims\n${aims.map(({ verdict, text }) => `  ${verdict.padEnd(12)}  ${text}\n`).join('')}`;
