import { type Diagnostic, Diagnostics } from '../formula/diagnostic.ts';
import { type Expression, number } from '../formula/expression.ts';
import type { Model } from '../formula/model.ts';
import { readModel } from '../formula/parse/reader.ts';
import type { FunctionStatement } from '../formula/statement.ts';
import { substituteParameters } from '../formula/substitution.ts';
import { Layout } from '../machine/memory/layout.ts';
import { Evaluator } from '../machine/step/evaluator.ts';
import { format } from '../number/format.ts';
import { uniform } from '../number/random.ts';

const seed = 2;
/** Trial points in −2 … 2, and half the distance over which the function's rise is measured. */
const trials = 12;
const step = 1e-4;
/** For central differences at this step; a wrong slope is off by much more. */
const tolerance = 1e-5;

/**
 * Compares the slopes written for the functions that the model's own text defines with central differences. Reports a warning,
 * not an error, for each that differs, since a slope may be different on purpose, as where a step function is trained.
 */
export function verifySlopes(model: Model): Diagnostic[] {
  const diagnostics = new Diagnostics();
  // The library's functions are checked by its tests, not in every lesson.
  const own = readModel(model.text, new Diagnostics()).filter(({ kind }) => kind === 'function');
  for (const { name } of own as FunctionStatement[]) {
    const definition = model.functions.get(name) as FunctionStatement;
    definition.slopes.forEach((_, at) => {
      const wrong = slopeFault(model, definition, at);
      if (wrong !== undefined) diagnostics.warning(definition.span, 'slope', wrong);
    });
  }
  return diagnostics.all;
}

/**
 * Describes in words how the slope written for a model's function by its parameter number `at` (from 0) is wrong, compared with
 * central differences at 12 trial points from −2 to 2; undefined if it agrees or differs only at a single point.
 */
export function slopeFault(model: Model, definition: FunctionStatement, at: number): string | undefined {
  const { name, parameters, body, slopes } = definition;
  const faults: string[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const point = parameters.map((_, p) => 4 * uniform(seed, p, trial) - 2);
    const value = valueAt(model, body, parameters, point);
    const shifted = (by: number) =>
      valueAt(
        model,
        body,
        parameters,
        point.map((one, p) => (p === at ? one + by : one)),
      );
    const rise = (shifted(step) - shifted(-step)) / (2 * step);
    const written = valueAt(model, slopes[at], [...parameters, name], [...point, value]);
    if (!Number.isFinite(rise) || Math.abs(rise - written) <= tolerance * Math.max(1, Math.abs(rise)))
      continue;
    const places = parameters.map((parameter, p) => `${parameter} = ${short(point[p])}`).join(', ');
    faults.push(`at ${places} ${name} rises by ${short(rise)}, but its slope says ${short(written)}`);
  }
  // One point alone may lie on a kink.
  return faults.length > 1 ? faults[0] : undefined;
}

const short = (value: number): string => format(value, { precision: { kind: 'significant', digits: 4 } });

function valueAt(model: Model, e: Expression, names: readonly string[], values: readonly number[]): number {
  const closed = substituteParameters(e, new Map(names.map((name, at) => [name, number(values[at])])));
  const nothing = () => () => 0;
  return new Evaluator(model.functions, new Layout(model), nothing).evaluation(closed, []).at([]);
}
