import { css } from 'lit';

/** The sheet of `<bs-decision-boundary>`. */
export const decisionStyles = css`
  bs-decision-boundary {
    display: block;
    container: decision / inline-size;
  }

  .decision {
    display: grid;
    grid-template-columns: minmax(0, 24em) minmax(0, 1fr);
    gap: 1em 2em;
    align-items: start;
  }

  @container decision (width < 34em) {
    .decision {
      grid-template-columns: minmax(0, 1fr);
    }
  }

  .decision figure {
    margin: 0;
  }

  .decision .answer {
    min-block-size: 1.5em;
    color: var(--c-quiet);
  }

  .decision .plane {
    cursor: crosshair;
  }

  .decision .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2em 1.2em;
    margin: 0.6em 0;
    padding: 0;
    list-style: none;
  }

  .decision .legend li {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
  }

  .decision .legend svg {
    inline-size: 18px;
    block-size: 18px;
  }

  .decision .numbers {
    grid-column: 1 / -1;
    min-inline-size: 0;
  }

  .decision .tables {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: 1em 2em;
  }

  .decision table {
    border-collapse: collapse;
    font-size: 0.92em;
  }

  .decision caption {
    color: var(--c-quiet);
    text-align: start;
  }

  .decision th,
  .decision td {
    padding: 0.12em 0.45em;
    border-bottom: 1px solid var(--c-rule);
    font-weight: 400;
    text-align: end;
  }

  .decision th {
    color: var(--c-quiet);
  }
`;
