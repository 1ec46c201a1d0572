import { ownShape, type Quantity } from '../../src/formula/model.ts';
import type { Session } from '../../src/session/session.ts';
import type { LoadView } from '../base/lazy-view.ts';
import type { tabs } from './view-titles.ts';

/** A tool: a view with a tab. */
interface Tool {
  /** Also the id of the command that opens it, where there is one. */
  readonly id: string;
  readonly title: keyof typeof tabs;
  /** The number on the tab, shown while it is closed too; none where it is 0. */
  readonly count?: (session: Session) => number;
  /** Whether the session's model, and the shorthand it is written in (else empty), has a use for it; all, where this is left out. */
  readonly isApplicable?: (session: Session, written: string) => boolean;
}

/** A view that is loaded when it is first shown: from a template, as a tool, or as a dialog. */
interface LazyView {
  /** Absent where it is loaded by `late-views.ts`. */
  readonly load?: LoadView;
  readonly tool?: Tool;
  /** What opens it: the id of a command, or what a button sends as one. */
  readonly dialog?: string;
}

/**
 * The tools in the order of their tabs, the dialogs, and the views that may be there from the start, by tag; how all others are loaded is in
 * `late-views.ts`, so that a page that is only opened need not read it. Elements are defined here, and in `register.ts`
 * for those that are there from the start, and nowhere else.
 */
const views: Readonly<Record<string, LazyView>> = {
  'bs-code': {
    load: async () => (await import('../reading/code.ts')).CodeView,
    tool: { id: 'code', title: 'code' },
  },
  'bs-why': {
    tool: { id: 'why', title: 'why' },
  },
  'bs-training': {
    tool: { id: 'train', title: 'train' },
  },
  'bs-examination': {
    tool: { id: 'examine', title: 'examine', isApplicable: ({ model }) => model.examination !== undefined },
  },
  'bs-input-fields': {
    tool: { id: 'inputs', title: 'inputs' },
  },
  'bs-cell-table': {
    tool: { id: 'cells', title: 'cells' },
  },
  'bs-formula-editor': {
    tool: { id: 'formulas', title: 'formulas' },
  },
  'bs-compare': {
    tool: { id: 'compare', title: 'compare' },
  },
  'bs-gradient-check': {
    tool: {
      id: 'gradient',
      title: 'gradient',
      isApplicable: ({ training }) => training.trackedLosses.length > 0,
    },
  },
  'bs-watches': {
    tool: { id: 'watches', title: 'watches', count: ({ state }) => state.watches.length },
  },
  'bs-breakpoint-list': {
    tool: { id: 'breakpoints', title: 'breakpoints', count: ({ state }) => state.breakpoints.length },
  },
  'bs-decision-boundary': {
    tool: {
      id: 'decision',
      title: 'decision',
      isApplicable: ({ model }) => [...model.quantities.values()].some(isOfTwo),
    },
  },
  'bs-shorthand-listing': {
    tool: { id: 'written', title: 'written', isApplicable: (_, written) => written !== '' },
  },
  'bs-export-dialog': {
    dialog: 'takeAway',
  },
  'bs-help': {
    dialog: 'help',
  },
  'bs-data-files': { load: async () => (await import('../model/compiler.ts')).DataFiles },
  'bs-head-tools': { load: async () => (await import('./head-tools.ts')).HeadTools },
  'bs-tensor-grid': { load: async () => (await import('../arrays/tensor-grid.ts')).TensorGrid },
  'bs-unrolled-time': {
    load: async () => (await import('../time/unrolled-time.ts')).UnrolledTimeView,
  },
  'bs-what-if': { load: async () => (await import('../notices/what-if.ts')).WhatIf },
};

/** A tool, and the tag of its view, a `SessionView`. */
export type ViewTool = Tool & { readonly tag: string };

/** The tools, in the order of their tabs. */
export const tools: readonly ViewTool[] = Object.entries(views).flatMap(([tag, { tool }]) =>
  tool === undefined ? [] : [{ ...tool, tag }],
);

/** The tags of the dialogs' views, each a `DialogView`, by what opens them. */
export const dialogs: ReadonlyMap<string, string> = new Map(
  Object.entries(views).flatMap(([tag, { dialog }]) =>
    dialog === undefined ? [] : [[dialog, tag] as const],
  ),
);

/**
 * Loads a view and defines its element, once. Rejects with a `FileLoadError` where a file cannot be loaded, and with a `RangeError`
 * where no view has the tag.
 */
export async function defineView(tag: string): Promise<void> {
  if (customElements.get(tag) !== undefined) return;
  const load = views[tag]?.load ?? (await import('./late-views.ts')).lateViews.get(tag);
  if (load === undefined) throw new RangeError(`no view is called <${tag}>`);
  const element = await load();
  // Two may have asked at once.
  if (customElements.get(tag) === undefined) customElements.define(tag, element);
}

/** Whether a quantity is an input of two numbers, judged by its shape alone. */
function isOfTwo(quantity: Quantity): boolean {
  const { role } = quantity;
  const own = ownShape(quantity);
  return (role === 'given' || role === 'sample') && own.length === 1 && own[0] === 2;
}
