import { css } from 'lit';

/** The sheet of `<bs-watches>`. */
export const watchStyles = css`
  bs-watches {
    display: block;
    min-inline-size: 0;
  }

  .watch-add {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3em 0.5em;
  }

  .watch-add .number {
    box-sizing: content-box;
    flex: 1 1 12em;
    max-inline-size: 28em;
    min-inline-size: 8em;
    min-block-size: 28px;
    padding: 0 0.4em;
    border: 1px solid var(--c-edge);
    border-radius: 3px;
    background: var(--c-sheet);
    font-family: var(--f-mono);
    direction: ltr;
  }

  .watch-add .number[aria-invalid='true'] {
    border-color: var(--c-wrong);
  }

  .watch-add .small {
    min-block-size: 28px;
    padding: 0 0.8em;
    border: 1px solid var(--c-edge);
    border-radius: 4px;
  }

  .watches .caret {
    margin: 0.2em 0 0;
    overflow-x: auto;
    font: 0.9em / 1.3 var(--f-mono);
    direction: ltr;
  }

  .watches ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .watches li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(4em, 12em) auto;
    gap: 0 0.9em;
    align-items: center;
    padding-block: 0.5em;
    border-block-end: 1px solid var(--c-rule);
  }

  .watches .is {
    overflow-wrap: anywhere;
  }

  .watches code {
    font-family: var(--f-mono);
    direction: ltr;
    unicode-bidi: isolate;
  }

  .watches .value {
    font-weight: 600;
  }

  .watches .value.pending {
    font-weight: 400;
    font-style: italic;
    color: var(--c-quiet);
  }

  .watches .facts {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.2em;
    color: var(--c-quiet);
  }

  .watches .facts .problem,
  .watches .facts .caret {
    flex-basis: 100%;
  }

  .watches .facts button {
    min-block-size: 24px;
  }

  .watches .stretched {
    inline-size: 100%;
    block-size: 28px;
  }

  .watches .present {
    stroke: var(--c-edge);
    stroke-width: 1;
    stroke-dasharray: 3 2;
  }

  .watches .spread {
    font-size: 0.8em;
    line-height: 1.2;
    color: var(--c-quiet);
  }

  .watches .order {
    display: flex;
    gap: 2px;
  }

  .watches .order button {
    min-inline-size: 28px;
    min-block-size: 28px;
  }

  .watches .order [aria-disabled='true'] {
    opacity: 0.4;
  }

  .watches details {
    margin-block-start: 0.6em;
  }

  .watches .rows {
    overflow-x: auto;
  }

  .watches th,
  .watches td {
    padding: 0.1em 0.9em 0.1em 0;
    text-align: start;
    font-weight: 400;
  }

  @container place (max-width: 30em) {
    .watches li {
      grid-template-columns: minmax(0, 1fr) auto;
    }

    .watches .over {
      grid-column: 1 / -1;
      grid-row: 2;
    }
  }
`;
