import { css } from 'lit';

/** The sheet of `<bs-cell-table>`. */
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

  /* A compositing layer for each quantity, so that an unchanged one is not painted again. */
  .cells tbody {
    border-bottom: 1px solid var(--c-rule);
    isolation: isolate;
  }

  .cells tbody th {
    padding-inline-start: 0;
    white-space: nowrap;
  }

  .cells tbody th button {
    min-block-size: 24px;
    padding: 0.12em 0.4em;
    border: 0;
    border-inline-start: 3px solid transparent;
    background: none;
    cursor: pointer;
  }

  /* Fractions below each other do not touch. */
  .cells th .mfrac {
    font-size: 0.9em;
  }

  .cells th.tall button {
    padding-block: 0.4em;
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

  .cells td > .pair:first-child .sign {
    margin-inline-start: -1em;
  }

  /* The lesson's number is below the one that replaces it. */
  .cells .pair {
    display: inline-block;
    vertical-align: top;
  }

  .cells .pair small {
    display: block;
    color: var(--c-quiet);
    font-size: 0.85em;
    line-height: 1.25;
  }

  .cells .arrow + .pair small {
    padding-inline-start: 1.15em;
  }

  .cells .found {
    background: var(--pointed);
  }

  .cells tbody .head {
    padding: 0.2em 0 0.1em;
    white-space: normal;
  }

  .cells .head .of {
    margin-inline-end: 0.7em;
  }

  .cells .head button.of {
    min-block-size: 28px;
    padding: 0 0.3em 0 0;
  }

  .cells .head .turn {
    display: inline-block;
    inline-size: 1.3em;
    color: var(--c-quiet);
    vertical-align: -0.15em;
  }

  .cells .head .turn .icon {
    inline-size: 1em;
    block-size: 1em;
  }

  .cells .head .shape {
    color: var(--c-quiet);
  }

  .window {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.8em;
    color: var(--c-quiet);
  }

  .mover {
    display: inline-flex;
    align-items: center;
    white-space: nowrap;
  }

  .finder {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4em;
    padding-bottom: 0.5em;
    color: var(--c-quiet);
    font-size: 0.92em;
  }

  .finder input {
    inline-size: 10em;
    min-block-size: 28px;
    padding: 0 0.4em;
    border: 1px solid var(--c-edge);
    border-radius: 3px;
    background: var(--c-sheet);
    color: var(--c-ink);
    font: 0.95em var(--f-mono);
  }

  .finder input[aria-invalid='true'] {
    border-color: var(--c-wrong);
  }

  .finder button {
    padding-inline: 0.6em;
    border-color: var(--c-edge);
  }

  @media (forced-colors: active) {
    .cells tbody tr:not(.target, .operand) th button {
      border-inline-start-color: Canvas;
    }
  }
`;
