import { section } from '../section.ts';

/** Why there is no such cell or step. Each reads well after "This link leads nowhere: " and alone. */
export const placeWords = section('place', {
  noName: (text: string) => `${text || 'nothing'} is no cell’s name`,
  noQuantity: (name: string) => `this model has no ${name}`,
  noPass: (pass: string) => `this model has no pass ${pass}`,
  outside: (name: string, shape: string, cell: string) =>
    `${name} ${shape === '' ? 'is a single number' : `has the shape ${shape}`}; there is no cell ${cell}`,
  notIn: (cell: string, pass: string) => `${cell} is not computed in ${pass}`,
  noOperation: (cell: string, operations: string, operation: string) =>
    `${cell} takes ${operations} operations; there is no operation ${operation}`,
});
