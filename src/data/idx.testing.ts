/** A file of the format, written by hand. */
export function idx(
  type: number,
  shape: readonly number[],
  data: readonly number[],
): Uint8Array<ArrayBuffer> {
  const sizes = new Uint8Array(4 * shape.length);
  for (const [d, size] of shape.entries()) new DataView(sizes.buffer).setUint32(4 * d, size);
  return Uint8Array.from([[0, 0, type, shape.length], [...sizes], data].flat());
}

export const images = idx(8, [3, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]);
export const labels = idx(8, [3], [7, 0, 9]);
