import { type Affine, type Condition, coefficient } from '../../formula/affine.ts';
import type { Apply, Assign, Axis, Load, PlanValue } from '../plan/plan.ts';
import { both, pair, scalar } from './arithmetic.ts';
import { AxisDependence } from './axis-dependence.ts';
import { type CodeWriter, get, integer, type Linear, type Register, set } from './code-writer.ts';
import { type Code, double, op } from './encoding.ts';
import { FoldWriter } from './fold-writer.ts';
import { type Tiling, tilingOf } from './tiling.ts';
import type { AxisPosition, AxisPositions, ValueWriter } from './value-writer.ts';

/** The cells that are computed together: in pairs along one axis, several at a time along another (or the same). */
export interface CellGroup {
  /** The axis along which two cells share a register. */
  readonly pairs: string | undefined;
  /** The positions of all cells (or pairs) of the group, by axis. */
  readonly axes: ReadonlyMap<string, readonly AxisPosition[]>;
}

/** Writes all cells of one formula. */
export class FormulaWriter implements ValueWriter {
  readonly dependence: AxisDependence;
  private group: CellGroup = { pairs: undefined, axes: new Map() };
  private readonly folds: FoldWriter;

  constructor(
    readonly writer: CodeWriter,
    private readonly assign: Assign,
    outer: readonly Axis[],
    /** Whether every cell is written separately, so that addresses are constants and the numbers there can be remembered. */
    private readonly isUnrolled = false,
  ) {
    this.dependence = new AxisDependence(assign, outer);
    this.folds = new FoldWriter(this);
  }

  /** Writes loops over all cells, in groups chosen by `tilingOf`; `places` are the positions of the axes around the formula. */
  all(places: AxisPositions): void {
    this.axes(tilingOf(this.assign, this.dependence), 0, places, new Map());
  }

  /** Writes a single cell; `places` are the positions of all axes. */
  cell(places: AxisPositions): void {
    this.writer.scope.known.clear();
    this.group = { pairs: undefined, axes: new Map() };
    this.store(places);
  }

  private axes(
    blocks: Tiling,
    depth: number,
    places: AxisPositions,
    axes: ReadonlyMap<string, readonly AxisPosition[]>,
    pairs?: string,
  ): void {
    if (depth === blocks.length) {
      this.group = { pairs, axes };
      for (const each of this.instances(new Set(axes.keys()), places)) this.store(each);
      return;
    }
    const { name, tiles } = blocks[depth];
    for (const { start, count, width, isPaired } of tiles) {
      const at = (place: AxisPosition) => {
        const step = isPaired ? 2 : 1;
        const among = Array.from({ length: width / step }, (_, n) => ({
          ...place,
          offset: place.offset + step * n,
        }));
        const inner = new Map(places).set(name, place);
        this.axes(blocks, depth + 1, inner, new Map(axes).set(name, among), isPaired ? name : pairs);
      };
      if (count === 1) at({ counter: -1, offset: start });
      else this.writer.loop(count * width, width, (counter) => at({ counter, offset: start }));
    }
  }

  instances(along: ReadonlySet<string>, places: AxisPositions): AxisPositions[] {
    let found: AxisPositions[] = [places];
    for (const [name, among] of this.group.axes)
      if (along.has(name))
        found = found.flatMap((each) => among.map((place) => new Map(each).set(name, place)));
    return found;
  }

  isPair(node: PlanValue): boolean {
    return this.group.pairs !== undefined && this.dependence.of(node).has(this.group.pairs);
  }

  linear({ constant, terms }: Affine, places: AxisPositions): Linear {
    let sum = constant;
    const factors = new Map<number, number>();
    for (const [name, factor] of terms) {
      const { counter, offset } = places.get(name) as AxisPosition;
      sum += factor * ((this.dependence.axes.get(name) as Axis).low + offset);
      if (counter >= 0) factors.set(counter, (factors.get(counter) ?? 0) + factor);
    }
    return { constant: sum, terms: [...factors].filter(([, factor]) => factor !== 0) };
  }

  private store(places: AxisPositions): void {
    const { writer, assign, group } = this;
    const { address, value } = assign;
    const place = this.linear(address, places);
    const factor = group.pairs === undefined ? 0 : coefficient(address, group.pairs);
    if (factor === 0) {
      const register = this.value(value, places);
      const distance = writer.address(place);
      writer.emit(get(register.local), op.store, distance);
      this.remember(place, register);
      return;
    }
    const register = this.paired(value, places);
    if (factor === 1) {
      const distance = writer.address(place);
      writer.emit(get(register.local), op.v128.store, distance);
      return;
    }
    for (const lane of [0, 1]) {
      const distance = writer.address({ ...place, constant: place.constant + lane * factor });
      writer.emit(get(register.local), op.v128.storeLane, distance, [lane]);
    }
  }

  value(node: PlanValue, places: AxisPositions): Register {
    const meant = this.dependence.meant(node);
    if (meant.kind === 'fold') return this.known(meant, '', places, () => this.folds.fold(meant, places));
    return this.known(meant, '', places, () => this.compute(meant, places));
  }

