import { html, nothing, type TemplateResult } from 'lit';
import { Activations } from '../../src/explain/activations.ts';
import { type Drawing, readDrawing } from '../../src/explain/drawing.ts';
import type { DrawnLayer } from '../../src/explain/layers.ts';
import { OneSample } from '../../src/explain/one-sample.ts';
import type { Reads } from '../../src/explain/reads.ts';
import { dataCell } from '../../src/explain/unrolled-tex.ts';
import type { Model } from '../../src/formula/model.ts';
import { spokenCell, texName } from '../../src/formula/notation.ts';
import { formatCount } from '../../src/number/format.ts';
import type { Program } from '../../src/program/program.ts';
import { command } from '../../src/session/commands.ts';
import { networkDrawingWords as words } from '../../src/words/drawing/network-drawing.ts';
import { icons } from '../base/icons.ts';
import { keyText } from '../base/key-text.ts';
import { lazy } from '../base/lazy-view.ts';
import { math } from '../base/math.ts';
import { SessionView } from '../base/session-view.ts';
import { withPart } from '../base/trouble.ts';
import { type EdgeLabel, labelEdges } from './edge-labels.ts';
import { EdgeStrokes } from './edge-strokes.ts';
import { NetworkFigures } from './network-figures.ts';
import type { Lens } from './network-lens.ts';
import { Marks } from './network-marks.ts';
import { Picture } from './network-picture.ts';
import { type Placement, type PlacementOptions, placeNetwork } from './network-placement.ts';
import { OverlayController, type Overlays, overlaysOf } from './overlays.ts';
import { centre } from './placed-unit.ts';

/** The width in CSS pixels before it is measured. */
const usualWidth = 560;
/** The height of the line under the drawing, in CSS pixels. */
const footHeight = 36;

type Room = Pick<PlacementOptions, 'width' | 'most'>;

/** Labels placed before, by the size of the drawing and the edges at work. */
interface Arrangement {
  readonly model: Model;
  readonly labels: Map<string, readonly { readonly label: EdgeLabel; readonly edge: number }[]>;
}

/** Above a drawing taller than this, in CSS pixels, the formula comes first: below it there is no room. */
const mostBefore = 560;

/** Finds which cells read which, once loaded. */
let readsOf: ((program: Program) => Reads) | undefined;

/**
 * `<bs-network-drawing>`: the model as a network read from its formulas, with the numbers at this step and the present operation
 * marked, as a drawing or a table; it can be enlarged and moved. A model that is not layers of units is shown as a
 * `<bs-tensor-grid>`.
 */
export class NetworkDrawing extends SessionView {
  static override properties = { ...SessionView.properties, room: { state: true }, form: { state: true } };
  /** The available width, in CSS pixels, and the most units of a layer. */
  declare room: Room;
  /** Whether it is shown as a drawing or as a table. */
  declare form: 'drawing' | 'table';
  private readonly size = new ResizeObserver(([{ contentRect }]) => this.measure(contentRect));
  private made:
    | { readonly model: Model; readonly activations: Activations; drawing: Drawing | undefined }
    | undefined;
  private arranged: Arrangement | undefined;
  /** Loaded when the reader first enlarges the drawing, or asks for the table. */
  private lens: Lens | undefined;
  private table: typeof import('./network-table.ts') | undefined;
  private followed = 0;
  private isLoadingReads = false;
  /** Which cells of the program read which. */
  private known: { readonly program: Program; readonly reads: Reads } | undefined;

