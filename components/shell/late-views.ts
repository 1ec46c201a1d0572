import type { LoadView } from '../base/lazy-view.ts';

/** How views are loaded that are shown only when a reader asks for something, by tag. */
export const lateViews: ReadonlyMap<string, LoadView> = new Map(
  Object.entries({
    'bs-why': async () => (await import('../tools/why.ts')).WhyView,
    'bs-training': async () => (await import('../tools/training.ts')).TrainingView,
    'bs-examination': async () => (await import('../tools/examination.ts')).ExaminationView,
    'bs-input-fields': async () => (await import('../arrays/input-fields.ts')).InputFields,
    'bs-cell-table': async () => (await import('../arrays/cell-table.ts')).CellTable,
    'bs-formula-editor': async () => (await import('../model/formula-editor.ts')).FormulaEditor,
    'bs-compare': async () => (await import('../tools/compare.ts')).CompareView,
    'bs-gradient-check': async () => (await import('../tools/gradient-check.ts')).GradientCheckView,
    'bs-watches': async () => (await import('../tools/watches.ts')).WatchesView,
    'bs-breakpoint-list': async () => (await import('../tools/breakpoint-list.ts')).BreakpointList,
    'bs-decision-boundary': async () => (await import('../tools/decision-boundary.ts')).DecisionBoundaryView,
    'bs-shorthand-listing': async () => (await import('../reading/shorthand-listing.ts')).ShorthandListing,
    'bs-export-dialog': async () => (await import('../export/export-dialog.ts')).ExportDialog,
    'bs-help': async () => (await import('./help.ts')).Help,
    'bs-cell-finder': async () => (await import('../arrays/cell-finder.ts')).CellFinder,
    'bs-changes-bar': async () => (await import('../notices/changes-bar.ts')).ChangesBar,
    'bs-divergence-notice': async () => (await import('../model/model-editing.ts')).DivergenceNotice,
    'bs-link-button': async () => (await import('../links/link-button.ts')).LinkButton,
    'bs-more-commands': async () => (await import('../run/more-commands.ts')).MoreCommands,
    'bs-precision-bar': async () => (await import('../run/precision-bar.ts')).PrecisionBar,
  }),
);
