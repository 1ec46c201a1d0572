import { html, nothing, type TemplateResult } from 'lit';
import type { Export, ExportExtent, ExportForm, ExportRequest } from '../../src/export/catalogue.ts';
import { formatCount } from '../../src/number/format.ts';
import type { Steps } from '../../src/program/program.ts';
import { keyWords } from '../../src/words/base/key-text.ts';
import { exportDialogWords as words } from '../../src/words/export/export-dialog.ts';
import { keyText } from '../base/key-text.ts';
import { FileLoadError } from '../base/loading.ts';
import { SessionView } from '../base/session-view.ts';
import { toolIcons } from '../base/tool-icons.ts';
import { troubleElement } from '../base/trouble.ts';
import { dialogStyles } from '../theme/dialogs.ts';
import { formStyles } from '../theme/forms.ts';
import { exportStyles } from './export-dialog.styles.ts';

type Catalogue = typeof import('../../src/export/catalogue.ts');

/** The forms of export: those of the catalogue, which are text, and two that the page makes itself. */
type Form = ExportForm | 'handout' | 'drawing';

/** All forms in the order of the dialog: programs, documents, data. */
const formsOf = ({ formsFor }: Catalogue): readonly Form[] => [
  ...formsFor('program'),
  'handout',
  ...formsFor('document'),
  'drawing',
  ...formsFor('data'),
];

/** The parts of a run that can be exported: around the present step, or chosen steps. */
const parts = ['cell', 'formula', 'phase', 'frame', 'steps'] as const;

/** More operations than this make a file too large for any program to open. */
const mostSteps = 2_000_000;
/** A derivation of more operations than this is too long to read. */
const mostDerived = 100_000;
/** Milliseconds of writing before the page may draw. */
const sliceDuration = 30;
/** Parts of a file are joined to about this many characters. */
const partLength = 1 << 20;

/**
 * `<bs-export-dialog>`: a dialog that exports the model and its run as a program, on paper, as a drawing or as data, to a file or
 * the clipboard. Everything is made in the page. The drawing is the one of the debugger around it.
 */
export class ExportDialog extends SessionView {
  static override readonly sheet = [dialogStyles, formStyles, exportStyles];
  static override properties = {
    ...SessionView.properties,
    catalogue: { state: true },
    form: { state: true },
    around: { state: true },
    problem: { state: true },
    written: { state: true },
  };
  /** The exporters; undefined until they are loaded. */
  declare catalogue: Catalogue | undefined;
  /** The chosen form. */
  declare form: Form;
  /** The chosen part of the run. */
  declare around: (typeof parts)[number];
  /** A message, perhaps with a button to try again; empty where there is none. */
  declare problem: string | HTMLElement;
  /** Characters written so far; undefined while nothing is being written. */
  declare written: number | undefined;
  private isCancelled = false;
  /** Loaded once something was printed. */
  private handout: typeof import('./handout.ts') | undefined;

  constructor() {
    super();
    this.form = 'numpy';
    this.around = 'frame';
    this.problem = '';
  }

  /** Opens the dialog and loads the exporters; resolves when they are loaded. A failure is shown in the dialog. */
  async show(): Promise<void> {
    this.querySelector('dialog')?.showModal();
    await this.load();
  }

  private async load(): Promise<void> {
    this.problem = '';
    try {
      this.catalogue ??= await import('../../src/export/catalogue.ts');
    } catch (error) {
      this.problem = troubleElement(error, () => void this.load());
    }
  }

  protected override render(): TemplateResult {
    return html`<dialog class="help export" aria-labelledby="export-title" @click=${this.closeOutside} @close=${this.cancel}>
      <div class="sheet">
        <form method="dialog">
          <h2 id="export-title">${words.title}</h2>
          <button class="tool" aria-label=${words.close} title=${keyWords.with(words.close, keyText('Escape'))}>${toolIcons.close}</button>
        </form>
        ${this.catalogue === undefined ? html`<p role="status">${this.problem || words.loading}</p>` : this.choice(this.catalogue)}
      </div>
    </dialog>`;
  }

