import { html, nothing, type TemplateResult } from 'lit';
import type { Export, ExportForm } from '../src/export/catalogue.ts';
import { formatCount } from '../src/number/format.ts';
import { icons } from './icons.ts';
import { SessionView } from './session-view.ts';
import { helpStyles } from './styles/help.ts';

type Catalogue = typeof import('../src/export/catalogue.ts');

/** More operations than this make a file that nothing opens any more. */
const mostSteps = 2_000_000;
/** The page gets its thread back after so many milliseconds of writing. */
const piece = 30;
/** Parts of a file are joined to about this many letters. */
const partLength = 1 << 20;

/** What is said of each form before it is chosen. */
const hints: Readonly<Record<ExportForm, string>> = {
  numpy: 'Runs with NumPy alone and comes to the same numbers.',
  pytorch: 'Runs with PyTorch; its own derivatives are compared with these.',
  stepsCsv: 'Every operation, one a line, for a spreadsheet.',
  stepsJson: 'Every operation, with what it reads, for a program.',
  stepsJsonLines: 'The same, one JSON object a line.',
  numbersCsv: 'Every cell at the end of the last iteration, one a line.',
  numbersJson: 'Every array at the end of the last iteration, nested.',
};

/** `<bs-export>`: takes the model and its run away as a program or as data. Nothing leaves the page but the file. */
export class ExportDialog extends SessionView {
  static override readonly sheet = helpStyles;
  static override properties = {
    ...SessionView.properties,
    catalogue: { state: true },
    form: { state: true },
    problem: { state: true },
    written: { state: true },
  };
  declare catalogue: Catalogue | undefined;
  declare form: ExportForm;
  declare problem: string;
  /** Letters written so far; undefined while nothing is. */
  declare written: number | undefined;
  private isCancelled = false;

  constructor() {
    super();
    this.form = 'numpy';
    this.problem = '';
  }

  /** Opens the dialog; the exporters are loaded when they are first asked for. */
  async show(): Promise<void> {
    this.querySelector('dialog')?.showModal();
    try {
      this.catalogue ??= await import('../src/export/catalogue.ts');
    } catch {
      this.problem = 'The exporters could not be loaded. Is the page still online?';
    }
  }

  protected override render(): TemplateResult {
    return html`<dialog class="help export" aria-labelledby="export-title" @click=${this.closeOutside} @close=${this.cancel}>
      <div class="sheet">
        <form method="dialog">
          <h2 id="export-title">Take it away</h2>
          <button class="tool" aria-label="Close" title="Close (Escape)">${icons.close}</button>
        </form>
        ${this.catalogue === undefined ? html`<p role="status">${this.problem || 'Loading…'}</p>` : this.choice(this.catalogue)}
      </div>
    </dialog>`;
  }

  private choice({ exportForms }: Catalogue): TemplateResult {
    const forms = Object.entries(exportForms) as [ExportForm, Export][];
    const isBusy = this.written !== undefined;
    return html`<form novalidate @submit=${this.submit}>
      <fieldset class="forms">
        <legend class="visually-hidden">Form</legend>
        ${forms.map(
          ([form, { label }]) => html`<label>
            <input type="radio" name="form" value=${form} .checked=${form === this.form} @change=${() => {
              this.form = form;
              this.problem = '';
            }} />
            <span><b>${label.charAt(0).toUpperCase()}${label.slice(1)}</b><br />${hints[form]}</span>
          </label>`,
        )}
      </fieldset>
      <p class="order">
        <label for="export-frames">${this.form.startsWith('numbers') ? 'After iteration' : 'Iterations, from the first'}</label>
        <input id="export-frames" class="number" inputmode="numeric" size="6" autocomplete="off" .defaultValue=${String(this.session.moment.frame)}
          aria-invalid=${this.problem === '' ? 'false' : 'true'} aria-describedby="export-problem" />
        ${
          this.form.startsWith('steps')
            ? html`<label class="tick"><input type="checkbox" name="cells" /> only the last of each cell</label>`
            : nothing
        }
        <span class="actions">
          <button type="submit" class="action main" ?disabled=${isBusy}>Save the file</button>
          <button type="button" class="action" ?disabled=${isBusy} @click=${() => this.make((text) => this.copy(text))}>Copy</button>
        </span>
      </p>
      <p id="export-problem" class="problem" role="alert">${this.problem}</p>
      <p role="status">${isBusy ? `Writing: ${formatCount(this.written as number)} characters` : ''}</p>
    </form>`;
  }

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    void this.make((parts, { mediaType }, name) => save(new Blob(parts, { type: mediaType }), name));
  };

  private async copy(parts: readonly string[]): Promise<void> {
    try {
      await navigator.clipboard.writeText(parts.join(''));
      this.problem = '';
    } catch {
      this.problem = 'The page may not use the clipboard; save the file instead.';
    }
  }

  /** Writes the text in pieces, so that the page stays awake, and hands it over. */
  private async make(
    take: (parts: string[], form: Export, name: string) => void | Promise<void>,
  ): Promise<void> {
    const { catalogue, form, session } = this;
    const frames = this.frames();
    if (catalogue === undefined || frames === undefined) return;
    const cells = this.querySelector<HTMLInputElement>('input[name=cells]')?.checked ?? false;
    const chosen: Export = catalogue.exportForms[form];
    const parts: string[] = [];
    this.isCancelled = false;
    this.written = 0;
    try {
      const request = { title: session.name, frames, grain: cells ? 'cell' : 'operation' } as const;
      let part = '';
      let until = performance.now() + piece;
      for (const text of chosen.text(session.machine, request)) {
        part += text;
        if (part.length > partLength) {
          parts.push(part);
          part = '';
        }
        if (performance.now() < until) continue;
        this.written = parts.reduce((sum, one) => sum + one.length, part.length);
        await new Promise((done) => setTimeout(done));
        if (this.isCancelled) return;
        until = performance.now() + piece;
      }
      parts.push(part);
      await take(parts, chosen, catalogue.exportFileName(form, session.name));
    } catch (error) {
      this.problem = `This could not be written: ${error instanceof Error ? error.message : String(error)}`;
    } finally {
      this.written = undefined;
    }
  }

  /** The number of iterations in its field; undefined, with a message there, where it cannot be used. */
  private frames(): number | undefined {
    const { form } = this;
    const { program, furthest } = this.session;
    const text = this.querySelector<HTMLInputElement>('#export-frames')?.value.trim() ?? '';
    const frames = Number(text);
    const reached = Math.max(1, furthest);
    if (!/^[1-9]\d*$/.test(text)) this.problem = 'Type a whole number of iterations, from 1.';
    else if (form.startsWith('numbers') && frames > reached)
      this.problem = `Only ${formatCount(reached)} ${reached === 1 ? 'iteration has' : 'iterations have'} been run; train further first.`;
    else if (form.startsWith('steps') && frames * program.size > mostSteps)
      this.problem = `That would be ${formatCount(frames * program.size)} operations, and ${formatCount(mostSteps)} are the most that can be written here.`;
    else {
      this.problem = '';
      return frames;
    }
    return undefined;
  }

  private readonly cancel = (): void => {
    this.isCancelled = true;
  };

  /** The dialog's own box is filled by its sheet, so a click that meets the dialog itself is on the backdrop. */
  private closeOutside({ target }: Event): void {
    if (target instanceof HTMLDialogElement) target.close();
  }
}

/** Hands a file to the browser, as a click on a link to it would. */
function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the file by the end of this task.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

if (customElements.get('bs-export') === undefined) customElements.define('bs-export', ExportDialog);
