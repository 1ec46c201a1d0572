import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lesson } from '../lesson/lesson.ts';
import { tablesBeside } from './lesson-data.ts';
import { publishedLesson } from './sanitizer.ts';

/** A lesson of the course and the name of its page, which is its file's without number and ending. */
export interface CourseLesson {
  readonly name: string;
  /** From the project's root, for findings. */
  readonly path: string;
  readonly lesson: Lesson;
}

/** The lessons of a folder, in reading order: that of their file names. */
export function readCourse(root: string, folder = 'lessons'): CourseLesson[] {
  const tables = tablesBeside(join(root, folder));
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.md') && !file.startsWith('README'))
    .sort()
    .map((file) => {
      const path = `${folder}/${file}`;
      const lesson = publishedLesson(readFileSync(join(root, path), 'utf8'), { path, tables });
      return { name: file.replace(/^\d+-|\.md$/g, ''), path, lesson };
    });
}
