import type { ReactiveControllerHost } from 'lit';
import type { FrameCell } from '../../src/explain/origin.ts';
import { cellName } from '../../src/formula/model.ts';
import type { Session } from '../../src/session/session.ts';
import type { CellLinks } from '../base/cell-links.ts';
import type { WhatIfRequest } from '../base/events.ts';
import { drawnView } from '../base/lazy-view.ts';
import { withPart } from '../base/trouble.ts';
import type { WhatIf } from '../notices/what-if.ts';
import type { LiveRegion } from '../speech/live-region.ts';
import type { WatchesView } from '../tools/watches.ts';
import type { WhyView } from '../tools/why.ts';
import type { ToolTabs } from './tool-tabs.ts';

/** The debugger, as far as the inspector needs it. */
type CellInspectorHost = ReactiveControllerHost &
  HTMLElement & {
    readonly session: Session | undefined;
    readonly renderRoot: HTMLElement | DocumentFragment;
  };

/**
 * Explains a number: why it has its value, what if it had another, how it changes. The cell is the one that is pointed at or has
 * focus in the debugger.
 */
export class CellInspector {
  constructor(
    private readonly host: CellInspectorHost,
    private readonly cells: CellLinks,
    private readonly liveRegion: LiveRegion,
    private readonly tools: () => ToolTabs | undefined,
  ) {}

  /**
   * Opens the tool "why" about a cell, by default the one pointed at, else the one at work, and announces its sentence. The
   * focus stays where it is. Where the tool cannot be loaded, nothing happens but its message.
   */
  async why(cell: Partial<FrameCell> | undefined = this.cells.pointed): Promise<void> {
    const view = await this.tools()?.show<WhyView>('why', { keepsFocus: true });
    if (view === undefined) return;
    view.ask(cell as FrameCell | undefined);
    this.liveRegion.announce(view.sentence);
    await view.updateComplete;
    view.show();
  }

  /** Opens the list of watches and adds a cell, by default the one that is pointed at; without one, its field has the focus. */
  async watch(cell: Pick<FrameCell, 'name' | 'cell'> | undefined = this.cells.pointed): Promise<void> {
    const view = await this.tools()?.show<WatchesView>('watches', {
      keepsFocus: cell !== undefined,
    });
    if (view !== undefined && cell !== undefined) view.add(cellName(cell.name, cell.cell));
  }

  /** Opens the field that overrides the cell that is pointed at or has focus, else the one at work; nothing without either. */
  whatIf(): void {
    const cell = this.cells.pointed ?? this.host.session?.explanation?.target;
    const beside = this.cells.element ?? this.host.renderRoot.querySelector<HTMLElement>('bs-formula .lines');
    if (cell !== undefined && beside !== null) this.openWhatIf({ cell, beside });
  }

  /** Opens it for a cell, beside an element. */
  openWhatIf({ cell, beside }: WhatIfRequest): void {
    const field = this.host.renderRoot.querySelector<WhatIf>('bs-what-if');
    if (field !== null)
      void withPart(
        this.host,
        () => drawnView(field),
        (view) => view.open(cell, beside),
      );
  }
}
