import type { Model, Quantity } from '../formula/model.ts';
import type { BatchSchedule } from '../formula/statement.ts';
import { editsOf, Machine, type RunPrecision } from '../machine/machine.ts';
import { Moment } from '../machine/moment.ts';
import { arrayCells, cellKey, record } from '../machine/testing/recorder.testing.ts';
import { gaussian } from '../number/random.ts';
import { compileProgram, type Program, scheduleModel } from '../program/program.ts';

/** A model's text, and the index over which formulas need each other, if they do. */
export interface NetworkCase {
  readonly name: string;
  readonly text: string;
  readonly recurrent?: string;
}

const programs = new Map<string, Program>();

export function scheduledProgram({ name, text }: NetworkCase, schedule?: BatchSchedule): Program {
  const key = `${schedule} ${text}`;
  const known = programs.get(key);
  if (known !== undefined) return known;
  const own = schedule && scheduledProgram({ name, text });
  if (own !== undefined && schedule === (own.model.batch?.schedule ?? 'together')) return own;
  const { program, diagnostics } =
    own === undefined ? compileProgram(text) : scheduleModel(own.model, schedule);
  if (program === undefined)
    throw new Error(`${name}: ${diagnostics.map(({ message }) => message).join('; ')}\n${text}`);
  if (programs.size > 8) programs.clear();
  programs.set(key, program);
  return program;
}

/** The same model with a storing rule for most of what it computes. */
export function rounding(model: NetworkCase): NetworkCase {
  const { model: compiled } = scheduledProgram(model);
  const names = new Set(compiled.formulas.map(({ target }) => target).filter((name) => !name.includes('/')));
  const rules = [...names].map((name, n) => `${name}: ${['4dp', '3sf', '2dp', '5sf', 'exact'][n % 5]}`);
  return { ...model, text: `${model.text}\nstore ${rules.join('  ')}` };
}

/** Compares moments with the slow recorder's steps over two frames, under every schedule. */
export function compareMoments(model: NetworkCase, precision: RunPrecision): void {
  for (const schedule of schedulesOf(model)) compareSchedule(model, precision, schedule, 2, 2000);
}

/** The schedules that a model's batch allows; without a batch there is only one. */
export function schedulesOf(model: NetworkCase): readonly BatchSchedule[] {
  const { batch } = scheduledProgram(model).model;
  return batch && batch.together === undefined ? ['by sample', 'together'] : ['together'];
}

/**
 * Compares what the machine reports about the steps of two frames with what the slow recorder did: the operation, its
 * operands' values, what it stored, and at the end of each frame the whole memory. Of longer frames than `mostSteps`
 * evenly spread steps are compared.
 */
export function compareSchedule(
  model: NetworkCase,
  precision: RunPrecision,
  schedule: BatchSchedule,
  frames: number,
  mostSteps: number,
): void {
  const program = scheduledProgram(model, schedule);
  const machine = new Machine(program, precision);
  const { recurrent } = model;
  const recordings = record(program.model, frames, {
    rounded: precision === 'lesson',
    schedule,
    ...(recurrent && { recurrent }),
  });
  const same = (found: unknown, wanted: unknown, what: string) => {
    if (Object.is(found, wanted)) return;
    throw new Error(
      `${what}: ${String(found)} instead of ${String(wanted)}\n${model.name}, ${precision} run\n${model.text}`,
    );
  };
  recordings.forEach(({ steps, after }, n) => {
    same(program.size, steps.length, 'number of steps');
    const stride = Math.max(1, Math.floor(steps.length / mostSteps));
    for (let step = 1; step <= steps.length; step += stride) {
      const wanted = steps[step - 1];
      const where = `frame ${n + 1}, step ${step}`;
      const { location, operation, cellOperations, finishesCell } = new Moment(
        machine,
        n * program.size + step,
      );
      same(location?.formula.id, wanted.formula.id, `${where}, formula`);
      same(location?.cell.join(), wanted.at.join(), `${where}, cell`);
      same(operation?.number, wanted.operation, `${where}, operation`);
      same(operation?.name, wanted.name, `${where}, name`);
      wanted.operands.forEach(({ value }, at) => {
        same(operation?.operands[at].value, value, `${where}, operand ${at + 1}`);
      });
      same(operation?.value, wanted.value, `${where}, value`);
      same(finishesCell ? cellOperations?.stored : null, wanted.stored, `${where}, stored`);
    }
    for (const { name, version, shape } of machine.layout.slots) {
      for (const cell of arrayCells(shape)) {
        const key = cellKey(version, name, cell);
        same(machine.value(n + 1, name, version, cell), after.get(key), `after frame ${n + 1}, ${key}`);
      }
    }
  });
}

/** A derivative of a loss by a parameter that a model computes, under whatever name and sign. */
interface Gradient {
  readonly of: string;
  readonly by: string;
  readonly target: string;
  readonly sign: number;
}

