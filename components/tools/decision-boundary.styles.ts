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

  /* The first axis goes to the right and the second up, whatever the page's direction. */
  .plane {
    display: grid;
    grid-template:
      'top field field field' auto
      'vertical field field field' 1fr
      'bottom field field field' auto
      '. start horizontal end' auto / max-content auto 1fr auto;
    gap: 0 0.4em;
    color: var(--c-quiet);
    direction: ltr;
  }

  .plane .top {
    grid-area: top;
    text-align: end;
  }

  .plane .vertical {
    grid-area: vertical;
    align-self: center;
    text-align: end;
  }

  .plane .bottom {
    grid-area: bottom;
    text-align: end;
  }

  .plane .start {
    grid-area: start;
  }

  .plane .horizontal {
    grid-area: horizontal;
    text-align: center;
  }

  .plane .end {
    grid-area: end;
  }

  .plane .field {
    grid-area: field;
    display: grid;
    aspect-ratio: 1;
    border: 1px solid var(--c-edge);
    overflow: hidden;
    cursor: crosshair;
  }

  .plane .field > * {
    grid-area: 1 / 1;
    inline-size: 100%;
    block-size: 100%;
  }

  .decision .line,
  .decision .line-ground {
    fill: none;
    stroke: var(--c-ink);
    stroke-width: 1.8;
    stroke-linecap: round;
  }

  .decision .line-ground {
    stroke: var(--c-sheet);
    stroke-width: 4.5;
    opacity: 0.7;
  }

  .decision .point path {
    fill: var(--c-ink);
    stroke: var(--c-sheet);
    stroke-width: 1.2;
  }

  .decision .hollow path {
    fill: var(--c-sheet);
    stroke: var(--c-ink);
    stroke-width: 1.6;
  }

  .decision .point circle {
    fill: none;
    stroke: var(--c-ink);
    stroke-width: 1.4;
    stroke-dasharray: 3 2;
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
