import type { Formula, Model } from '../../formula/model.ts';
import type { FunctionStatement } from '../../formula/statement.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Node } from '../../program/tree.ts';
import { Autograd, type Gradient, hasNoSlope } from './autograd.ts';
import { enteringFrames } from './frame-inputs.ts';
import { FrameWriter } from './frame-writer.ts';
import { calledFunctions, FunctionWriter, functionTexts, ParameterUse } from './functions.ts';
import type { Identifiers } from './identifiers.ts';
import { layOut, type PythonLine } from './lines.ts';
import type { ExportOptions } from './numpy.ts';
import { formulasIn, type PassTree, passTrees } from './passes.ts';
import { helperTexts } from './prelude.ts';
import { dataLines, header, isPlainNumber, namesOf, resultLines, script, signature } from './script.ts';
import { transposedText } from './subscripts.ts';

/**
 * A run as a PyTorch program: the forward passes with gradients recorded, PyTorch's own backward pass, then the model's
 * backward formulas, and for every derivative an assertion that both agree. The update lines are the model's. Always in full
 * precision, since rounding has no derivative. Throws a RangeError where a formula cannot be written.
 */
export function exportTorch(machine: Machine, { title, frames }: ExportOptions): string {
  const { model } = machine.program;
  const autograd = new Autograd(model);
  const functions = calledFunctions(model, autograd.needsSlope);
  const identifiers = namesOf(model, functions);
  const helpers = new Set<string>();
  const helper = (name: string) => {
    helpers.add(name);
    return name;
  };
  const use = new ParameterUse(
    model.functions,
    (definition) => autograd.needsSlope(definition) && !hasNoSlope(definition),
  );
  const writer = new FunctionWriter('torch', identifiers, functions, helpers, use);
  const definitions = functionTexts(writer, functions, (definition) =>
    returned(definition, autograd, writer, helpers),
  );
  const body = new TorchFrame(machine, autograd, identifiers, helpers, use);
  const lines = body.text();
  const { leaves } = body;
  const data = dataLines(
    machine,
    'torch',
    identifiers,
    helper,
    (quantity) => isPlainNumber(quantity) && !leaves.has(quantity.name),
  );
  const entering = enteringFrames(machine, frames, 'torch', identifiers, helper);
  // Samples and random numbers are assigned in the frame; other leaves would be read before `run` assigns them, so they are
  // parameters.
  const starting = [...leaves].filter(
    (name) => !['sample', 'random'].includes(model.quantities.get(name)?.role ?? ''),
  );
  return script([
    header(title, frames, 'PyTorch'),
    helpers.has('numbers') ? 'import base64' : '',
    'import torch',
    'torch.set_default_dtype(torch.float64)',
    `FRAMES = ${frames}`,
    ...helperTexts(helpers, 'torch'),
    data,
    entering.data,
    ...definitions,
    `${signature(model, identifiers, starting)}${layOut(entering.lines)}${lines}${resultLines(model, identifiers)}`,
    printing,
  ]);
}

const printing = `if __name__ == '__main__':
    torch.set_printoptions(precision=16)
    for number, quantities in enumerate(run(FRAMES), 1):
        print(f'iteration {number}')
        for name, value in quantities.items():
            print(f'  {name} =', value.detach() if torch.is_tensor(value) else value)`;

/** The body of a function, with its declared slope where PyTorch would find another. */
function returned(
  definition: FunctionStatement,
  autograd: Autograd,
  writer: FunctionWriter,
  helpers: Set<string>,
): string[] {
  const parameters = writer.open(definition);
  const body = writer.text(definition.body);
  if (!autograd.needsSlope(definition)) return [`return ${body}`];
  if (hasNoSlope(definition)) return [`return (${body}).detach()`];
  helpers.add('with_slope');
  const slopes = definition.slopes.map((slope, at) => {
    const text = writer.text(slope);
    return `(${text}, ${parameters[at]})`;
  });
  return [`value = ${body}`, `return with_slope(value, ${slopes.join(', ')})`];
}

