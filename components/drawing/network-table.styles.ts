import { css } from 'lit';

/** The table in the drawing's place. */
export const networkTableStyles = css`
  .network-table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.92em;
  }

  .network-table th,
  .network-table td {
    padding: 0.25em 0.5em 0.25em 0;
    border-bottom: 1px solid var(--c-rule);
    font-weight: 400;
    text-align: start;
    vertical-align: baseline;
  }

  .network-table thead th,
  .network-table .number {
    color: var(--c-quiet);
  }

  .network-table .number {
    display: inline-block;
    margin-inline-end: 0.8em;
    white-space: nowrap;
  }

  .network-table .slope-there {
    color: var(--c-quiet);
    white-space: normal;
  }

  .network-table .katex {
    font-size: 1em;
  }

  .network-table .value {
    color: var(--c-ink);
    cursor: pointer;
  }

  .network-table .target {
    background: color-mix(in oklab, var(--accent) 13%, transparent);
    box-shadow: 0 2px 0 var(--accent);
  }

  .network-table .now {
    box-shadow: 0 2px 0 var(--accent);
  }
`;