  private choice(catalogue: Catalogue): TemplateResult {
    const isBusy = this.written !== undefined;
    return html`<form novalidate @submit=${this.submit}>
      <fieldset class="forms">
        <legend class="visually-hidden">${words.form}</legend>
        ${formsOf(catalogue).map(
          (form) => html`<label>
            <input type="radio" name="form" value=${form} .checked=${form === this.form} @change=${() => {
              this.form = form;
              this.problem = '';
            }} />
            <span><b>${words[form]}</b><br />${words[`${form}Hint`]}</span>
          </label>`,
        )}
      </fieldset>
      <div class="bar"><p class="order">
        ${this.extentTemplate()}
        <span class="actions">
          <button type="submit" class="action main" ?disabled=${isBusy}>${this.form === 'handout' ? words.print : words.save}</button>
          ${
            this.form === 'handout'
              ? nothing
              : html`<button type="button" class="action" ?disabled=${isBusy} @click=${() => void this.make((text) => this.copy(text))}>${words.copy}</button>`
          }
        </span>
      </p>
      <p id="export-problem" class="problem" role="alert">${this.problem}</p>
      <p role="status">${isBusy ? words.writing(formatCount(this.written as number)) : ''}</p></div>
    </form>`;
  }

  /** What the reader has to choose of the run; undefined for a drawing. */
  private get extent(): ExportExtent | undefined {
    return this.form === 'handout' ? 'part' : this.fromCatalogue?.extent;
  }

  /** The chosen form; undefined if the page itself makes it, or while the catalogue is not loaded. */
  private get fromCatalogue(): Export | undefined {
    const { form } = this;
    return form === 'handout' || form === 'drawing' ? undefined : this.catalogue?.exportForms[form];
  }

  private extentTemplate(): TemplateResult | typeof nothing {
    const { extent } = this;
    if (extent === undefined) return nothing;
    if (extent === 'part') return this.partTemplate();
    return html`<label for="export-frames">${extent === 'after' ? words.after : words.iterations}</label>
      ${this.field('export-frames', this.session.moment.frame)}
      ${
        this.fromCatalogue?.hasGrain
          ? html`<label class="tick"><input type="checkbox" name="cells" /> ${words.onlyLast}</label>`
          : nothing
      }`;
  }

  private partTemplate(): TemplateResult {
    const { first, last } = this.session.around('frame');
    return html`<label for="export-part">${words.part}</label>
      <select id="export-part" @change=${(event: Event) => {
        this.around = (event.target as HTMLSelectElement).value as (typeof parts)[number];
        this.problem = '';
      }}>
        ${parts.map((part) => html`<option value=${part} ?selected=${part === this.around}>${words[part]}</option>`)}
      </select>
      ${
        this.around === 'steps'
          ? html`<label for="export-first">${words.from}</label>${this.field('export-first', first)}
            <label for="export-last">${words.to}</label>${this.field('export-last', last)}`
          : nothing
      }`;
  }

