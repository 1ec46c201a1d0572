import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lesson } from '../lesson/lesson.ts';
import { tablesBeside } from './lesson-data.ts';
import { publishedLesson } from './sanitizer.ts';

/** A lesson of the course. */
export interface CourseLesson {
  /** The name of its page: that of its file without number and ending. */
  readonly name: string;
  /** Its file, relative to the project's root, for findings. */
  readonly path: string;
  readonly lesson: Lesson;
}

/**
 * Reads and renders the lessons (`.md`, no README) of a folder below `root`, sanitized, in the order of their file names, with
 * the data files beside them. Their faults are in `lesson.diagnostics`. Throws where the folder cannot be read.
 */
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