  constructor() {
    super();
    this.room = { width: usualWidth };
    this.form = 'drawing';
    new OverlayController(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.measure(this.getBoundingClientRect());
    this.size.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.size.disconnect();
  }

  /**
   * Loads the code that finds what the cell at work has read before, and renders again with it. After a failure the next step
   * tries again.
   */
  private loadReads(): void {
    if (readsOf !== undefined || this.isLoadingReads) return;
    this.isLoadingReads = true;
    import('../../src/explain/reads.ts').then(
      ({ Reads }) => {
        readsOf = (program) => new Reads(program);
        this.requestUpdate();
      },
      () => {
        this.isLoadingReads = false;
      },
    );
  }

  private get reads(): Reads | undefined {
    const { program } = this.session;
    if (this.known?.program !== program) {
      const reads = readsOf?.(program);
      this.known = reads && { program, reads };
    }
    return this.known?.reads;
  }

  /** The available width; on a whole screen the size at which the drawing becomes largest. */
  private measure({ width, height }: { readonly width: number; readonly height: number }): void {
    if (width <= 0) return;
    const isWhole = getComputedStyle(this).getPropertyValue('--whole') !== '';
    this.room = isWhole ? this.largest(width, height - footHeight) : { width: Math.floor(width) };
  }

  /** The width and most units with which the drawing, scaled to fit, has the largest type; of equal ones the most units. */
  private largest(width: number, height: number): Room {
    const { drawing } = this;
    const rooms = [8, 5, 4, 3].flatMap((most) =>
      Array.from({ length: 12 }, (_, at) => ({ width: 300 + 50 * at, most })),
    );
    const worth = (room: Room): number => {
      const placed = placeNetwork(drawing as Drawing, room);
      return Math.min(1.3, width / placed.width, height / placed.height);
    };
    if (drawing === undefined || height <= 0) return { width: Math.floor(width) };
    const worths = rooms.map(worth);
    return rooms[worths.indexOf(Math.max(...worths))];
  }

  private get drawing(): Drawing | undefined {
    const { model, machine } = this.session;
    if (this.made?.model !== model)
      this.made = {
        model,
        activations: new Activations(model, machine.layout),
        drawing: isLayered(model) ? readDrawing(model) : undefined,
      };
    const sample = this.session.sample ?? this.made.drawing?.sample ?? 1;
    this.made.drawing = this.made.drawing?.of(sample);
    return this.made.drawing;
  }

  protected override render(): TemplateResult {
    this.loadReads();
    const { drawing } = this;
    if (drawing === undefined)
      return html`<bs-tensor-grid ${lazy()} .session=${this.session}></bs-tensor-grid>`;
    const marks = new Marks(this.session, drawing, this.reads?.ofCells);
    const { placement, labels } = this.arrange(drawing, marks);
    const overlays = overlaysOf(this.session);
    const figures = new NetworkFigures(this.session, this.made?.activations);
    const strokes = new EdgeStrokes(placement.edges, marks.phase, (cell, version) =>
      figures.value(cell, version),
    );
    const picture = new Picture(placement, labels, strokes, marks, figures, overlays, this.epoch(overlays));
    const form = placement.height > mostBefore ? 'network tall' : 'network';
    const whole = { width: placement.width, height: Math.ceil(placement.height) };
    const lens = this.lens?.isOn ? this.lens : undefined;
    if (this.form === 'table' && this.table !== undefined)
      return html`${this.table.networkTable(this.session, placement, marks)}${this.foot(placement)}`;
    return html`<div class="sight ${lens ? 'enlarged' : ''}" tabindex=${lens ? 0 : nothing} role=${lens ? 'group' : nothing}
        aria-label=${lens ? words.moveHint : nothing} @keydown=${(event: KeyboardEvent) => lens?.press(event)}
        @wheel=${this.turn} @pointerdown=${(event: PointerEvent) => lens?.grasp(event)}
      ><svg class=${form} viewBox=${lens?.viewBox(whole) ?? `0 0 ${whole.width} ${whole.height}`} role="img"
      aria-label=${this.label(drawing, marks)}>${picture.render()}</svg></div>${this.foot(placement, words[strokes.measure])}`;
  }

  /** The line under the drawing: what its edges show, which units are not drawn, and the buttons that change the view. */
  private foot({ abridged }: Placement, legend = ''): TemplateResult {
    const parts = abridged.map(({ layer, shown }) => words.shown(shown, counted(layer)));
    const button = (id: 'zoomOut' | 'zoomAll' | 'zoomIn', by: -1 | 0 | 1, isIdle: boolean) =>
      html`<button type="button" class="small" aria-label=${words[id]} title="${words[id]} (${keyText(command(id)?.keys[0] ?? '')})"
        aria-keyshortcuts=${command(id)?.keys[0] ?? nothing} aria-disabled=${isIdle} @click=${() => this.zoom(by)}>${icons[id]}</button>`;
    const isWhole = this.lens?.isOn !== true;
    return html`<div class="foot">
      ${this.rates()}
      ${legend === '' ? nothing : html`<p class="legend">${legend}</p>`}
      ${abridged.length === 0 ? nothing : html`<p class="abridged">${words.abridged(parts.join(', '))}</p>`}
      <span class="sights">
        <button type="button" class="small as-table" aria-pressed=${this.form === 'table'} @click=${this.turnOver}>${words.asTable}</button>
        ${button('zoomOut', -1, isWhole)}${button('zoomAll', 0, isWhole)}${button('zoomIn', 1, false)}
      </span>
    </div>`;
  }

  /** The learning rates, each a button beside which it is changed. */
  private rates(): TemplateResult[] {
    const { model, machine, moment, figures } = this.session;
    const rates = [...model.quantities.values()].filter(
      ({ role, shape }) => role === 'rate' && shape.length === 0,
    );
    return rates.map(({ name }) => {
      const value = figures.text(machine.value(moment.frame, name, 'old', []), name, []);
      return html`<button type="button" class="small rate" data-cell=${dataCell(name, [])}
        aria-label=${words.rate(spokenCell(model, name, []), value)} title=${words.change}
      ><span ${math(`${texName(model, name, [])} =`, 'silent')}></span> <span class="value">${value}</span></button>`;
    });
  }

  /** Enlarges (1) or reduces (−1) the drawing by one level around the cell at work; 0 shows all of it. */
  zoom(by: -1 | 0 | 1): void {
    if (this.lens === undefined && by <= 0) return;
    const work = this.querySelector<SVGGraphicsElement>('.mark.target')?.getBBox();
    this.withLens((lens) => lens.zoom(by, work && centre(work)));
  }

  private withLens(use: (lens: Lens) => void): void {
    if (this.lens !== undefined) use(this.lens);
    else
      void withPart(
        this,
        () => import('./network-lens.ts'),
        ({ Lens }) => {
          this.lens ??= new Lens(this);
          use(this.lens);
        },
      );
  }

  private readonly turn = (event: WheelEvent): void => {
    if (!event.ctrlKey) return;
    // Otherwise the browser zooms the whole page.
    event.preventDefault();
    const target = event.currentTarget as HTMLElement;
    const { clientX, clientY, deltaY } = event;
    this.withLens((lens) => lens.zoom(deltaY < 0 ? 0.4 : -0.4, lens.at(target, clientX, clientY)));
  };

  private readonly turnOver = (): void => {
    if (this.form === 'table') this.form = 'drawing';
    else
      void withPart(
        this,
        () => import('./network-table.ts'),
        (table) => {
          this.table = table;
          this.form = 'table';
        },
      );
  };

  /** After a step the cell at work scrolls into view. */
  protected override updated(): void {
    const { step } = this.session.state.cursor;
    if (step === this.followed) return;
    this.followed = step;
    const mark = this.lens?.isOn ? this.querySelector<SVGGraphicsElement>('.mark.target') : null;
    if (mark !== null) this.lens?.reveal(mark.getBBox());
  }

  /** While this is the same, the drawing of a cell depends on its numbers and its mark only. */
  private epoch(overlays: Overlays): readonly unknown[] {
    const { moment, state } = this.session;
    const { precision, mode, digits, changes } = state;
    // A number may differ from the lesson's in one iteration and not in another.
    const frame = this.session.changes.length > 0 ? moment.frame : 0;
    return [this.session, precision, mode, digits, changes, frame, overlays.version, this.made?.drawing];
  }

  /**
   * Places units and labels. Placing labels is slow and does not depend on which units are in the places, so it is done once for
   * all steps with the same edges at work.
   */
  private arrange(drawing: Drawing, marks: Marks): { placement: Placement; labels: EdgeLabel[] } {
    const placement = placeNetwork(drawing, { ...this.room, focus: marks.places() });
    const wanted = marks.focus(placement.edges);
    const at = placement.edges.flatMap(({ edge }, n) => (wanted.has(edge.id) ? [n] : []));
    const key = [placement.width, placement.height, ...at].join();
    const { model } = this.session;
    if (this.arranged?.model !== model) this.arranged = { model, labels: new Map() };
    const known =
      this.arranged.labels.get(key) ??
      labelEdges(placement, wanted).map((label) => ({
        label,
        edge: placement.edges.indexOf(label.edge),
      }));
    this.arranged.labels.set(key, known);
    return { placement, labels: known.map(({ label, edge }) => ({ ...label, edge: placement.edges[edge] })) };
  }

  private label(drawing: Drawing, { target }: Marks): string {
    const counts = drawing.layers.filter(({ kind }) => kind === 'input' || kind === 'unit').map(counted);
    const now = target ? spokenCell(this.session.model, target.name, target.cell) : '';
    return words.network(counts.join(words.next), now);
  }
}

/** Whether the forward pass computes vectors of units only; images and sequences are grids. */
function isLayered(model: Model): boolean {
  const one = new OneSample(model);
  return model.formulas.every((formula) => formula.phase !== 'forward' || one.indices(formula).length <= 1);
}

const counted = ({ kind, size }: DrawnLayer): string => words[kind](formatCount(size), size === 1);