/** One frame: forward, PyTorch's backward pass, and with gradients off, the model's own backward and update. */
class TorchFrame {
  /** Names of the data by which something is differentiated. */
  readonly leaves: ReadonlySet<string>;
  private readonly gradients: readonly Gradient[];
  private readonly writer: FrameWriter;
  private readonly passes: readonly PassTree[];
  private readonly recurrent = new Set<string>();

  constructor(
    private readonly machine: Machine,
    private readonly autograd: Autograd,
    private readonly identifiers: Identifiers,
    helpers: Set<string>,
    use: ParameterUse,
  ) {
    const { model } = machine.program;
    this.passes = passTrees(model);
    this.gradients = model.formulas
      .map((formula) => autograd.gradientOf(formula))
      .filter((one) => one !== undefined);
    this.leaves = new Set(this.gradients.map(({ by }) => by).filter((by) => isData(model, by)));
    this.writer = new FrameWriter(model, 'torch', identifiers, helpers, use, {
      leaves: this.leaves,
      mustFollow: (formula) => this.mustFollow(formula),
      isReadLater: (name) => this.gradients.some(({ by, version }) => by === name && version === 'old'),
      isSame: (e) => autograd.isSameTensor(e),
    });
    for (const { tree } of this.passes) noteRecurrent(tree, false, this.recurrent);
  }

  text(): string {
    let text = layOut(this.fresh([...this.renewedInForward(), ...this.leaves], 2));
    let isQuiet = false;
    this.passes.forEach((pass, at) => {
      const { phase, tree } = pass;
      const later = this.passes.slice(at + 1);
      if (phase === 'forward') {
        // Parameters that an update has renewed are new leaves for PyTorch.
        if (isQuiet) text += layOut(this.fresh(this.renewedLeaves(this.passes.slice(0, at)), 2));
        isQuiet = false;
        text += layOut(this.writer.pass(pass, 2, later));
        return;
      }
      const found = phase === 'backward' ? this.checked(tree) : [];
      if (!isQuiet) {
        text += layOut(this.backward(found));
        text += '        with torch.no_grad():\n';
      }
      isQuiet = true;
      text += layOut(this.writer.pass(pass, 3, later));
      text += layOut(this.agreements(found));
    });
    return text;
  }

  private renewedLeaves(before: readonly PassTree[]): string[] {
    return before
      .flatMap(({ tree }) => formulasIn(tree))
      .filter(({ version, target }) => version === 'new' && this.leaves.has(target))
      .map(({ target }) => target);
  }

  private renewedInForward(): string[] {
    return this.machine.program.model.formulas
      .filter(({ phase, version }) => phase === 'forward' && version === 'new')
      .map(({ target }) => target);
  }

  /** Detaches quantities from the frame before. */
  private fresh(names: readonly string[], depth: number): PythonLine[] {
    return [...new Set(names)].map((name) => {
      const own = this.identifiers.of('quantity', name);
      return { depth, code: `${own} = ${own}.detach()${this.leaves.has(name) ? '.requires_grad_()' : ''}` };
    });
  }

  /** The derivatives of a backward pass that PyTorch computes, too: not those by cells inside a recurrence. */
  private checked(tree: Node): Gradient[] {
    const here = new Set(formulasIn(tree));
    return this.gradients.filter(({ formula, by }) => here.has(formula) && !this.recurrent.has(by));
  }

  /** Whether something is differentiated by a formula's result, but PyTorch does not track it by itself. */
  private mustFollow({ phase, target, version }: Formula): boolean {
    return (
      phase === 'forward' &&
      !this.recurrent.has(target) &&
      this.gradients.some(
        (gradient) =>
          gradient.by === target &&
          gradient.version === version &&
          this.differentiable([gradient]).length > 0,
      ) &&
      !this.autograd.isFollowed(target, version, this.leaves)
    );
  }