  private readonly field = (id: string, value: number): TemplateResult =>
    html`<input id=${id} class="number" inputmode="numeric" size="6" autocomplete="off" .defaultValue=${String(value)}
      aria-invalid=${this.problem === '' ? 'false' : 'true'} aria-describedby="export-problem" />`;

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    if (this.form === 'handout') void this.print();
    else void this.make((parts, mediaType, name) => save(new Blob(parts, { type: mediaType }), name));
  };

  private async copy(parts: readonly string[]): Promise<void> {
    try {
      await navigator.clipboard.writeText(parts.join(''));
      this.problem = '';
    } catch {
      this.problem = words.noClipboard;
    }
  }

  /** Makes the chosen export and passes it to `take`. */
  private async make(
    take: (parts: string[], mediaType: string, name: string) => void | Promise<void>,
  ): Promise<void> {
    const { catalogue, form, session } = this;
    if (catalogue === undefined || form === 'handout') return;
    this.problem = '';
    try {
      if (form === 'drawing') {
        const text = await this.drawing();
        if (text === undefined) this.problem = words.noDrawing;
        else await take([text], 'image/svg+xml', catalogue.fileName(session.name, '-drawing.svg'));
        return;
      }
      const request = this.request();
      if (request === undefined) return;
      const chosen: Export = catalogue.exportForms[form];
      const parts = await this.write(chosen.text(session.machine, request));
      if (parts) await take(parts, chosen.mediaType, catalogue.exportFileName(form, session.name));
    } catch (error) {
      this.problem =
        error instanceof FileLoadError
          ? troubleElement(error, () => void this.make(take))
          : words.notWritten(error instanceof Error ? error.message : String(error));
    }
  }

  /** Writes in time slices, so that the page stays responsive; undefined where the reader closes the dialog meanwhile. */
  private async write(texts: Iterable<string>): Promise<string[] | undefined> {
    const parts: string[] = [];
    this.isCancelled = false;
    this.written = 0;
    try {
      let part = '';
      let until = performance.now() + sliceDuration;
      for (const text of texts) {
        part += text;
        if (part.length > partLength) {
          parts.push(part);
          part = '';
        }
        if (performance.now() < until) continue;
        this.written = parts.reduce((sum, one) => sum + one.length, part.length);
        await new Promise((done) => setTimeout(done));
        if (this.isCancelled) return undefined;
        until = performance.now() + sliceDuration;
      }
      return [...parts, part];
    } finally {
      this.written = undefined;
    }
  }

  /** The text of an SVG file with the page's drawing; undefined where there is none. */
  private async drawing(): Promise<string | undefined> {
    const { standaloneDrawing, svgText } = await import('./svg-file.ts');
    const drawing = drawingOf(this);
    return drawing && svgText(standaloneDrawing(drawing, this.session));
  }

  private async print(): Promise<void> {
    const request = this.request();
    if (request?.steps === undefined) return;
    try {
      this.handout ??= await import('./handout.ts');
      const outcome = await this.handout.printHandout(this.session, request.steps, drawingOf(this));
      this.problem = outcome ?? '';
    } catch (error) {
      this.problem = troubleElement(error, () => void this.print());
    }
  }

  /** The request from the fields; undefined, with a message shown, where they are not valid. */
  private request(): ExportRequest | undefined {
    const { session, extent } = this;
    const grain = this.querySelector<HTMLInputElement>('input[name=cells]')?.checked ? 'cell' : 'operation';
    const common = { title: session.name, grain, digits: session.state.digits } as const;
    if (extent === 'part') {
      const steps = this.steps();
      return steps && { ...common, frames: 1, steps };
    }
    const frames = this.frames(extent);
    return frames === undefined ? undefined : { ...common, frames };
  }

  private steps(): Steps | undefined {
    const { session, around: part } = this;
    const steps =
      part === 'steps'
        ? { first: this.whole('export-first') ?? 0, last: this.whole('export-last') ?? 0 }
        : session.around(part);
    const count = steps.last - steps.first + 1;
    if (steps.first < 1 || count < 1 || steps.last > session.end)
      this.problem = words.wholeSteps(formatCount(session.end));
    else if (count > mostDerived) this.problem = words.tooMany(formatCount(count), formatCount(mostDerived));
    else {
      this.problem = '';
      return steps;
    }
    return undefined;
  }

  private frames(extent: ExportExtent | undefined): number | undefined {
    const { program, furthest } = this.session;
    const frames = this.whole('export-frames');
    const reached = Math.max(1, furthest);
    if (frames === undefined) this.problem = words.wholeIterations;
    else if (extent === 'after' && frames > reached)
      this.problem = words.notRun(formatCount(reached), reached === 1);
    else if (this.fromCatalogue?.hasGrain && frames * program.size > mostSteps)
      this.problem = words.tooMany(formatCount(frames * program.size), formatCount(mostSteps));
    else {
      this.problem = '';
      return frames;
    }
    return undefined;
  }

  /** The whole number in a field; undefined where it is none from 1 on. */
  private whole(id: string): number | undefined {
    const text = this.querySelector<HTMLInputElement>(`#${id}`)?.value.trim() ?? '';
    return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
  }

  private readonly cancel = (): void => {
    this.isCancelled = true;
    this.handout?.closeHandout();
  };

  /** The dialog's own box is filled by its sheet, so a click that meets the dialog itself is on the backdrop. */
  private closeOutside({ target }: Event): void {
    if (target instanceof HTMLDialogElement) target.close();
  }
}

/** The drawing in the debugger that a view belongs to. */
const drawingOf = (view: Element): SVGSVGElement | undefined =>
  (view.getRootNode() as ShadowRoot).querySelector<SVGSVGElement>('bs-network-drawing svg.network') ??
  undefined;

/** Downloads a file, as a click on a link to it would. */
function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the file by the end of this task.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
