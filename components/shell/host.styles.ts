import { css } from 'lit';

/** Type and layout of the debugger. */
export const hostStyles = css`
  :host {
    --accent: var(--c-quiet);
    display: block;
    container: back-step / inline-size;
    color: var(--c-ink);
    background: var(--c-sheet);
    font: 400 clamp(14px, 0.8rem, 16px) / 1.45 var(--f-sans);
    font-variant-numeric: lining-nums tabular-nums;
    text-align: start;
    hyphens: manual;
  }

  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  .frame {
    --gap: 1.1em;
    padding: 0.7em var(--gap) 0;
    border-block: 1px solid var(--c-rule);
  }

  .frame:focus {
    outline: none;
  }

  [data-phase='forward'] {
    --accent: var(--c-forward);
  }

  [data-phase='backward'] {
    --accent: var(--c-backward);
  }

  [data-phase='update'] {
    --accent: var(--c-update);
  }

  p {
    margin: 0;
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.35em 1em;
    padding-bottom: 0.6em;
    border-bottom: 1px solid var(--c-rule);
  }

  .head-tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 0.3em;
    margin-inline-start: auto;
  }

  bs-formula,
  bs-timeline,
  bs-toolbar,
  bs-code,
  bs-cell-table,
  bs-input-fields,
  .drawing,
  bs-network-drawing,
  bs-tensor-grid,
  bs-drawers,
  bs-shorthand-listing,
  bs-data-files,
  bs-cell-finder {
    display: block;
    min-width: 0;
  }

  /* Its panels are laid out in the stage itself. */
  bs-panels {
    display: contents;
  }

  bs-formula,
  .panel {
    contain: layout style;
  }

  /* What is visible at once on a whole screen; elsewhere its parts are laid out in the stage. */
  .screen {
    display: contents;
  }

  /* Compositing layers, so that a step paints no more than has changed. */
  .drawing,
  bs-formula,
  bs-timeline,
  .panel {
    isolation: isolate;
  }

  .stage,
  .panels {
    display: flex;
    flex-direction: column;
  }

  bs-timeline {
    padding-top: 0.6em;
  }

  bs-toolbar {
    position: sticky;
    top: 0;
    z-index: 2;
    margin-inline: calc(-1 * var(--gap));
    padding: 0.2em var(--gap) 0.4em;
    background: var(--c-sheet);
    border-bottom: 1px solid var(--c-rule);
  }

  .drawing {
    padding-block: 0.6em;
  }

  .panel {
    border-top: 1px solid var(--c-rule);
    padding-bottom: 0.2em;
  }

  .panel[open] {
    padding-bottom: 1.2em;
  }

  summary {
    min-height: 2.4em;
    padding-block: 0.5em;
    color: var(--c-quiet);
    font-size: 0.92em;
    cursor: pointer;
  }

  summary:hover {
    color: var(--c-ink);
  }

  /* A row of drawer buttons; open drawers are below it, side by side where there is room. */
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3em;
    padding-block: 0.5em;
    border-top: 1px solid var(--c-rule);
  }

  .drawer {
    min-block-size: 32px;
    padding: 0 0.75em;
    border: 1px solid var(--c-rule);
    border-radius: 4px;
    background: none;
    color: var(--c-quiet);
    font-size: 0.92em;
    cursor: pointer;
  }

  .drawer:hover {
    color: var(--c-ink);
    border-color: var(--c-edge);
  }

  .drawer[aria-expanded='true'] {
    color: var(--c-ink);
    border-color: var(--c-ink);
    background: var(--c-paper);
  }

  .open-tools {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
    column-gap: 2em;
  }

  .open-tools > .panel {
    min-width: 0;
    padding-bottom: 1.2em;
  }

  .tool-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    /* An opened tool scrolls out from under the toolbar, so that its head and first lines are visible. */
    scroll-margin-block: 7rem min(22rem, 40vh);
  }

  .tool-head h2 {
    margin: 0;
    color: var(--c-quiet);
    font: inherit;
    font-size: 0.92em;
  }

  @container back-step (width < 560px) {
    .frame {
      --gap: 0.8em;
    }

    .head {
      gap: 0.4em 0.6em;
    }

    /* The place in the run, then the formula: what is read together is together. */
    .views {
      display: flex;
      flex-direction: column;
    }

    bs-formula {
      order: -1;
    }

    .panels {
      border-top: 1px solid var(--c-rule);
    }

    .panel:first-child {
      border-top: 0;
    }

    bs-toolbar {
      order: 1;
      top: auto;
      bottom: 0;
      padding-block: 0.3em calc(0.3em + env(safe-area-inset-bottom, 0px));
      border-top: 1px solid var(--c-rule);
      border-bottom: 0;
    }
  }

  /* Under a tall network the formula would be out of sight, so it comes first. */
  @container back-step (560px <= width < 900px) {
    .views:has(.abridged, .tall) {
      display: flex;
      flex-direction: column;
    }

    .views:has(.abridged, .tall) bs-formula {
      order: -1;
      border-bottom: 1px solid var(--c-rule);
    }
  }

  @container back-step (width >= 560px) {
    .panels {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      column-gap: 2em;
    }

    .code-panel {
      grid-column: 1;
    }

    .inputs-panel {
      grid-column: 1;
      grid-row: 2;
    }

    .cells-panel {
      grid-column: 2;
      grid-row: 1 / span 2;
    }
  }

  /* Without numbers beside it, the code takes their width. */
  @container back-step (560px <= width < 900px) {
    .code-panel:has(~ .cells-panel:not([open])) {
      grid-column: 1 / -1;
    }

    .cells-panel:not([open]) {
      grid-row: 2;
    }
  }

  bs-divider {
    display: none;
  }

  @container back-step (width >= 900px) {
    .views {
      display: grid;
      grid-template-columns: minmax(0, var(--first, 1fr)) 1px minmax(0, var(--second, 1fr));
    }

    bs-formula {
      padding-inline-start: 2em;
    }

    .drawing {
      padding-inline-end: 2em;
    }

    /* A line that can be grasped slightly beside it too. */
    bs-divider {
      display: block;
      position: relative;
      z-index: 1;
      inline-size: 25px;
      margin-inline: -12px;
      cursor: col-resize;
      touch-action: none;
      background: linear-gradient(var(--c-rule), var(--c-rule)) center / 1px 100% no-repeat;
    }

    bs-divider::after {
      content: '';
      position: absolute;
      inset-block-start: 7em;
      inset-inline-start: 9px;
      inline-size: 7px;
      block-size: 2.4em;
      border: 1px solid var(--c-edge);
      border-radius: 4px;
      background: var(--c-sheet);
    }

    bs-divider:hover::after,
    bs-divider:focus-visible::after {
      background: var(--c-edge);
    }

    .panels {
      grid-template-columns: minmax(0, 1.1fr) minmax(0, 1.2fr) minmax(0, 0.9fr);
      column-gap: 2.4em;
      border-top: 1px solid var(--c-rule);
    }

    .panel {
      border-top: 0;
    }

    .code-panel,
    .cells-panel,
    .inputs-panel {
      grid-column: auto;
      grid-row: 1;
    }
  }
`;
