/** Functions that few models compute with. A page loads them where one does. */
export interface Uncommon {
  log(a: number): number;
  tanh(a: number): number;
  cos(a: number): number;
  sin(a: number): number;
  gaussian(seed: number, stream: number, counter: number): number;
  uniform(seed: number, stream: number, counter: number): number;
  streamOf(name: string): number;
  permutation(seed: number, counter: number, count: number): Uint32Array;
}

let provided: Uncommon | undefined;

/** The functions, for a model whose page has loaded them. */
export function uncommon(): Uncommon {
  if (provided === undefined) throw new Error('what this model computes with is not loaded');
  return provided;
}

/** Has the functions at hand from now on; `uncommon-functions.ts` says so when it is loaded. */
export function provideUncommon(functions: Uncommon): void {
  provided = functions;
}
