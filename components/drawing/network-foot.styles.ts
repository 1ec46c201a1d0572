import { css } from 'lit';

/** The line under the drawing, and the table in its place. */
export const footStyles = css`
  /* One line: what has no room in it is there for those who hear it. */
  .foot {
    display: flex;
    flex: none;
    align-items: center;
    gap: 0 1em;
    min-block-size: 32px;
    color: var(--c-quiet);
    font-size: 0.92em;
    white-space: nowrap;
  }

  /* Where there are many, the rest is scrolled to. */
  .foot .rates {
    display: flex;
    min-inline-size: 0;
    overflow: auto hidden;
    scrollbar-width: none;
  }

  .foot .rate {
    flex: none;
    inline-size: auto;
    padding-inline: 0.5em;
    color: var(--c-ink);
    white-space: nowrap;
  }

  .foot p {
    flex: none;
  }

  @container drawing (width < 1180px) {
    .foot .abridged {
      position: absolute;
      inline-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }

  @container drawing (width < 660px) {
    .foot .legend {
      position: absolute;
      inline-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }

  .foot .sights {
    display: inline-flex;
    flex: none;
    margin-inline-start: auto;
    align-items: center;
  }

  .foot .as-table {
    padding-inline: 0.5em;
  }

  .foot [aria-pressed='true'] {
    color: var(--c-ink);
    border-color: var(--c-ink);
  }

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
