import { closest } from '../formula/diagnostic.ts';
import type { Need } from '../lesson/markdown/front-matter-keys.ts';

/** A lesson of a course, as far as what comes before it is concerned. */
export interface NeedingLesson {
  /** The name of its page. */
  readonly name: string;
  readonly needs: readonly Need[];
}

/** A need that cannot be met, and why. */
export interface NeedFault {
  readonly need: Need;
  readonly message: string;
}

/** The name of a lesson's page: that of its file without number and ending. */
export const lessonName = (file: string): string => file.replace(/^\d+-|\.md$/g, '');

/**
 * The faults in the needs of `lesson`, one of `course`, in their order: names of no lesson, its own or one twice, and those that
 * lead back to it, so that neither could be read first.
 */
export function needFaults(lesson: NeedingLesson, course: readonly NeedingLesson[]): NeedFault[] {
  const byName = new Map(course.map((each) => [each.name, each]));
  return lesson.needs.flatMap((need, at) => {
    const message = faultOf(need.name, at);
    return message === undefined ? [] : [{ need, message }];
  });

  function faultOf(name: string, at: number): string | undefined {
    if (name === lesson.name) return 'a lesson does not come before itself';
    if (lesson.needs.findIndex((other) => other.name === name) < at) return `${name} is named twice`;
    if (!byName.has(name)) {
      const near = closest(name, byName.keys());
      return `there is no lesson ${name}${near === undefined ? '' : `; do you mean ${near}?`}`;
    }
    const way = wayBack(name);
    return way && `no lesson of these can be the first: ${[lesson.name, ...way].join(' needs ')}`;
  }

  /** The shortest chain of needs from a lesson to this one, both ends included. */
  function wayBack(from: string): string[] | undefined {
    const ways = [[from]];
    const seen = new Set([from]);
    for (const way of ways) {
      const last = way[way.length - 1];
      if (last === lesson.name) return way;
      for (const { name } of byName.get(last)?.needs ?? []) {
        if (seen.has(name)) continue;
        seen.add(name);
        ways.push([...way, name]);
      }
    }
    return undefined;
  }
}
