/** Python's reserved words, and the names that exported files use themselves. */
const reserved = `
False None True and as assert async await break class continue def del elif else except finally for from global if
import in is lambda nonlocal not or pass raise return try while with yield
enumerate float len list max min print range reversed sorted sum zip np torch base64 Context Decimal ROUND_HALF_UP
FRAMES ROUND run frame frames name value values number quantities grads __name__
agree batch derivatives keep largest maximum minimum numbers order round_one stacked winner with_slope
`
  .trim()
  .split(/\s+/);

/** What a name stands for: names of different kinds may be equal in a model, but not in Python. */
export type Kind =
  | 'function'
  | 'quantity'
  | 'old'
  | 'new'
  | 'digits'
  | 'index'
  | 'parameter'
  | 'rows'
  | 'grads';

/** How the names of other kinds differ from the quantity's own. */
const ending: Partial<Record<Kind, string>> = {
  old: '_old',
  new: '_new',
  digits: '_digits',
  rows: '_rows',
  grads: '_grads',
};

/** Gives every name of a model a unique Python identifier: the name itself wherever Python allows it and it is not taken. */
export class Identifiers {
  private readonly taken: Set<string>;
  private readonly given = new Map<string, string>();

  constructor(taken: Iterable<string> = []) {
    this.taken = new Set([...reserved, ...taken]);
  }

  /** The identifier of a name: the same for each call, and now taken. The first name asked for gets the plainest identifier. */
  of(kind: Kind, name: string): string {
    const key = `${kind} ${name}`;
    const known = this.given.get(key);
    if (known !== undefined) return known;
    const wish = pythonic(name) + (ending[kind] ?? '');
    let found = wish;
    for (let n = 1; this.taken.has(found); n++) found = n === 1 ? `${wish}_` : `${wish}_${n}`;
    this.taken.add(found);
    this.given.set(key, found);
    return found;
  }
}

/** A name as a Python identifier: normalized to NFKC, as Python does, and with `dL/dW1` as `dL_dW1`. */
function pythonic(name: string): string {
  const plain = [...name.normalize('NFKC')]
    .map((letter) => (/[\p{XID_Continue}_]/u.test(letter) ? letter : '_'))
    .join('');
  return /^[\p{XID_Start}_]/u.test(plain) ? plain : `_${plain}`;
}
