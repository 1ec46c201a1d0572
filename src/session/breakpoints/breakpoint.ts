/**
 * What hits a breakpoint: a cell of a formula (a line of the code) is stored, one of some cells is stored, a pass begins, or a
 * condition on the numbers holds after a cell that it reads is stored.
 */
export type BreakpointKind = 'formula' | 'cells' | 'phase' | 'condition';

/** Where a run stops. Plain data: `resolveBreakpoint` finds what its text means for a model. */
export interface Breakpoint {
  readonly kind: BreakpointKind;
  /** As typed: `δ1`, `W1[1,*]`, `backward`, `abs(δ1[j]) < 1e-3`. */
  readonly text: string;
  readonly enabled: boolean;
  /** Only this hit stops, counted from 1 at the beginning of the run. */
  readonly nth?: number;
  /** Only hits whose number is a multiple of this stop. With neither `nth` nor `every`, all do; `nth` wins over `every`. */
  readonly every?: number;
}

/**
 * The breakpoint, enabled or not, on a formula (`text` is its target, exactly as typed) or, with kind `phase`, on a phase;
 * undefined if there is none.
 */
export const breakpointAt = (
  breakpoints: readonly Breakpoint[],
  text: string,
  kind: 'formula' | 'phase' = 'formula',
): Breakpoint | undefined => breakpoints.find((one) => one.kind === kind && one.text === text);

/** The breakpoints of kind `cells`, enabled or not, on cells of the quantity `target`, such as `W1[1,*]` for W1. */
export const breakpointsWithin = (
  breakpoints: readonly Breakpoint[],
  target: string,
): readonly Breakpoint[] =>
  breakpoints.filter(({ kind, text }) => kind === 'cells' && text.trim().replace(/\s*\[.*$/s, '') === target);

/**
 * A new list with an enabled breakpoint on a formula (`text` is its target) or, with kind `phase`, on a phase added at the end;
 * or with the one that was there, enabled or not, removed.
 */
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

/**
 * A new list with the breakpoint at position `at` (from 0) replaced; removed where `change` is undefined. A copy where there is
 * no such position.
 */
export const replaced = (
  breakpoints: readonly Breakpoint[],
  at: number,
  change: Breakpoint | undefined,
): readonly Breakpoint[] => breakpoints.flatMap((one, n) => (n === at ? (change ?? []) : one));
