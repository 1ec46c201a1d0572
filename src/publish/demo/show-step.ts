/** Shows a step of `networkStates`, from 1: what is not seen then gets the class `off`, what takes part `lit` or `now`. */
export function showStep(network: Element, step: number): void {
  for (const part of network.querySelectorAll('[data-from], [data-until]')) {
    const { from = 0, until = Number.POSITIVE_INFINITY } = (part as SVGElement).dataset;
    part.classList.toggle('off', step < Number(from) || step > Number(until));
  }
  for (const kind of ['lit', 'now'])
    for (const part of network.querySelectorAll<SVGElement>(`[data-${kind}]`))
      part.classList.toggle(kind, part.dataset[kind]?.split(' ').includes(String(step)));
}
