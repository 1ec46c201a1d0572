import { stretches } from '../formula/compile/batch.ts';
import { dependOn } from '../formula/dependence.ts';
import type { Diagnostics } from '../formula/diagnostic.ts';
import type { Formula, Model } from '../formula/model.ts';
import type { BatchSchedule } from '../formula/statement.ts';
import { scheduleFormulas } from './schedule.ts';
import { type Block, loop, type Node } from './tree.ts';

/**
 * A frame as a tree: its passes one after the other, each in a block with its position. With the `schedule` `by sample`,
 * unless the batch has to go together, a loop over the samples is outermost around those formulas of forward and backward that
 * are per sample; formulas about all samples come before or after it. A cycle is reported to `diagnostics`; the tree is then
 * incomplete.
 */
export function schedulePasses(model: Model, schedule: BatchSchedule, diagnostics: Diagnostics): Block {
  const { batch } = model;
  if (batch === undefined || batch.together !== undefined || schedule === 'together') {
    return blockOf(passBlocks(model, model.formulas, diagnostics));
  }
  const { index, size } = batch;
  const children = stretches(model.passes).flatMap((own): Node[] => {
    const formulas = model.formulas.filter(({ pass }) => own.includes(pass));
    const each = formulas.filter(({ target }) => model.quantities.get(target)?.perSample);
    if (each.length === 0) return passBlocks(model, formulas, diagnostics);
    const late = dependOn(formulas, each);
    const before = formulas.filter((formula) => !each.includes(formula) && !late.has(formula));
    const after = formulas.filter((formula) => !each.includes(formula) && late.has(formula));
    const body = blockOf(passBlocks(model, each, diagnostics, new Set([index])));
    return [
      ...passBlocks(model, before, diagnostics),
      loop(index, { low: 1, high: size }, 1, body),
      ...passBlocks(model, after, diagnostics),
    ];
  });
  return blockOf(children);
}

const blockOf = (children: readonly Node[]): Block => ({ kind: 'block', children });

/** Some formulas, in one block for each pass. */
function passBlocks(
  model: Model,
  formulas: readonly Formula[],
  diagnostics: Diagnostics,
  fixed?: ReadonlySet<string>,
): Block[] {
  return model.passes.flatMap((_, at) => {
    const own = formulas.filter(({ pass }) => pass === at);
    if (own.length === 0) return [];
    return [
      { kind: 'block', children: [scheduleFormulas(own, diagnostics, fixed)], pass: at } satisfies Block,
    ];
  });
}
