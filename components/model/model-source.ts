import type { Diagnostic } from '../../src/formula/diagnostic.ts';
import type { Program } from '../../src/program/counted-program.ts';
import { deserializeProgram } from '../../src/program/deserialization.ts';
import { nextTask } from '../../src/session/analysis/next-task.ts';
import type { LessonTables } from './lesson-tables.ts';
import type { InstalledModel } from './model-host.ts';

/** What reads texts; loaded where a page does not carry its model compiled. */
type Compiler = typeof import('./compiler.ts');

/** The texts of a debugger's model: what the page carries, and what the reader has written in its place. */
export class ModelSource {
  /** The formulas that run. */
  text = '';
  /** What the lesson's author wrote, shorthand or formulas. */
  lessonText = '';
  /** What runs, as it was written, where that is shorthand; else empty. */
  written = '';
  /** For each line of `text`, the 1-based line of `written` that it comes from. */
  origins: readonly number[] = [];
  /** The data files that the text names, if it was read here. */
  data: LessonTables | undefined;
  /** Findings about a text that was read here. */
  diagnostics: readonly Diagnostic[] = [];
  /** What reads texts, once it is loaded. */
  compiler: Compiler | undefined;
  private ownText: string | undefined;

  /** Whether the reader's own formulas run. */
  get isOwn(): boolean {
    return this.ownText !== undefined;
  }

  /** What runs, as it was written. */
  get modelText(): string {
    return this.ownText ?? this.lessonText;
  }

  /**
   * Reads the text in the light DOM of an element, and gives its program: as the page carries it compiled, or else compiled here with
   * the data files that it names. Undefined where there are errors in it. Rejects with a `FileLoadError` where a file cannot be loaded.
   */
  async read(element: Element): Promise<Program | undefined> {
    this.text = element.querySelector('pre[data-model]')?.textContent ?? '';
    this.written = element.querySelector('pre[data-written]')?.textContent ?? '';
    const origins = element.querySelector<HTMLElement>('pre[data-origins]')?.dataset.origins ?? '';
    this.origins = origins.split(' ').map(Number);
    this.lessonText = this.written || this.text;
    const compiled =
      element.querySelector<HTMLTemplateElement>('template[data-compiled]')?.content.textContent;
    return (compiled && deserializeProgram(compiled, this.text)) || this.compile();
  }

  private async load(): Promise<Compiler> {
    this.compiler ??= await import('./compiler.ts');
    return this.compiler;
  }

  private async compile(): Promise<Program | undefined> {
    const { compileWithFiles } = await this.load();
    const { program, diagnostics, data } = await compileWithFiles(this.text);
    this.data = data;
    this.diagnostics = diagnostics;
    // To begin takes its own moment.
    await nextTask();
    return program;
  }

  /** Takes another text in place of the present one. */
  take({ written, text, origins, data }: InstalledModel): void {
    this.ownText = written === this.lessonText ? undefined : written;
    this.text = text;
    this.written = written === text ? '' : written;
    this.origins = origins;
    this.data = data;
  }

  /** Reads data files that only the reader has, as `addFiles` does. */
  async addFiles(...args: Parameters<Compiler['addFiles']>): Promise<readonly string[]> {
    return (await this.load()).addFiles(...args);
  }
}
