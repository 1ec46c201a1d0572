/** A label of so many letters at most, for a picture; a longer one ends with `…`. */
export function cutLabel(label: string, most: number): string {
  const letters = [...label];
  return letters.length <= most ? label : `${letters.slice(0, most - 1).join('')}…`;
}
