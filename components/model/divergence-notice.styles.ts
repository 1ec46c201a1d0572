import { css } from 'lit';

/** The sheet of `<bs-divergence-notice>`. */
export const divergenceStyles = css`
  bs-divergence-notice {
    display: block;
  }

  .parting {
    padding-inline-start: 0.8em;
    border-inline-start: 4px solid var(--c-wrong);
  }

  .parting dl {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2em 2em;
    margin: 0.3em 0;
  }

  .parting dl div {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.8em;
    min-inline-size: 0;
  }

  .parting .slip {
    color: var(--c-ink);
    font-size: 1.1em;
  }

  .parting dt {
    color: var(--c-quiet);
  }

  .parting dd {
    min-inline-size: 0;
    margin: 0;
    overflow-x: auto;
  }

  .parting .ways {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.2em 1em;
  }

  .parting .ways:not(:has(*)) {
    display: none;
  }
`;
