/** The name that a line gives numbers to: that of a data line, or the left side of a formula. */
const definition =
  /^[^\S\n]*(?:(?:given|sample|param|state|rate|random|mode)[^\S\n]+([\p{L}_][\p{L}\p{N}_]*)|([\p{L}_][\p{L}\p{N}_]*)[^\S\n]*(?:\[[^\]\n]*\])?[^\S\n]*(?:=|<-))/gmu;
const anyName = /[\p{L}_][\p{L}\p{N}_]*/gu;

/** Letters for indices that no author has written, in the order in which they are taken. */
const letters = [...'cdefgmqrsuvwz'];

/** The names of a model's text, found without parsing it: any of its lines may have errors, or come later. */
export class DefinedNames {
  private readonly quantities: ReadonlySet<string>;
  private readonly all: ReadonlySet<string>;

  constructor(text: string) {
    const plain = text.replace(/#.*/g, '');
    this.quantities = new Set([...plain.matchAll(definition)].map(([, data, formula]) => data ?? formula));
    this.all = new Set(plain.match(anyName) ?? []);
  }

  /** Whether a line gives numbers to this name. */
  has(name: string): boolean {
    return this.quantities.has(name);
  }

  /** A letter for an index that stands nowhere in the text, nor among those that are in use. */
  free(inUse: ReadonlySet<string>): string {
    const isFree = (one: string): boolean => !this.all.has(one) && !inUse.has(one);
    const found = letters.find(isFree);
    if (found !== undefined) return found;
    let n = 1;
    while (!isFree(`c${n}`)) n++;
    return `c${n}`;
  }
}