  paired(node: PlanValue, places: AxisPositions): Register {
    const meant = this.dependence.meant(node);
    if (this.isPair(meant)) return this.value(meant, places);
    return this.known(meant, 'pair', places, () => {
      const { writer } = this;
      if (meant.kind === 'constant') return writer.keep('v128', both(meant.value));
      if (meant.kind === 'load' && meant.inside.length === 0) {
        const distance = writer.address(this.linear(meant.address, places));
        return writer.keep('v128', op.v128.loadSplat, distance);
      }
      const register = this.value(meant, places);
      return writer.keep('v128', get(register.local), op.v128.splat);
    });
  }

  key(node: PlanValue, places: AxisPositions, form = ''): string {
    let key = `${this.dependence.number(node)}${form}`;
    for (const name of this.dependence.of(node)) {
      const { counter, offset } = places.get(name) as AxisPosition;
      key += ` ${counter}+${offset}`;
    }
    return key;
  }

  /** The register of a value that was computed already; else computes it as far outside as possible. */
  private known(node: PlanValue, form: string, places: AxisPositions, compute: () => Register): Register {
    const { writer } = this;
    const key = this.key(node, places, form);
    const found = writer.find(key);
    if (found !== undefined) return found;
    const counters = new Set<number>();
    for (const name of this.dependence.of(node)) counters.add((places.get(name) as AxisPosition).counter);
    counters.delete(-1);
    return writer.outside(counters, () => {
      const register = compute();
      writer.scope.known.set(key, register);
      return register;
    });
  }

  private compute(node: PlanValue, places: AxisPositions): Register {
    const { writer } = this;
    switch (node.kind) {
      case 'constant':
        return writer.keep('f64', op.number, double(node.value));
      case 'index':
        return writer.keep('f64', ...this.number(node.index, places, this.isPair(node)));
      case 'apply':
        return this.apply(node, places);
      case 'load':
        return this.when(node.inside, places, this.isPair(node), () => this.load(node, places));
      case 'where':
        return this.when(node.conditions, places, this.isPair(node), () => this.value(node.body, places));
      default:
        throw new RangeError(`no value is computed for ${node.kind}`);
    }
  }

  number(affine: Affine, places: AxisPositions, isPair: boolean): Code[] {
    if (isPair) throw new RangeError('indices are not computed in pairs');
    return [this.writer.linear(this.linear(affine, places)), [...op.fromI32]];
  }

  private apply(node: Apply, places: AxisPositions): Register {
    const { operation, operands } = node;
    const isPair = this.isPair(node);
    const locals = operands.map(
      (operand) => (isPair ? this.paired(operand, places) : this.value(operand, places)).local,
    );
    return isPair
      ? this.writer.keep('v128', pair(operation, locals))
      : this.writer.keep('f64', scalar(operation, locals));
  }

  private load(node: Load, places: AxisPositions): Register {
    const { writer, group } = this;
    const place = this.linear(node.address, places);
    const factor = group.pairs === undefined ? 0 : coefficient(node.address, group.pairs);
    if (factor === 0) {
      const known = this.isUnrolled && place.terms.length === 0 ? writer.cell(place.constant) : undefined;
      if (known !== undefined) return known;
      const distance = writer.address(place);
      const register = writer.keep('f64', op.load, distance);
      this.remember(place, register);
      return register;
    }
    const distance = writer.address(place);
    if (factor === 1) return writer.keep('v128', op.v128.load, distance);
    const first = writer.keep('v128', op.v128.loadSplat, distance);
    const next = writer.address({ ...place, constant: place.constant + factor });
    return writer.keep('v128', get(first.local), op.v128.loadLane, next, [1]);
  }

  private remember({ constant, terms }: Linear, register: Register): void {
    if (this.isUnrolled && terms.length === 0) this.writer.remember(constant, register);
  }

  /** The result of `body` where conditions hold, else 0; they must hold for both cells of a pair or for none. */
  private when(
    conditions: readonly Condition[],
    places: AxisPositions,
    isPair: boolean,
    body: () => Register,
  ): Register {
    const open = this.open(conditions, places);
    if (open?.length === 0) return body();
    const { writer } = this;
    const result = isPair ? writer.keep('v128', both(0)) : writer.keep('f64', op.number, double(0));
    if (open === undefined) return result;
    writer.when(
      open.flatMap((condition, n) => [
        ...[...writer.linear(condition), ...integer(0), ...op.i32.ge],
        ...(n > 0 ? op.i32.and : []),
      ]),
      () => writer.emit(get(body().local), set(result.local)),
    );
    return result;
  }

  /** The conditions that the positions do not decide; undefined if one surely fails. */
  private open(conditions: readonly Condition[], places: AxisPositions): Linear[] | undefined {
    const open: Linear[] = [];
    for (const condition of conditions) {
      const fixed = this.linear(condition, places);
      if (fixed.terms.length > 0) open.push(fixed);
      else if (fixed.constant < 0) return undefined;
    }
    return open;
  }
}
