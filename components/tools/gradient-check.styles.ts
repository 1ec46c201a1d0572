import { css } from 'lit';
import { compareStyles } from './compare.styles.ts';

/** The sheet of `<bs-gradient-check>`. */
export const gradientStyles = css`
  ${compareStyles}

  bs-gradient-check {
    display: block;
    min-width: 0;
  }

  .gradient-check {
    display: grid;
    gap: 0.6em;
    grid-template-columns: minmax(0, 1fr);
  }

  .gradient-check select {
    min-block-size: 32px;
    padding: 0 0.4em;
    border: 1px solid var(--c-edge);
    border-radius: 3px;
    background: var(--c-sheet);
  }

  .gradient-check .losses {
    grid-area: auto;
  }

  .gradients {
    table-layout: auto;
  }

  .cells.gradients th,
  .cells.gradients td,
  .cells.gradients thead th:first-child {
    inline-size: auto;
    padding-inline: 0 1em;
    overflow-wrap: normal;
  }

  .gradients .text-button[aria-pressed='true'] {
    font-weight: 600;
  }

  .gradients .mark {
    display: inline-block;
    inline-size: 1em;
    font-family: var(--f-serif);
  }

  .gradients .mark .icon {
    display: inline-block;
    inline-size: 1em;
    block-size: 1em;
    vertical-align: -0.12em;
  }

  .gradients .differs td:last-child {
    color: var(--c-wrong);
    font-weight: 600;
  }

  .gradients .note td {
    color: var(--c-quiet);
  }

  /* Too narrow for five columns: a row is a card, each number with its head before it. */
  @container place (width < 480px) {
    .gradients thead {
      display: none;
    }

    .gradients tr {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 0 1em;
      padding-block: 0.3em;
    }

    .gradients th {
      grid-row: 1 / span 4;
    }

    .gradients tbody td[data-head]::before {
      content: attr(data-head) ' ';
      color: var(--c-quiet);
    }
  }
`;
