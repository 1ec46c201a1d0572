import { html, nothing, type TemplateResult } from 'lit';
import type { ReadOptions } from '../../src/data/file.ts';
import type { Table } from '../../src/data/table.ts';
import type { TableFile } from '../../src/formula/compile/tables.ts';
import { formatCount } from '../../src/number/format.ts';
import { dataFilesWords as words } from '../../src/words/model/data-files.ts';
import { toolWords } from '../../src/words/shell/tools.ts';
import { Announcement } from '../base/announcement.ts';
import { FileLoadError } from '../base/loading.ts';
import { SessionView } from '../base/session-view.ts';
import { dataFilesStyles } from './data-files.styles.ts';
import type { LessonTables } from './lesson-tables.ts';

/**
 * `<bs-data-files>`: a field for the data files that the model reads and only the reader has, by dropping or choosing them; their
 * state, and progress while they are read.
 */
export class DataFiles extends SessionView {
  static override readonly sheet = dataFilesStyles;
  static override properties = {
    ...SessionView.properties,
    data: { attribute: false },
    files: { attribute: false },
    problems: { state: true },
    take: { attribute: false },
    isReading: { state: true },
    share: { state: true },
    isAimed: { state: true },
  };
  /** The tables of the model; read only to show which files are there. */
  declare data: LessonTables;
  /** The files that only the reader can provide. */
  declare files: readonly TableFile[];
  /** Sentences about files that could not be used. */
  declare problems: readonly string[];
  declare isReading: boolean;
  /** The part of the files that has been read, from 0 to 1. */
  declare share: number;
  /** Whether files are dragged over the field. */
  declare isAimed: boolean;
  /** Reads the files and starts with them; resolves with a sentence about each that cannot be used. */
  declare take: (files: readonly File[], waiting: ReadOptions) => Promise<readonly string[]>;
  private ending = new AbortController();

  constructor() {
    super();
    new Announcement(this);
    this.problems = [];
    this.isReading = false;
    this.share = 0;
    this.isAimed = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ending.abort();
  }

  protected override render(): TemplateResult {
    return html`<section class="files ${this.isAimed ? 'aimed' : ''}" aria-label=${words.title}
      @dragenter=${this.aim} @dragover=${this.aim} @dragleave=${() => {
        this.isAimed = false;
      }} @drop=${this.drop}>
      <ul>${this.files.map(({ name }) => html`<li><code>${name}</code> <span class="state">${stateOf(this.data.table(name))}</span></li>`)}</ul>
      <label class="pick"><span>${this.isReading ? words.reading : words.choose}</span>
        <input type="file" multiple ?disabled=${this.isReading} @change=${this.choose} /></label>
      ${
        this.isReading
          ? html`<p class="hint"><progress aria-label=${words.readingAll} max="1" .value=${this.share}></progress>
            <button type="button" class="text-button" @click=${() => this.ending.abort()}>${words.cancel}</button></p>`
          : nothing
      }
      <p class="hint">${this.hint()}</p>
      ${this.problems.length === 0 ? nothing : html`<p class="problem" role="alert">${this.problems.join(' ')}</p>`}
      <p class="visually-hidden" data-told>${this.isReading ? words.readingAll : this.files.map(({ name }) => `${name}: ${stateOf(this.data.table(name))}`).join('. ')}</p>
    </section>`;
  }

  private hint(): string {
    const isMissing = this.files.some(({ name }) => this.data.table(name) === undefined);
    return isMissing ? words.drop : words.replace;
  }

  private readonly aim = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.isAimed = true;
  };

  private readonly drop = (event: DragEvent): void => {
    event.preventDefault();
    this.isAimed = false;
    void this.readFiles([...(event.dataTransfer?.files ?? [])]);
  };

  private readonly choose = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const files = [...(field.files ?? [])];
    // The same file may be chosen again, once it has been corrected.
    field.value = '';
    void this.readFiles(files);
  };

  private async readFiles(files: readonly File[]): Promise<void> {
    if (files.length === 0 || this.isReading) return;
    this.isReading = true;
    this.share = 0;
    this.problems = [];
    this.ending = new AbortController();
    const { signal } = this.ending;
    const progress = (share: number): void => {
      // At most a hundred renderings, however small the parts are.
      if (share >= this.share + 0.01) this.share = share;
    };
    try {
      this.problems = await this.take(files, { progress, signal });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.problems = [error instanceof FileLoadError ? toolWords.failed : words.unreadable(message)];
    } finally {
      this.isReading = false;
    }
    if (!signal.aborted || !this.isConnected) return;
    // The focused cancel button has been removed.
    await this.updateComplete;
    this.querySelector('input')?.focus();
  }
}

/** The state of a file in words. A table of bytes whose width is a square number counts as images. */
function stateOf(table: Table | undefined): string {
  if (table === undefined) return words.missing;
  const { rows, width, values } = table;
  const side = Math.round(Math.sqrt(width));
  const areBytes = values instanceof Uint8Array;
  if (width === 1) return (areBytes ? words.labels : words.numbers)(formatCount(rows));
  if (side * side === width && areBytes) return words.images(formatCount(rows), side);
  return words.rows(formatCount(rows), width);
}
