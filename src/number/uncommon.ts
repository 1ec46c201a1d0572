/** Functions that few models compute with, so that a page can load them only when needed. Each is that of its own file. */
export interface Uncommon {
  log(a: number): number;
  tanh(a: number): number;
  cos(a: number): number;
  sin(a: number): number;
  gaussian(seed: number, stream: number, counter: number): number;
  uniform(seed: number, stream: number, counter: number): number;
  streamOf(name: string): number;
  /** Its second argument is the stream. */
  permutation(seed: number, counter: number, count: number): Uint32Array;
}

let provided: Uncommon | undefined;

/** The functions that `provideUncommon` has set. Throws an `Error` until `uncommon-functions.ts` has been loaded. */
export function uncommon(): Uncommon {
  if (provided === undefined) throw new Error('functions are not loaded');
  return provided;
}

/** Sets the functions; `uncommon-functions.ts` calls it when it is loaded. */
export function provideUncommon(functions: Uncommon): void {
  provided = functions;
}
