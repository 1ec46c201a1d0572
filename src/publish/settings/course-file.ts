import { UsageFault } from './usage-fault.ts';
import { entriesOf, fileBeside } from './yaml-file.ts';

/** What holds for all pages of a course. */
export interface CourseSettings {
  /** Whether debuggers may compile models to WebAssembly; otherwise the pages' policy does not allow it either. */
  readonly webAssembly: boolean;
}

/**
 * The settings of a lessons' folder (a path), from its file `course.yaml`; where there is none, those that hold without it. Throws
 * a `UsageFault` where the file is not as the page on the debugger describes it.
 */
export const settingsBeside = (folder: string): CourseSettings =>
  fileBeside(folder, 'course.yaml', settingsOf) ?? settingsOf('', '');

/** What the text of such a file says; `path` is for messages. */
export function settingsOf(text: string, path: string): CourseSettings {
  const { webassembly = 'on' } = entriesOf(text, path, ['webassembly']);
  if (webassembly !== 'on' && webassembly !== 'off')
    throw new UsageFault(`${path}: webassembly is on or off`);
  return { webAssembly: webassembly === 'on' };
}
