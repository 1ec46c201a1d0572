import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { Activations } from '../../src/explain/activations.ts';
import { type Drawing, readDrawing } from '../../src/explain/drawing.ts';
import type { DrawnLayer } from '../../src/explain/layers.ts';
import { OneSample } from '../../src/explain/one-sample.ts';
import type { Reads } from '../../src/explain/reads.ts';
import { spokenCell } from '../../src/explain/spoken-cell.ts';
import type { Model } from '../../src/formula/model.ts';
import { formatCount } from '../../src/number/format.ts';
import type { Program } from '../../src/program/program.ts';
import { isRecurrent } from '../../src/program/tree.ts';
import { networkDrawingWords as words } from '../../src/words/drawing/network-drawing.ts';
import { send } from '../base/events.ts';
import { lazy } from '../base/lazy-view.ts';
import { isInRegion, revealed } from '../base/revealed.ts';
import { RovingFocus } from '../base/roving-focus.ts';
import { SessionView } from '../base/session-view.ts';
import { adoptSheets } from '../base/sheets.ts';
import { withPart } from '../base/trouble.ts';
import { type EdgeLabel, labelEdges, withDerivatives } from './edge-labels.ts';
import { type EdgeMeasure, EdgeStrokes } from './edge-strokes.ts';
import { NetworkFigures } from './network-figures.ts';
import { footTemplate, ratesTemplate } from './network-foot.ts';
import type { Lens } from './network-lens.ts';
import { Marks } from './network-marks.ts';
import { Picture } from './network-picture.ts';
import { type Placement, placeNetwork } from './network-placement.ts';
import { largestScaleIn, type Room, roomIn } from './network-room.ts';
import { viewOf } from './network-view.ts';
import { OverlayController, type Overlays, overlaysOf } from './overlays.ts';
import { partsAtWork } from './part-at-work.ts';
import { centre, type DrawingPoint, type Rectangle, type Size } from './placed-unit.ts';
import { pressOnNumber, settable } from './settable-numbers.ts';

/** The room for a drawing, in CSS pixels, and how far its type is enlarged at most. */
interface Region extends Size {
  readonly largestScale: number;
}

/** The region in CSS pixels before it is measured. */
const usual: Region = { width: 560, height: 0, largestScale: 1 };
/** The height of the line under the drawing, in CSS pixels, before it is there. */
const footHeight = 32;

/** What is drawn, for following the cell at work. */
interface Drawn {
  readonly placement: Placement;
  readonly labels: readonly EdgeLabel[];
  readonly marks: Marks;
  readonly room: Room;
}

/** Labels placed before, by the size of the drawing and the edges at work. */
interface Arrangement {
  readonly model: Model;
  readonly labels: Map<string, readonly { readonly label: EdgeLabel; readonly edge: number }[]>;
}

/** Finds which cells read which, once loaded. */
let readsOf: ((program: Program) => Reads) | undefined;

/**
 * `<bs-network-drawing>`: the model as a network read from its formulas, with the numbers at this step and the present operation
 * marked, as a drawing or a table; it can be enlarged and moved. A model that is not layers of units is shown as a
 * `<bs-tensor-grid>`.
 */
export class NetworkDrawing extends SessionView {
  static override properties = { ...SessionView.properties, region: { state: true }, form: { state: true } };
  /** The room for the drawing above its foot, in CSS pixels; of no height where that is as the drawing needs it. */
  declare region: Region;
  /** Whether it is shown as a drawing, as a table, or a recurrent model as the arrays of the present formula. */
  declare form: 'drawing' | 'table' | 'squares';
  private readonly size = new ResizeObserver(([{ contentRect }]) => this.measure(contentRect));
  private made:
    | { readonly model: Model; readonly activations: Activations; drawing: Drawing | undefined }
    | undefined;
  private arranged: Arrangement | undefined;
  /** Loaded when the reader first enlarges the drawing, or asks for the table. */
  private lens: Lens | undefined;
  private table: typeof import('./network-table.ts') | undefined;
  private followed = '';
  private fitted: { readonly model: Model; readonly region: Region; readonly room: Room } | undefined;
  private drawn: Drawn | undefined;
  private isLoadingReads = false;
  /** Which cells of the program read which. */
  private known: { readonly program: Program; readonly reads: Reads } | undefined;

