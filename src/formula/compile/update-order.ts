import { type Expression, references, type Version } from '../expression.ts';
import type { Formula, Model, Pass } from '../model.ts';
import { mapChildren } from '../substitution.ts';

/*
 * A model with its parameters updated in another order, for comparison: formulas change places, and references change versions.
 */

const isParameter = ({ quantities }: Model, name: string): boolean => quantities.get(name)?.role === 'param';

/**
 * A copy of the model with all parameters updated at once: every formula reads the values from before the updates. Undefined
 * where no formula reads an updated parameter anyway.
 */
export function simultaneous(model: Model): Model | undefined {
  const reads = model.formulas.some(({ expression }) =>
    [...references(expression)].some(({ name, version }) => version === 'new' && isParameter(model, name)),
  );
  if (!reads) return undefined;
  const change = (e: Expression) => withVersion(e, (name) => isParameter(model, name), 'old');
  const formulas = model.formulas.map((one) => ({ ...one, expression: change(one.expression) }));
  return { ...model, formulas };
}

/**
 * The names of the parameters whose update would come too early if it came as soon as their own gradient is known, since other
 * gradients of the same backward pass, which must be right before the update, have yet to read them. Ordered by how many
 * formulas their update needs, fewest first.
 */
export function hasty(model: Model): readonly string[] {
  return model.formulas
    .filter(({ target, version }) => version === 'new' && early(model, target) !== undefined)
    .map((formula) => ({ name: formula.target, needs: needs(model, formula).size }))
    .sort((a, b) => a.needs - b.needs)
    .map(({ name }) => name);
}

/**
 * A copy of the model with each of the named parameters updated as soon as its own gradient is known; later gradients read the
 * updated values. Names for which that makes no difference (see `hasty`) are skipped.
 */
export function successive(model: Model, names: readonly string[]): Model {
  return names.reduce((changed, name) => early(changed, name) ?? changed, model);
}

/**
 * One parameter updated as soon as its gradient is known. Undefined where that makes no difference, or the passes do not allow
 * it.
 */
function early(model: Model, name: string): Model | undefined {
  const { formulas, passes } = model;
  const renewal = formulas.find(({ target, version }) => target === name && version === 'new');
  if (renewal === undefined || !isParameter(model, name)) return undefined;
  const { pass: update } = renewal;
  const backward = update - 1;
  if (passes[update].phase !== 'update' || passes[backward]?.phase !== 'backward') return undefined;
  const needed = new Set([renewal, ...needs(model, renewal)]);
  const late = formulas.filter((one) => one.pass === backward && !needed.has(one));
  const reads = ({ expression }: Formula) =>
    [...references(expression)].some((read) => read.name === name && read.version === 'old');
  if (!late.some(reads)) return undefined;
  const groups: { readonly pass: Pass; readonly own: Formula[] }[] = [];
  for (const [at, pass] of passes.entries()) {
    const own = formulas.filter((one) => one.pass === at);
    if (at !== backward && at !== update) groups.push({ pass, own });
    if (at !== update) continue;
    const gradients = formulas.filter((one) => one.pass === backward);
    const change = (one: Formula) => ({
      ...one,
      expression: withVersion(one.expression, (read) => read === name, 'new'),
    });
    groups.push(
      { pass: passes[backward], own: gradients.filter((one) => needed.has(one)) },
      { pass, own: own.filter((one) => needed.has(one)) },
      { pass: passes[backward], own: late.map(change) },
      { pass, own: own.filter((one) => !needed.has(one)) },
    );
  }
  const filled = groups.filter(({ own }) => own.length > 0);
  const ordered = filled.flatMap(({ own }, pass) => own.map((one) => ({ ...one, pass })));
  return {
    ...model,
    passes: filled.map(({ pass }) => pass),
    formulas: ordered.map((one, id) => ({ ...one, id })),
  };
}

/** Every formula that a formula needs, directly or indirectly. */
function needs({ formulas }: Model, formula: Formula, found = new Set<Formula>()): Set<Formula> {
  for (const { name, version } of references(formula.expression)) {
    const writer = formulas.find((one) => one.target === name && one.version === version);
    if (writer === undefined || found.has(writer)) continue;
    found.add(writer);
    needs({ formulas } as Model, writer, found);
  }
  return found;
}

function withVersion(e: Expression, isMeant: (name: string) => boolean, version: Version): Expression {
  if (e.kind === 'reference') return isMeant(e.name) ? { ...e, version } : e;
  return mapChildren(e, (part) => withVersion(part, isMeant, version));
}
