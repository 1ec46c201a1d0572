import { css } from 'lit';

export const cellsStyles = css`
  .cells {
    inline-size: 100%;
    table-layout: fixed;
    border-collapse: collapse;
    font-size: 0.92em;
  }

  .cells th,
  .cells td {
    padding: 0.12em 0.5em;
    font-weight: 400;
    text-align: start;
    vertical-align: baseline;
    overflow-wrap: anywhere;
  }

  .cells thead th {
    padding-inline-start: 1.2em;
    padding-bottom: 0.3em;
    padding-inline-end: 0;
    vertical-align: bottom;
    border-bottom: 1px solid var(--c-edge);
    color: var(--c-quiet);
  }

  .cells thead .chosen {
    color: var(--c-ink);
    font-weight: 600;
    box-shadow: inset 0 -2px 0 var(--c-ink);
  }

  .cells thead th:first-child {
    inline-size: 4.8em;
    padding-inline-start: 0.5em;
  }

  .cells tbody {
    border-bottom: 1px solid var(--c-rule);
  }

  .cells tbody th {
    padding-inline-start: 0;
    white-space: nowrap;
  }

  .cells tbody th button {
    min-block-size: 24px;
    padding: 0 0.4em;
    border: 0;
    border-inline-start: 3px solid transparent;
    background: none;
    cursor: pointer;
  }

  .cells td:not(.chosen) {
    color: var(--c-quiet);
  }

  .cells .value {
    cursor: pointer;
    white-space: nowrap;
  }

  .cells .target {
    background: color-mix(in oklab, var(--accent) 13%, transparent);
  }

  .cells .target th button {
    border-inline-start-color: var(--accent);
  }

  .cells .operand th button {
    border-inline-start: 3px double var(--accent);
  }

  .cells .pending,
  .cells .arrow {
    color: var(--c-quiet);
  }

  .cells td {
    padding-inline-start: 1.2em;
  }

  .cells .sign {
    display: inline-block;
    inline-size: 1em;
    color: var(--c-wrong);
    font-family: var(--f-serif);
  }

  .cells .value:first-child .sign {
    margin-inline-start: -1em;
  }

  .cells .rest td {
    color: var(--c-quiet);
    font-style: italic;
  }

  @media (forced-colors: active) {
    .cells tbody tr:not(.target, .operand) th button {
      border-inline-start-color: Canvas;
    }
  }
`;