  constructor() {
    super();
    this.region = usual;
    this.form = 'drawing';
    new OverlayController(this);
    new RovingFocus(this, '.sight', settable);
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

  private measure({ width, height }: Size): void {
    if (width <= 0) return;
    const isWhole = isInRegion(this);
    const foot = this.querySelector<HTMLElement>('.foot')?.offsetHeight || footHeight;
    const region: Region = {
      width: Math.floor(width),
      height: isWhole ? Math.max(0, Math.floor(height - foot)) : 0,
      largestScale: largestScaleIn(Number.parseFloat(getComputedStyle(this).fontSize)),
    };
    const names = ['width', 'height', 'largestScale'] as const;
    if (names.some((name) => region[name] !== this.region[name])) this.region = region;
  }

  /** How a drawing is placed in the region, found again where the model or the region has changed. */
  private roomOf(drawing: Drawing): Room {
    const { region, fitted, session } = this;
    const { model } = session;
    if (fitted?.model === model && fitted.region === region) return fitted.room;
    const room = region.height > 0 ? roomIn(drawing, region, region.largestScale) : { width: region.width };
    this.fitted = { model, region, room };
    return room;
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
    this.drawn = undefined;
    const isTimed = isRecurrent(this.session.program.tree);
    if (isTimed && this.form !== 'squares')
      return this.framed(
        html`<bs-unrolled-time ${lazy()} .session=${this.session} .reads=${this.reads?.ofCells}></bs-unrolled-time>`,
        isTimed,
      );
    if (drawing === undefined || isTimed)
      return this.framed(html`<bs-tensor-grid ${lazy()} .session=${this.session}></bs-tensor-grid>`, isTimed);
    const marks = new Marks(this.session, drawing, this.reads?.ofCells);
    const room = this.roomOf(drawing);
    const { placement, labels } = this.arrange(drawing, marks, room);
    const overlays = overlaysOf(this.session);
    const figures = new NetworkFigures(this.session, this.made?.activations);
    const strokes = new EdgeStrokes(placement.edges, marks.phase, (cell, version) =>
      figures.value(cell, version),
    );
    const picture = new Picture(placement, labels, strokes, marks, figures, overlays, this.epoch(overlays));
    this.drawn = { placement, labels, marks, room };
    const { outline, isLarger, whole } = viewOf(this.drawn, this.region);
    const lens = this.lens?.isOn ? this.lens : undefined;
    if (this.form === 'table' && this.table !== undefined)
      return html`<div class="sight" tabindex="0" role="group" aria-label=${words.table}>${this.table.networkTable(this.session, placement, marks, figures)}</div>${this.foot(placement)}`;
    const isPart = lens !== undefined || isLarger;
    const size = (of: number) => (room.scale && !lens ? of * room.scale : nothing);
    return html`<div class="sight ${lens ? 'enlarged' : ''}" tabindex=${isPart ? 0 : nothing} role=${isPart ? 'group' : nothing}
        aria-label=${isPart ? words.moveHint : nothing} @keydown=${(event: KeyboardEvent) => lens?.press(event)}
        @wheel=${this.turn} @pointerdown=${(event: PointerEvent) => lens?.grasp(event)}
      ><svg class="network" width=${size(outline.width)} height=${size(outline.height)}
      viewBox=${lens?.viewBox(whole) ?? `${outline.x} ${outline.y} ${outline.width} ${outline.height}`} role="group" @keydown=${pressOnNumber}
      aria-label=${this.label(drawing, marks)}>${picture.render()}</svg></div>${this.foot(placement, placement.edges.some(({ edge }) => edge.weight) ? strokes.measure : undefined)}`;
  }

  /** What a model that is no network is shown as, with its foot. */
  private framed(content: TemplateResult, isTimed: boolean): TemplateResult {
    const turn = () => {
      this.form = this.form === 'squares' ? 'drawing' : 'squares';
    };
    return html`<div class="sight">${content}</div><div class="foot">${ratesTemplate(this.session)}${
      isTimed
        ? html`<span class="sights"><button type="button" class="small as-table" aria-pressed=${this.form === 'squares'} @click=${turn}>${words.asSquares}</button></span>`
        : nothing
    }</div>`;
  }

  private foot({ abridged }: Placement, measure?: EdgeMeasure): TemplateResult {
    const isWhole = this.lens?.isOn ? this.lens.isWhole : !this.isLarger;
    return footTemplate({
      session: this.session,
      abridged: [...new Set(abridged.map(({ layer, shown }) => words.shown(shown, counted(layer))))].join(
        ', ',
      ),
      measure,
      isTable: this.form === 'table',
      isWhole,
      turnOver: this.turnOver,
      zoom: (by) => this.zoom(by),
    });
  }

  /** Whether the drawing is larger than its region, which then shows the part at work. */
  private get isLarger(): boolean {
    return this.drawn !== undefined && viewOf(this.drawn, this.region).isLarger;
  }

  /** Enlarges (1) or reduces (−1) the drawing by one level around the cell at work; 0 shows all of it. */
  zoom(by: -1 | 0 | 1): void {
    if (this.drawn === undefined || (this.lens === undefined && by <= 0 && !this.isLarger)) return;
    const cell = this.parts.at(-1);
    this.zoomAround(by, cell && centre(cell));
  }

  private zoomAround(by: number, point: DrawingPoint | undefined): void {
    const { drawn } = this;
    const sight = this.querySelector('.sight');
    if (drawn === undefined || sight === null) return;
    const { whole, outline, isLarger, restingScale } = viewOf(drawn, this.region);
    const scale = drawn.room.scale ?? 1;
    const corner = isLarger
      ? { x: outline.x + sight.scrollLeft / scale, y: outline.y + sight.scrollTop / scale }
      : { x: whole.x, y: whole.y };
    this.withLens((lens) => {
      lens.zoom(by, { whole, scale: restingScale, corner }, point);
      send(this, 'backstep-announce', words.zoom(Math.round(100 * (lens.isOn ? lens.scale : restingScale))));
      // The part at work comes back into sight.
      if (!lens.isOn) this.followed = '';
    });
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
    const { clientX, clientY, deltaY } = event;
    const toScreen = this.querySelector<SVGSVGElement>('.network')?.getScreenCTM();
    if (toScreen)
      this.zoomAround(
        deltaY < 0 ? 0.4 : -0.4,
        new DOMPoint(clientX, clientY).matrixTransform(toScreen.inverse()),
      );
  };

  /** What the model is shown as, where that is not the drawing. */
  get picture(): string | undefined {
    return this.form === 'drawing' ? undefined : this.form;
  }

  /** Shows the model as a table, or as squares where it is recurrent; nothing else changes anything. */
  showAs(picture: string): void {
    if (picture === 'squares') this.form = picture;
    if (picture === 'table' && this.form !== picture) this.turnOver();
  }

  private readonly turnOver = (): void => {
    if (this.form === 'table') this.form = 'drawing';
    else
      void withPart(
        this,
        () => import('./network-table.ts'),
        (table) => {
          this.table = table;
          adoptSheets(this.getRootNode() as ShadowRoot, [table.networkTableStyles]);
          this.form = 'table';
        },
      );
  };

  private get parts(): readonly Rectangle[] {
    const { drawn } = this;
    return drawn === undefined ? [] : partsAtWork(drawn.placement, drawn.labels, drawn.marks);
  }

  /** After a step the cell at work comes into sight, once all views have been rendered: so the page is laid out once. */
  protected override updated(changed: PropertyValues<this>): void {
    if (changed.get('form') !== undefined) send(this, 'backstep-arranged', undefined);
    const { step } = this.session.state.cursor;
    const key = [step, this.region.width, this.region.height].join();
    if (key === this.followed) return;
    this.followed = key;
    if (this.lens?.isOn || this.isLarger) requestAnimationFrame(() => this.follow());
  }

  private follow(): void {
    const scale = this.drawn?.room.scale ?? 1;
    const sight = this.querySelector('.sight');
    if (this.drawn === undefined || sight === null) return;
    if (this.lens?.isOn) {
      this.lens.reveal(this.parts);
      return;
    }
    const { outline } = viewOf(this.drawn, this.region);
    const at = { x: outline.x + sight.scrollLeft / scale, y: outline.y + sight.scrollTop / scale };
    const seen = { width: sight.clientWidth / scale, height: sight.clientHeight / scale };
    const next = revealed(this.parts, seen, at);
    if (next.x !== at.x || next.y !== at.y)
      sight.scrollTo({ left: (next.x - outline.x) * scale, top: (next.y - outline.y) * scale });
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
  private arrange(drawing: Drawing, marks: Marks, room: Room): { placement: Placement; labels: EdgeLabel[] } {
    const placement = placeNetwork(drawing, { ...room, focus: marks.places() });
    const wanted = marks.focus(placement.edges);
    const at = placement.edges.flatMap(({ edge }, n) => (wanted.has(edge.id) ? [n] : []));
    const key = [placement.width, placement.height, room.most, room.isTight, ...at].join();
    const { model } = this.session;
    if (this.arranged?.model !== model) this.arranged = { model, labels: new Map() };
    const known =
      this.arranged.labels.get(key) ??
      labelEdges(placement, wanted).map((label) => ({
        label,
        edge: placement.edges.indexOf(label.edge),
      }));
    this.arranged.labels.set(key, known);
    const labels = known.map(({ label, edge }) => ({ ...label, edge: placement.edges[edge] }));
    return {
      placement,
      labels: withDerivatives(placement, labels, marks.derivativesAtWork(placement.edges)),
    };
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
