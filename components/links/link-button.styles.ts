import { css } from 'lit';

/** The sheet of `<bs-link-button>`. */
export const linkButtonStyles = css`
  bs-link-button {
    position: relative;
  }

  /* Positioned over its neighbours: nothing may move under a pointer when it is removed. */
  .shown-link {
    position: absolute;
    inset: 100% 0 auto auto;
    z-index: 3;
    inline-size: min(26em, 70cqi);
    padding: 0.25em 0.5em;
    border: 1px solid var(--c-edge);
    background: var(--c-paper);
  }

  .link-warning:not(:empty) {
    position: absolute;
    inset: calc(100% + 2.2em) 0 auto auto;
    z-index: 3;
    inline-size: min(26em, 70cqi);
    padding: 0.4em 0.6em;
    border: 1px solid var(--c-edge);
    background: var(--c-paper);
    color: var(--c-quiet);
    font-size: 0.92em;
  }
`;
