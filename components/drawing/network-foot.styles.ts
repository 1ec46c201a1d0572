import { css } from 'lit';

/** The line under the drawing. */
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

  /* They come first, and where there are many, the rest is scrolled to. */
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

  .foot .rate .value {
    text-decoration: underline dotted var(--c-quiet);
    text-underline-offset: 0.15em;
  }

  /* Only what the rates leave: a sentence that does not fit in the line is in the next, out of sight. */
  .foot .says {
    display: flex;
    flex: 1 1 0%;
    flex-wrap: wrap;
    gap: 0 1em;
    block-size: 1.5em;
    min-inline-size: 0;
    overflow: clip;
    line-height: 1.5;
  }

  /* Otherwise the first sentence is in the first line even if it does not fit. */
  .foot .says::before {
    inline-size: 0.1px;
    block-size: 1.5em;
    margin-inline-end: -1em;
    content: '';
  }

  .foot p {
    flex: none;
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
`;
