import { renderLesson } from '../lesson/lesson.ts';
import { hostileLesson } from '../lesson/testing/hostile.testing.ts';
import { pageFaults } from '../lesson/testing/page-faults.testing.ts';
import { lessonDocument } from './document.ts';
import { indexDocument } from './index-page.ts';
import { cleanLesson } from './sanitizer.ts';

/** The page of a hostile lesson. */
export interface HostilePage {
  readonly markdown: string;
  /** The page as it would be built. */
  readonly html: string;
  readonly milliseconds: number;
}

/** More than this of the processor's time for a page, and somebody waits for more than a build may take. */
const mostMilliseconds = 20_000;
const mostLetters = 60_000_000;

/**
 * Builds the page of a seed's hostile lesson. Throws where rendering throws, takes too long, has a finding at an impossible
 * place, or gives a page with something that no page may contain.
 */
export function tryHostileLesson(seed: number): HostilePage {
  const markdown = hostileLesson(seed);
  const reported = (what: string): Error => new Error(`${what}\n${JSON.stringify(markdown).slice(0, 2_000)}`);
  const began = process.cpuUsage();
  const first = rendered();
  const { user, system } = process.cpuUsage(began);
  const milliseconds = (user + system) / 1000;
  const lesson = cleanLesson(first);
  const course = [{ name: 'hostile', path: 'lessons/hostile.md', lesson }];
  const html = lessonDocument(course, 0);
  if (html.length > mostLetters) throw reported(`the page has ${html.length} letters`);
  if (milliseconds > mostMilliseconds) throw reported(`it took ${milliseconds} ms`);
  const complaints = [...pageFaults(html), ...pageFaults(indexDocument(course))];
  if (complaints.length > 0) throw reported(complaints.slice(0, 5).join('\n'));
  if (lesson.diagnostics.length > first.diagnostics.length)
    throw reported(`only the second wall held: ${lesson.diagnostics[0].message}`);
  const lines = markdown.replace(/\r\n?/g, '\n').split('\n');
  for (const { line, column, message } of first.diagnostics) {
    const text = lines[line - 1];
    if (text === undefined || column < 1 || column > text.length + 2)
      throw reported(`${line}:${column} is no place: ${message}`);
    if (/\bundefined\b|\[object|RangeError|TypeError/.test(message)) throw reported(`it says: ${message}`);
  }
  return { markdown, html, milliseconds };

  function rendered() {
    try {
      return renderLesson(markdown);
    } catch (fault) {
      throw reported(`renderLesson throws ${(fault as Error).stack?.split('\n').slice(0, 3).join(' ')}`);
    }
  }
}
