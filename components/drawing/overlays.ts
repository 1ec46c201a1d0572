import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { UnversionedCell } from '../../src/explain/adjoints.ts';
import { cellName } from '../../src/formula/model.ts';
import type { Session } from '../../src/session/session.ts';

/** The colour of a mark; its sign must tell the same without colour. */
export type OverlayKind = 'path' | 'good' | 'wrong' | 'changed' | 'noted';

/** A mark at a cell of the drawing (indices from 1). */
export interface OverlayCell extends UnversionedCell {
  /** The colour of the mark. */
  readonly kind: OverlayKind;
  /** One or two characters, such as ✓ or ≠, in a badge at the cell. */
  readonly sign: string;
  /** A line added to the cell's tooltip. */
  readonly tooltip?: string;
}

/** What a tool shows over the drawing. */
export interface Overlay {
  /** Marked cells; of two marks at one cell the later tool's is shown. */
  readonly cells?: readonly OverlayCell[];
  /** Chains of cells, such as L, y[1], net2[1], W2[1,1]: the units on them are ringed and the edges between neighbours are lit. */
  readonly paths?: readonly (readonly UnversionedCell[])[];
}

/** What all tools together show over the drawing of a session, each under its own name. */
export class Overlays {
  private readonly shown = new Map<string, Overlay>();
  private readonly listeners = new Set<() => void>();
  /** Increases with every change. */
  version = 0;
  private cells = new Map<string, OverlayCell>();
  private neighbours = new Map<string, Set<string>>();

  /** Shows a tool's overlay in place of its earlier one; the object is kept and must not change. */
  show(tool: string, overlay: Overlay): void {
    this.shown.set(tool, overlay);
    this.change();
  }

  /** Removes a tool's overlay, as when it is closed; does nothing without one. */
  hide(tool: string): void {
    if (this.shown.delete(tool)) this.change();
  }

  /** Calls a listener after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private change(): void {
    this.version++;
    this.cells = new Map();
    this.neighbours = new Map();
    for (const { cells = [], paths = [] } of this.shown.values()) {
      for (const cell of cells) this.cells.set(nameOf(cell), cell);
      for (const path of paths) this.addPath(path.map(nameOf));
    }
    for (const listener of this.listeners) listener();
  }

  private addPath(names: readonly string[]): void {
    names.forEach((name, at) => {
      const known = this.neighbours.get(name) ?? new Set();
      for (const other of [names[at - 1], names[at + 1]]) if (other !== undefined) known.add(other);
      this.neighbours.set(name, known);
    });
  }

  /** Whether no tool shows an overlay. */
  get isEmpty(): boolean {
    return this.shown.size === 0;
  }

  /** The mark at a cell; undefined where it has none. */
  of(cell: UnversionedCell): OverlayCell | undefined {
    return this.cells.size === 0 ? undefined : this.cells.get(nameOf(cell));
  }

  /** Whether a cell is on a path. */
  isOnPath(cell: UnversionedCell): boolean {
    return this.neighbours.size > 0 && this.neighbours.has(nameOf(cell));
  }

  /**
   * Whether two neighbours of a path are in `some` and in `others`, in either order, or one of them is in `carried`, the weight
   * of the edge and the derivatives by it, and the other in `some` or `others`.
   */
  isBetween(
    some: readonly UnversionedCell[],
    others: readonly UnversionedCell[],
    carried: readonly UnversionedCell[] = [],
  ): boolean {
    if (this.neighbours.size === 0) return false;
    const [a, b, on] = [some, others, carried].map((cells) => new Set(cells.map(nameOf)));
    const meets = (name: string, ends: ReadonlySet<string>) =>
      [...(this.neighbours.get(name) ?? [])].some((next) => ends.has(next));
    return [...a].some((name) => meets(name, b)) || [...on].some((name) => meets(name, a) || meets(name, b));
  }
}

const nameOf = ({ name, cell }: UnversionedCell): string => cellName(name, cell);

const overlays = new WeakMap<Session, Overlays>();

/** The overlays of a session, empty at first: always the same object for the same session. */
export function overlaysOf(session: Session): Overlays {
  const known = overlays.get(session) ?? new Overlays();
  overlays.set(session, known);
  return known;
}

/** Renders its host again after every change of its session's overlays. */
export class OverlayController implements ReactiveController {
  private followed: Overlays | undefined;
  private unsubscribe: (() => void) | undefined;

  constructor(private readonly host: ReactiveControllerHost & { session: Session }) {
    host.addController(this);
  }

  hostUpdate(): void {
    const now = overlaysOf(this.host.session);
    if (now === this.followed) return;
    this.hostDisconnected();
    this.followed = now;
    this.unsubscribe = now.subscribe(() => this.host.requestUpdate());
  }

  hostDisconnected(): void {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    this.followed = undefined;
  }
}