/** Those before anything is renewed; what comes after depends on parameters by way of the update, too. */
function gradientsOf({ formulas, quantities, passes }: Model): Gradient[] {
  const isParameter = (name: string) => quantities.get(name)?.role === 'param';
  const found: Gradient[] = [];
  const update = passes.findIndex(({ phase }) => phase === 'update');
  for (const { target, claim, pass } of formulas) {
    if (update >= 0 && pass > update) continue;
    const [of, by] = claim ? [claim.of, claim.by] : target.split('/').map((part) => part.slice(1));
    if (by !== undefined && isParameter(by)) found.push({ of, by, target, sign: claim?.sign ?? 1 });
  }
  return found;
}

/** A loss in the first frame; of a batch the mean or the sum of what its samples give. */
function lossOf(machine: Machine, name: string): number {
  const { batch, quantities } = machine.program.model;
  const cells = arrayCells(quantities.get(name)?.shape ?? []);
  const sum = cells.reduce((total, cell) => total + machine.value(1, name, 'old', cell), 0);
  return batch?.reduction === 'mean' ? sum / cells.length : sum;
}

/** How far a difference quotient reaches out; nearer, until no kink lies between. */
const distances = [2e-4, 2e-5, 2e-6];

/**
 * Whether a slope at 0 is that of central differences, extrapolated once, at one of the distances. Undefined where there
 * is a kink right at 0: the function bends as much over half the distance.
 */
function agrees(f: (h: number) => number, slope: number, size: number): boolean | undefined {
  for (const distance of distances) {
    const [far, near] = [distance, distance / 2].map((h) => ({ h, above: f(h), below: f(-h) }));
    const [farRise, nearRise] = [far, near].map(({ h, above, below }) => (above - below) / (2 * h));
    if (Math.abs((4 * nearRise - farRise) / 3 - slope) <= 1e-6 * size) return true;
    if (distance !== distances[distances.length - 1]) continue;
    const middle = f(0);
    const [farBend, nearBend] = [far, near].map(({ h, above, below }) => (above + below - 2 * middle) / h);
    if (Math.abs(nearBend) > 1e-5 * size && Math.abs(nearBend) > 0.75 * Math.abs(farBend)) return undefined;
  }
  return false;
}

/**
 * Compares the derivatives that a model computes by its parameters with central differences. Of each parameter at most
 * `mostCells` are tried, spread over it. Returns how many were compared, none that lie on a kink.
 */
export function compareGradients(model: NetworkCase, mostCells = 6): number {
  const program = scheduledProgram(model);
  const machine = new Machine(program, 'full');
  let compared = 0;
  for (const { of, by, target, sign } of gradientsOf(program.model)) {
    const { shape, numbers = new Float64Array() } = program.model.quantities.get(by) as Quantity;
    const stride = Math.max(1, Math.ceil(numbers.length / mostCells));
    const cells = arrayCells(shape);
    for (let flat = 0; flat < cells.length; flat += stride) {
      const cell = cellKey('', by, cells[flat]).trim();
      const loss = (h: number) =>
        lossOf(new Machine(program, 'full', editsOf(new Map([[cell, numbers[flat] + h]]))), of);
      const derived = sign * machine.value(1, target, 'old', cells[flat]);
      const size = Math.max(0.01, Math.abs(derived), Math.abs(lossOf(machine, of)) / 10);
      const found = agrees(loss, derived, size);
      if (found === false)
        throw new Error(`d${of}/d${cell} is derived as ${derived}\n${model.name}\n${model.text}`);
      if (found) compared += 1;
    }
  }
  return compared;
}

/**
 * Compares the same derivatives all at once, along one random direction through the parameters: cheap, and a single
 * wrong cell still shows. False where the model stands on a kink.
 */
export function compareDirection(model: NetworkCase, seed: number): boolean {
  const program = scheduledProgram(model);
  const machine = new Machine(program, 'full');
  const gradients = gradientsOf(program.model);
  const [{ of }] = gradients;
  let [rise, size, draws] = [0, 0.01, 0];
  const direction: { cell: string; number: number; way: number }[] = [];
  for (const { by, target, sign } of gradients.filter((one) => one.of === of)) {
    const { shape, numbers = new Float64Array() } = program.model.quantities.get(by) as Quantity;
    for (const [flat, at] of arrayCells(shape).entries()) {
      const way = gaussian(seed, 1, draws++);
      direction.push({ cell: cellKey('', by, at).trim(), number: numbers[flat], way });
      const slope = sign * machine.value(1, target, 'old', at);
      rise += slope * way;
      size = Math.max(size, Math.abs(slope * way));
    }
  }
  const loss = (step: number) => {
    const edits = new Map(direction.map(({ cell, number, way }) => [cell, number + step * way]));
    return lossOf(new Machine(program, 'full', editsOf(edits)), of);
  };
  const found = agrees(loss, rise, size);
  if (found === false) {
    throw new Error(
      `along a direction ${of} is derived to rise by ${rise}, but does not\n${model.name}\n${model.text}`,
    );
  }
  return found === true;
}
