import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lesson } from '../lesson/lesson.ts';
import { Findings } from '../lesson/markdown/finding.ts';
import { readFrontMatter } from '../lesson/markdown/front-matter.ts';
import { MarkdownSource } from '../lesson/markdown/source.ts';
import { tablesBeside } from './lesson-data.ts';
import { lessonName, type NeedingLesson, needFaults } from './needs.ts';
import { publishedLesson } from './sanitizer.ts';
import { settingsBeside } from './settings/course-file.ts';
import { wordingBeside } from './settings/wording-file.ts';

/** A lesson of the course. */
export interface CourseLesson {
  /** The name of its page: that of its file without number and ending. */
  readonly name: string;
  /** Its file, relative to the project's root, for findings. */
  readonly path: string;
  readonly lesson: Lesson;
}

/** The files in a lessons' folder that are lessons (`.md`, no README), in the order of their names. Throws where it cannot be read. */
const lessonFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.md') && !file.startsWith('README'))
    .sort();

/**
 * Reads and renders the lessons of a folder below `root`, sanitized, in the order of their file names, with the data files beside
 * them. Their faults, also those of one in view of the others, are in `lesson.diagnostics`. Throws where the folder cannot be read.
 */
export function readCourse(root: string, folder = 'lessons'): CourseLesson[] {
  const tables = tablesBeside(join(root, folder));
  const wording = wordingBeside(join(root, folder));
  const { webAssembly } = settingsBeside(join(root, folder));
  const course = lessonFiles(join(root, folder)).map((file) => {
    const path = `${folder}/${file}`;
    const lesson = publishedLesson(readFileSync(join(root, path), 'utf8'), {
      path,
      tables,
      wording,
      webAssembly,
    });
    return { name: lessonName(file), path, lesson };
  });
  const needs = course.map(({ name, lesson }) => needing(name, lesson));
  return course.map((each, at) => ({ ...each, lesson: among(each.lesson, needs[at], needs, each.path) }));
}

/** What the lessons of a folder (a path) say of what comes before them. Throws where it cannot be read. */
export const needsBeside = (folder: string): NeedingLesson[] =>
  lessonFiles(folder).map((file) => {
    const { text } = new MarkdownSource(readFileSync(join(folder, file), 'utf8'));
    return needing(lessonName(file), readFrontMatter(text, new Findings()));
  });

const needing = (name: string, { frontMatter }: Pick<Lesson, 'frontMatter'>): NeedingLesson => ({
  name,
  needs: frontMatter.needs ?? [],
});

/** The lesson with the findings, of rule `needs`, that it has in view of the others; `path` is its file's. */
export function among(
  lesson: Lesson,
  own: NeedingLesson,
  course: readonly NeedingLesson[],
  path: string,
): Lesson {
  const findings = new Findings(path);
  findings.all.push(...lesson.diagnostics);
  for (const { need, message } of needFaults(own, course)) findings.error(need.place, 'needs', message);
  return { ...lesson, diagnostics: findings.sorted };
}
