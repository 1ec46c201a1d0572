/**
 * Strongly connected components by Tarjan's algorithm; a node on no cycle is one by itself. A component comes after those that
 * it leads to; otherwise components, and the nodes within one, keep the order of `nodes`. `next` gives the nodes that a node
 * leads to; all of them must be in `nodes`. The recursion is written out as a loop, so a chain may be of any length.
 */
export function components<Node>(nodes: readonly Node[], next: (node: Node) => readonly Node[]): Node[][] {
  const found: Node[][] = [];
  const place = new Map(nodes.map((node, at) => [node, at]));
  const number = new Map<Node, number>();
  const lowest = new Map<Node, number>();
  const open: Node[] = [];
  const isOpen = new Set<Node>();
  const enter = (node: Node) => {
    lowest.set(node, number.size);
    number.set(node, number.size);
    open.push(node);
    isOpen.add(node);
    return { node, ways: next(node), at: 0 };
  };
  const lower = (node: Node, value: number) => lowest.set(node, Math.min(lowest.get(node) as number, value));
  const leave = (node: Node) => {
    if (lowest.get(node) !== number.get(node)) return;
    const group = open.splice(open.lastIndexOf(node));
    for (const one of group) isOpen.delete(one);
    found.push(group.sort((a, b) => (place.get(a) as number) - (place.get(b) as number)));
  };
  for (const start of nodes) {
    if (number.has(start)) continue;
    const visits = [enter(start)];
    while (visits.length > 0) {
      const visit = visits[visits.length - 1];
      const to = visit.ways[visit.at++];
      if (to === undefined) {
        visits.pop();
        leave(visit.node);
        const before = visits[visits.length - 1];
        if (before !== undefined) lower(before.node, lowest.get(visit.node) as number);
      } else if (!number.has(to)) visits.push(enter(to));
      else if (isOpen.has(to)) lower(visit.node, number.get(to) as number);
    }
  }
  return found;
}