  /** Whether `L.backward()` suffices: one loss, and PyTorch surely reaches everything that it is differentiated by. */
  private get isSingle(): boolean {
    const passes = this.passes.filter(({ phase }) => phase === 'backward').length;
    if (passes !== 1 || new Set(this.gradients.map(({ of }) => of)).size !== 1) return false;
    return this.differentiable(this.gradients).every(
      ({ of, by, version }) => this.recurrent.has(by) || this.autograd.surelyDepends(of, by, version),
    );
  }

  private differentiable(found: readonly Gradient[]): Gradient[] {
    return found.filter(({ of, by, version }) => this.autograd.depends(of, by, version));
  }

  /** PyTorch's own backward pass. */
  private backward(found: readonly Gradient[]): PythonLine[] {
    const own = this.differentiable(found);
    if (own.length === 0) return [];
    const depth = 2;
    const lines: PythonLine[] = [{ depth, code: "# PyTorch's own backward pass" }];
    const losses = [...new Set(own.map(({ of }) => of))];
    if (this.isSingle) {
      const inner = [
        ...new Set(
          own
            .filter(({ by, version }) => !this.leaves.has(by) || version === 'new')
            .map((one) => this.nameOf(one)),
        ),
      ];
      for (const name of inner) lines.push({ depth, code: `${name}.retain_grad()` });
      lines.push({ depth, code: `${this.total(losses[0])}.backward()` });
      return lines;
    }
    for (const loss of losses) {
      const by = [...new Set(own.filter(({ of }) => of === loss).map((one) => this.nameOf(one)))];
      lines.push({
        depth,
        code: `${this.gradsOf(loss)} = ${this.writer.helper('derivatives')}(${this.total(loss)}, ${by.join(', ')})`,
      });
    }
    return lines;
  }

  /** A loss as one number: for a batch, the sum of all samples' losses. */
  private total(loss: string): string {
    const name = this.identifiers.of('quantity', loss);
    return this.machine.program.model.quantities.get(loss)?.perSample ? `torch.sum(${name})` : name;
  }

  private gradsOf(loss: string): string {
    return this.identifiers.of('grads', loss);
  }

  private nameOf({ by, version }: Gradient): string {
    return this.writer.value(by, version);
  }

  /** An assertion for each of the model's derivatives that it agrees with PyTorch's. */
  private agreements(all: readonly Gradient[]): PythonLine[] {
    if (all.length === 0) return [];
    const depth = 3;
    const lines: PythonLine[] = [{ depth, code: '# the same as PyTorch finds' }];
    const found = this.differentiable(all);
    for (const gradient of all) {
      const { formula, sign, of, by, order, isSummed, share } = gradient;
      const own = this.writer.value(formula.target, 'old');
      const ours = isSummed ? `torch.sum(${own}, dim=0)` : own;
      const indices = formula.indices.map(({ name }) => name).slice(isSummed ? 1 : 0);
      let theirs = `torch.zeros_like(${ours})`;
      if (found.includes(gradient)) {
        const names = [...new Set(found.filter((one) => one.of === of).map((one) => this.nameOf(one)))];
        const place = names.indexOf(this.nameOf(gradient));
        const text = this.isSingle ? `${this.nameOf(gradient)}.grad` : `${this.gradsOf(of)}[${place}]`;
        theirs = `${sign < 0 ? '-' : ''}${transposedText({ text, dims: order }, indices, 'torch')}${share === 1 ? '' : ` / ${share}`}`;
      }
      this.writer.helper('agree');
      lines.push({ depth, code: `agree('${sign < 0 ? '-' : ''}d${of}/d${by}', ${ours}, ${theirs})` });
    }
    return lines;
  }
}

const isData = (model: Model, name: string): boolean => model.quantities.get(name)?.role !== 'computed';

/** Collects the quantities whose cells are computed one by one, each from earlier ones. */
function noteRecurrent(node: Node, isInside: boolean, found: Set<string>): void {
  if (node.kind === 'cell') {
    if (isInside) found.add(node.formula.target);
  } else if (node.kind === 'loop') noteRecurrent(node.body, isInside || node.carries === true, found);
  else for (const child of node.children) noteRecurrent(child, isInside, found);
}
