import { css } from 'lit';
import { trainingStyles } from './training.styles.ts';

/** The sheet of `<bs-compare>`. */
export const compareStyles = css`
  ${trainingStyles}

  bs-compare {
    display: block;
    min-width: 0;
  }

  .compare {
    display: grid;
    gap: 0.6em;
    grid-template-columns: minmax(0, 1fr);
  }

  .compare .versus,
  .compare .fields {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4em;
  }

  .compare select,
  .compare input {
    box-sizing: border-box;
    max-inline-size: 100%;
    min-block-size: 32px;
    padding: 0 0.4em;
    border: 1px solid var(--c-edge);
    border-radius: 3px;
    background: var(--c-sheet);
  }

  .compare h3 {
    margin: 0;
    font: inherit;
    font-weight: 600;
  }

  .compare .outcome {
    display: grid;
    gap: 0.5em;
  }

  .compare .outcome .actions {
    flex-wrap: wrap;
  }

  .compared caption {
    padding-bottom: 0.2em;
    color: var(--c-quiet);
    text-align: start;
  }

  .cells.compared tbody th {
    padding-inline-start: 0.4em;
  }

  .cells.compared thead th:first-child,
  .cells.compared thead td:first-child {
    inline-size: 6.5em;
  }

  .compared .differing td {
    color: var(--c-ink);
  }

  .compared td .sign {
    margin-inline-start: -1em;
  }

  .followed {
    display: grid;
    gap: 0.5em;
    grid-template-columns: minmax(0, 1fr);
    padding-top: 0.6em;
    border-top: 1px solid var(--c-rule);
  }

  .followed .losses {
    grid-area: auto;
  }

  .course {
    border-collapse: collapse;
  }

  .course th,
  .course td {
    padding: 0.1em 1.2em 0.1em 0;
    font-weight: 400;
    text-align: start;
  }

  .course thead th {
    color: var(--c-quiet);
    border-bottom: 1px solid var(--c-edge);
    vertical-align: bottom;
  }

  .course .text-button {
    min-block-size: 24px;
    min-inline-size: 24px;
    text-align: start;
  }
`;
