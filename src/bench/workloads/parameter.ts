/** A weight array of a plain loop, and the sum of its gradients over a batch. */
export interface Parameter {
  readonly values: Float64Array;
  readonly sums: Float64Array;
}

export const parameter = (values: Float64Array): Parameter => ({
  values: values.slice(),
  sums: new Float64Array(values.length),
});

/** A step down the summed gradients, which start at 0 again. */
export function descend({ values, sums }: Parameter, scale: number): void {
  for (let n = 0; n < values.length; n++) {
    values[n] -= scale * sums[n];
    sums[n] = 0;
  }
}
