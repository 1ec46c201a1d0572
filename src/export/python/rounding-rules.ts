import { cellAt, type Formula, type Model, precisionOf, sizeOf } from '../../formula/model.ts';
import { precisionText } from '../../number/precision-text.ts';
import type { Identifiers } from './identifiers.ts';
import { layOut, type PythonLine } from './lines.ts';
import { brackets } from './subscripts.ts';

/** The lesson's storing rules, as calls of the helper `keep`. */
export class StoringRules {
  private readonly constants: PythonLine[] = [];
  private readonly known = new Map<string, string | undefined>();

  constructor(
    private readonly model: Model,
    private readonly identifiers: Identifiers,
    private readonly helpers: Set<string>,
  ) {}

  /** Python text that defines arrays of rules, for quantities whose cells differ. To be read after all calls of `stored`. */
  get lines(): string {
    return this.constants.length === 0
      ? ''
      : `${layOut([{ depth: 0, code: '# digits that are kept' }, ...this.constants])}`;
  }

  /**
   * Wraps the text of a formula's value in its storing rule; `at` are the subscripts of the cell. The text itself where there is
   * no rule.
   */
  stored({ target, indices }: Formula, text: string, at: readonly string[]): string {
    const rule = this.rule(target);
    if (rule === undefined) return text;
    this.helpers.add('keep');
    const isSame = rule.startsWith("'");
    return `keep(${text}, ${rule}${isSame || indices.length === 0 ? '' : brackets(at)})`;
  }

  private rule(name: string): string | undefined {
    if (this.known.has(name)) return this.known.get(name);
    const shape = this.model.quantities.get(name)?.shape ?? [];
    const cells = Array.from({ length: sizeOf(shape) }, (_, flat) => {
      const precision = precisionOf(this.model.store, name, cellAt(shape, flat));
      return precision === undefined ? 'exact' : precisionText(precision);
    });
    const [first] = cells;
    let rule: string | undefined = `'${first}'`;
    if (cells.every((cell) => cell === 'exact')) rule = undefined;
    else if (cells.some((cell) => cell !== first)) {
      rule = this.identifiers.of('digits', name);
      const flat = cells.map((cell) => `'${cell}'`).join(', ');
      const reshaped = shape.length > 1 ? `.reshape(${shape.join(', ')})` : '';
      this.constants.push({ depth: 0, code: `${rule} = np.array([${flat}])${reshaped}` });
    }
    this.known.set(name, rule);
    return rule;
  }
}
