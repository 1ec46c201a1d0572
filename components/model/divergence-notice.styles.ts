import { css } from 'lit';

/** The sheet of `<bs-divergence-notice>`. */
export const divergenceStyles = css`
  bs-divergence-notice {
    display: block;
  }

  .divergence {
    padding-inline-start: 0.8em;
    border-inline-start: 4px solid var(--c-wrong);
  }

  .divergence dl {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2em 2em;
    margin: 0.3em 0;
  }

  .divergence dl div {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.8em;
    min-inline-size: 0;
  }

  .divergence .mistake {
    color: var(--c-ink);
    font-size: 1.1em;
  }

  .divergence dt {
    color: var(--c-quiet);
  }

  .divergence dd {
    min-inline-size: 0;
    margin: 0;
    overflow-x: auto;
  }

  .divergence .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.2em 1em;
  }
`;
