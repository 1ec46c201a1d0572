import { basename, dirname } from 'node:path';
import { type Finding, findingLine } from '../lesson/markdown/finding.ts';
import { among, needsBeside } from './course.ts';
import { tablesBeside } from './lesson-data.ts';
import { readModelFile, readText } from './model-file.ts';
import { lessonName } from './needs.ts';
import { publishedLesson } from './sanitizer.ts';
import { settingsBeside } from './settings/course-file.ts';
import { wordingBeside } from './settings/wording-file.ts';

/**
 * All findings in lessons (`.md`), and in files with formulas only, ordered by path, then by line; each file is checked once.
 * Throws a `UsageFault` for a file that cannot be read.
 */
export function checkLessons(paths: readonly string[]): Finding[] {
  return [...new Set(paths)].sort().flatMap((path) => {
    const text = readText(path);
    const file = /\.(md|markdown)$/i.test(path) ? undefined : readModelFile(path);
    if (file?.isPlain) return file.findings.sorted;
    const lesson = publishedLesson(text, {
      path,
      tables: tablesBeside(dirname(path)),
      wording: wordingBeside(dirname(path)),
      ...settingsBeside(dirname(path)),
    });
    const { needs = [] } = lesson.frontMatter;
    const beside = needs.length === 0 ? [] : needsBeside(dirname(path));
    return among(lesson, { name: lessonName(basename(path)), needs }, beside, path).diagnostics;
  });
}

/**
 * The output of the command: a `findingLine` for each finding, or one that says there are none in `files` lessons. Each line
 * ends with a line break.
 */
export function report(findings: readonly Finding[], files: number): string {
  if (findings.length > 0) return findings.map((finding) => `${findingLine(finding)}\n`).join('');
  return `${files} ${files === 1 ? 'lesson' : 'lessons'}, no findings\n`;
}
