import { section } from '../section.ts';

/** The decision boundary of a model with two inputs. */
export const decisionBoundaryWords = section('decision-boundary', {
  none: 'This model has no plane to show: its inputs are not two numbers that lead to its units, or its answer to one of them depends on others.',
  with: (iteration: string) => `with the numbers that iteration ${iteration} begins with`,
  right: (right: string, of: string) => `${right} of ${of} points lie on the side of their class.`,
  level: (output: string, level: string) => `The line is where ${output} is ${level}.`,
  nowhere: 'There is none in sight.',
  many: 'The lines are where another output becomes the greatest.',
  classOf: (target: string) => `class ${target}`,
  target: (target: string) => `target ${target}`,
  atMost: (level: string) => `target at most ${level}`,
  above: (level: string) => `target above ${level}`,
  here: 'in this iteration',
  now: 'sample of this step',
  answer: (x: string, y: string, answer: string) => `At (${x}, ${y}): ${answer}`,
  hint: 'Point at a place to read the output there.',
  inNumbers: 'The same in numbers',
  output: 'Output over the plane',
  across: (name: string) => `${name} across`,
  down: (name: string) => `${name} down`,
  points: 'Points of the data',
});
