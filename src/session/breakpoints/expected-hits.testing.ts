import type { Model } from '../../formula/model.ts';
import type { SeededNumbers } from '../../machine/testing/models.testing.ts';
import { type Asked, newestIn, randomCondition } from '../../machine/testing/probe.testing.ts';
import { cellKey, type RecordedStep, type Recording } from '../../machine/testing/recorder.testing.ts';
import type { Breakpoint } from './breakpoint.ts';

/** A breakpoint, and independently of its text, whether a recorded step hits it. */
export interface ExpectedBreakpoint {
  readonly breakpoint: Breakpoint;
  readonly isHit: (step: RecordedStep, before: RecordedStep | undefined) => boolean;
}

/** A stop that a scan of every step finds; `step` counts across frames, from 1. */
export interface ExpectedHit {
  readonly step: number;
  readonly text: string;
  readonly hitCount: number;
}

/** Every stop of some recorded frames, in order, found by checking each of their steps: the reference for faster searches. */
export function expectedHits(
  recordings: readonly Recording[],
  expected: readonly ExpectedBreakpoint[],
): ExpectedHit[] {
  const found: ExpectedHit[] = [];
  const hits = expected.map(() => 0);
  let number = 0;
  for (const { steps } of recordings) {
    steps.forEach((step, at) => {
      number += 1;
      let stop: ExpectedHit | undefined;
      expected.forEach(({ breakpoint, isHit }, n) => {
        if (!isHit(step, steps[at - 1])) return;
        hits[n] += 1;
        const { nth, every, enabled, text } = breakpoint;
        const stops = nth !== undefined ? hits[n] === nth : every === undefined || hits[n] % every === 0;
        if (enabled && stops) stop ??= { step: number, text, hitCount: hits[n] };
      });
      if (stop !== undefined) found.push(stop);
    });
  }
  return found;
}

/**
 * A random breakpoint of any kind for a model, one in eight disabled. `schedule` is the batch's, `rounded` whether stored values
 * are.
 */
export function randomBreakpoint(
  model: Model,
  numbers: SeededNumbers,
  recording: Recording,
  schedule: string,
  rounded: boolean,
): ExpectedBreakpoint {
  const kind = numbers.pick(['formula', 'cells', 'phase', 'condition', 'condition'] as const);
  const counting = numbers.whole(1, 4);
  const counted =
    counting === 1 ? { nth: numbers.whole(1, 6) } : counting === 2 ? { every: numbers.whole(2, 5) } : {};
  const more = { enabled: numbers.whole(1, 8) > 1, ...counted };
  const formula = numbers.pick(model.formulas);
  const { target, indices } = formula;
  if (kind === 'formula')
    return {
      breakpoint: { kind, text: target, ...more },
      isHit: (step) => step.stored !== null && step.formula === formula,
    };
  if (kind === 'phase') {
    const { phase } = formula;
    // Samples that go one after the other have a part each in a pass.
    const partOf = (step: RecordedStep) =>
      schedule === 'by sample' && step.formula.indices[0]?.name === model.batch?.index ? step.at[0] : 0;
    return {
      breakpoint: { kind, text: phase, ...more },
      isHit: (step, before) =>
        step.formula.phase === phase &&
        (before === undefined ||
          before.formula.pass !== step.formula.pass ||
          partOf(before) !== partOf(step)),
    };
  }
  if (kind === 'cells' && indices.length > 0) {
    const parts = indices.map(({ range }) =>
      numbers.pick(['*', 'a', 'a', 'b', numbers.whole(range.low, range.high)]),
    );
    const matches = (at: readonly number[]) =>
      parts.every(
        (part, d) =>
          part === '*' || (typeof part === 'number' ? part === at[d] : at[parts.indexOf(part)] === at[d]),
      );
    return {
      breakpoint: { kind, text: `${target}[${parts.join(', ')}]`, ...more },
      isHit: (step) => step.stored !== null && step.formula === formula && matches(step.at),
    };
  }
  return { ...ofCondition(randomCondition(model, numbers, recording.after, rounded), more) };
}

function ofCondition(asked: Asked, more: Pick<Breakpoint, 'enabled'>): ExpectedBreakpoint {
  const readers = new Map<string, (readonly number[])[]>();
  for (const place of asked.places)
    for (const cell of asked.reads(place)) readers.set(cell, [...(readers.get(cell) ?? []), place]);
  return {
    breakpoint: { kind: 'condition', text: asked.text, ...more },
    isHit: ({ formula, at, stored, memory }) => {
      if (stored === null) return false;
      const places = readers.get(cellKey('', formula.target, at).trim()) ?? [];
      return places.some((place) => asked.value(place, newestIn(memory)) === 1);
    },
  };
}
