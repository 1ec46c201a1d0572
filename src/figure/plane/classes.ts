import { format } from '../../number/format.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { spot } from '../base/arrow.ts';

/** A shape for each class, so that colour is not needed to tell them apart: `d` around 0. */
const shapes: readonly string[] = [
  'm-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0z',
  'm-3-3h6v6h-6z',
  'm0-4l3.8 6.8h-7.6z',
  'm0-4.6l3.8 4.6l-3.8 4.6l-3.8-4.6z',
  'm0 4l-3.8-6.8h7.6z',
  'm-4-1.5h2.5v-2.5h3v2.5h2.5v3h-2.5v2.5h-3v-2.5h-2.5z',
  'm-3.8-2.2l3.8-2.2l3.8 2.2v4.4l-3.8 2.2l-3.8-2.2z',
  'm-4.5 0l3.4-1.1l1.1-3.4l1.1 3.4l3.4 1.1l-3.4 1.1l-1.1 3.4l-1.1-3.4z',
];

/** Classes that have a look of their own. */
export const mostClasses = shapes.length;

/** How a sample of a class (from 0; undefined where it has none) is drawn: the mark's class, and its `d` around a place of the picture. */
export const datumOf = (
  one: number | undefined,
  [x, y]: readonly [number, number],
): { readonly class: string; readonly d: string } => ({
  class: `datum c${one === undefined ? 'x' : one % mostClasses}`,
  d: `M${spot([x, y])}${shapes[(one ?? 0) % mostClasses]}`,
});

/** Which class an answer is: the greatest of several numbers, or on which side of a level a single one lies. */
export class Classes {
  /** How many there are. */
  readonly count: number;
  /** What a single number is compared with: midway between the extreme targets, 0.5 without targets. */
  readonly level: number;

  constructor(
    /** How many numbers an answer is. */
    readonly size: number,
    /** The targets that are single numbers, each once, ascending. */
    readonly targets: readonly number[],
  ) {
    this.count = Math.max(2, size);
    this.level = targets.length === 0 ? 0.5 : (targets[0] + (targets.at(-1) as number)) / 2;
  }

  /** Of an answer, from 0. */
  of(answer: readonly number[]): number | undefined {
    if (!answer.every(Number.isFinite)) return undefined;
    return answer.length === 1 ? Number(answer[0] > this.level) : answer.indexOf(Math.max(...answer));
  }

  /** Of a target, from 0: one number for each class, or a single one that is on a side of the level, or names a class. */
  ofTarget(target: readonly number[]): number {
    if (target.length > 1) return target.indexOf(Math.max(...target));
    return this.size === 1 ? Number(target[0] > this.level) : this.targets.indexOf(target[0]);
  }

  /** How far an answer is inside a class, above 0 inside. */
  margin(answer: readonly number[], one: number): number {
    if (answer.length === 1) return one === 1 ? answer[0] - this.level : this.level - answer[0];
    return answer[one] - Math.max(...answer.filter((_, n) => n !== one));
  }

  name(one: number | undefined): string {
    if (one === undefined) return words.notYet;
    return this.size === 1 && this.targets.length === 2 ? format(this.targets[one]) : String(one + 1);
  }
}
