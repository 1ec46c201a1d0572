/** The rows of an array, as views. */
export function rows(numbers: Float64Array, count: number): Float64Array[] {
  const width = numbers.length / count;
  return Array.from({ length: count }, (_, n) => numbers.subarray(n * width, (n + 1) * width));
}
