import { css } from 'lit';

/** Type and colour of the debugger, and its tabs. Its layout is in `frame.styles.ts`. */
export const hostStyles = css`
  :host {
    display: block;
    container: back-step / size;
    block-size: min(46rem, 100dvh);
    overflow: auto;
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

  p {
    margin: 0;
  }

  bs-formula,
  .drawing,
  bs-network-drawing,
  bs-tensor-grid,
  bs-data-files,
  bs-cell-finder,
  .tool-content > * {
    display: block;
    min-width: 0;
  }

  .tabs {
    display: flex;
    align-items: center;
    gap: 0.1em;
    padding-inline: calc(var(--gap) - 0.6em);
    border-block-start: 1px solid var(--c-rule);
    background: var(--c-paper);
  }

  .tool-tab {
    flex: none;
    min-block-size: 34px;
    padding: 0 0.6em;
    border: 0;
    border-block-start: 2px solid transparent;
    background: none;
    color: var(--c-quiet);
    font-size: 0.92em;
    white-space: nowrap;
    cursor: pointer;
  }

  .tool-tab:hover {
    color: var(--c-ink);
  }

  .tool-tab[aria-selected='true'] {
    border-block-start-color: var(--c-ink);
    background: var(--c-sheet);
    color: var(--c-ink);
  }

  .tool-tab:focus-visible {
    outline-offset: -2px;
  }

  .grip {
    position: absolute;
    z-index: 3;
    inset: 0 0 auto;
    block-size: 24px;
    border: 0;
    background: none;
    touch-action: none;
    cursor: ns-resize;
  }

  .grip::before {
    content: '';
    position: absolute;
    inset-block-start: 8px;
    inset-inline-start: calc(50% - 22px);
    inline-size: 44px;
    block-size: 4px;
    border-radius: 2px;
    background: var(--c-edge);
  }

  :host([data-detent]) .frame {
    padding-block-start: 22px;
  }

  @media (forced-colors: active) {
    .tool-tab[aria-selected='true'] {
      border-block-start-color: Highlight;
    }

    .grip::before {
      background: ButtonText;
    }
  }
`;
