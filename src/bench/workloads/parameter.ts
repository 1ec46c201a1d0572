/** A weight array of a plain loop, and the sum of its gradients over a batch. */
export interface Parameter {
  readonly values: Float64Array;
  readonly sums: Float64Array;
}

/** A parameter with a copy of the values, and sums of 0. */
export const parameter = (values: Float64Array): Parameter => ({
  values: values.slice(),
  sums: new Float64Array(values.length),
});

/**
 * Subtracts `scale` (the rate, divided by the samples summed for a mean) times the summed gradients, and resets the sums to 0.
 */
export function descend({ values, sums }: Parameter, scale: number): void {
  for (let n = 0; n < values.length; n++) {
    values[n] -= scale * sums[n];
    sums[n] = 0;
  }
}
