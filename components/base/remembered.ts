/**
 * A function that keeps its last results, `most` of them at most: a picture needs the same ones at every step. `keyOf` tells
 * arguments apart. Results are shared, so that nobody may change them.
 */
export function remembered<Arguments extends readonly unknown[], Result>(
  most: number,
  keyOf: (...given: Arguments) => string,
  make: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  const results = new Map<string, Result>();
  return (...given) => {
    const key = keyOf(...given);
    let result = results.get(key);
    if (result === undefined && !results.has(key)) {
      if (results.size >= most) results.clear();
      result = make(...given);
      results.set(key, result);
    }
    return result as Result;
  };
}
