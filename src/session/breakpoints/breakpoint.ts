/** What a breakpoint is about: a line of the code, some cells, a phase, or numbers of which something has to hold. */
export type BreakpointKind = 'formula' | 'cells' | 'phase' | 'condition';

/** Where a run stops. Plain data: what it means for a model is found out from its text. */
export interface Breakpoint {
  readonly kind: BreakpointKind;
  /** As it was typed: `δ1`, `W1[1,*]`, `backward`, `abs(δ1[j]) < 1e-3`. */
  readonly text: string;
  readonly enabled: boolean;
  /** Which of its hits stop, counted from the run's beginning: this one only … */
  readonly nth?: number;
  /** … or each that is a multiple of it; all of them, where neither is said. */
  readonly every?: number;
}

/** The breakpoint on a line of the code or on a phase, if there is one. */
export const breakpointAt = (
  breakpoints: readonly Breakpoint[],
  text: string,
  kind: 'formula' | 'phase' = 'formula',
): Breakpoint | undefined => breakpoints.find((one) => one.kind === kind && one.text === text);

/** Breakpoints on some of the cells that a line computes. */
export const breakpointsWithin = (
  breakpoints: readonly Breakpoint[],
  target: string,
): readonly Breakpoint[] =>
  breakpoints.filter(({ kind, text }) => kind === 'cells' && text.trim().replace(/\s*\[.*$/s, '') === target);

/** The list with a breakpoint on a line or a phase, or without it where there was one. */
export function toggled(
  breakpoints: readonly Breakpoint[],
  text: string,
  kind: 'formula' | 'phase' = 'formula',
): readonly Breakpoint[] {
  const before = breakpointAt(breakpoints, text, kind);
  return before === undefined
    ? [...breakpoints, { kind, text, enabled: true }]
    : breakpoints.filter((one) => one !== before);
}

/** The list with one of its breakpoints changed, or without it. */
export const replaced = (
  breakpoints: readonly Breakpoint[],
  at: number,
  change: Breakpoint | undefined,
): readonly Breakpoint[] => breakpoints.flatMap((one, n) => (n === at ? (change ?? []) : one));

/** The first hit after so many that stops; undefined where none does. */
export function nextStoppingHit({ nth, every }: Breakpoint, hits: number): number | undefined {
  if (nth !== undefined) return hits < nth ? nth : undefined;
  return every === undefined ? hits + 1 : (Math.floor(hits / every) + 1) * every;
}

/** The last hit among so many that stops; undefined where none does. */
export function lastStoppingHit({ nth, every }: Breakpoint, hits: number): number | undefined {
  if (nth !== undefined) return nth <= hits ? nth : undefined;
  const last = every === undefined ? hits : Math.floor(hits / every) * every;
  return last > 0 ? last : undefined;
}
