/**
 * Every view that is loaded when it is first to be seen, by its tag: how its element is had. Here, and in `register.ts` for what is
 * there from the start, elements are defined, and nowhere else.
 */
const lazyViews = {
  'bs-code': async () => (await import('../reading/code.ts')).CodeView,
  'bs-changes-bar': async () => (await import('../notices/changes-bar.ts')).ChangesBar,
  'bs-cell-table': async () => (await import('../arrays/cell-table.ts')).CellTable,
  'bs-export-dialog': async () => (await import('../export/export-dialog.ts')).ExportDialog,
  'bs-data-files': async () => (await import('../model/compiler.ts')).DataFiles,
  'bs-cell-finder': async () => (await import('../arrays/cell-finder.ts')).CellFinder,
  'bs-help': async () => (await import('./help.ts')).Help,
  'bs-input-fields': async () => (await import('../arrays/input-fields.ts')).InputFields,
  'bs-divergence-notice': async () => (await import('../model/model-editing.ts')).DivergenceNotice,
  'bs-tensor-grid': async () => (await import('../arrays/tensor-grid.ts')).TensorGrid,
  'bs-more-commands': async () => (await import('../run/more-commands.ts')).MoreCommands,
  'bs-what-if': async () => (await import('../notices/what-if.ts')).WhatIf,
  'bs-shorthand-listing': async () => (await import('../reading/shorthand-listing.ts')).ShorthandListing,
  'bs-training': async () => (await import('../tools/training.ts')).TrainingView,
  'bs-formula-editor': async () => (await import('../model/formula-editor.ts')).FormulaEditor,
  'bs-breakpoint-list': async () => (await import('../tools/breakpoint-list.ts')).BreakpointList,
  'bs-why': async () => (await import('../tools/why.ts')).WhyView,
  'bs-watches': async () => (await import('../tools/watches.ts')).WatchesView,
  'bs-compare': async () => (await import('../tools/compare.ts')).CompareView,
  'bs-gradient-check': async () => (await import('../tools/gradient-check.ts')).GradientCheckView,
  'bs-decision-boundary': async () => (await import('../tools/decision-boundary.ts')).DecisionBoundaryView,
  'bs-unrolled-time': async () => (await import('../drawing/unrolled-time.ts')).UnrolledTimeView,
} satisfies Readonly<Record<`bs-${string}`, () => Promise<CustomElementConstructor>>>;

export type LazyTag = keyof typeof lazyViews;

const isLazy = (tag: string): tag is LazyTag => Object.hasOwn(lazyViews, tag);

/** Loads a view and defines its element, unless that is done. Fails where a file is not to be had, or no view has the tag. */
export async function defineView(tag: string): Promise<void> {
  if (customElements.get(tag) !== undefined) return;
  if (!isLazy(tag)) throw new RangeError(`no view is called <${tag}>`);
  const element = await lazyViews[tag]();
  // Two may have asked at once.
  if (customElements.get(tag) === undefined) customElements.define(tag, element);
}
