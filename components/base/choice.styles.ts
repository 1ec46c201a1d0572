import { css } from 'lit';

/** The sheet of `choiceButtons`, part of the sheet of each view that has them. */
export const choiceStyles = css`
  .choice {
    display: flex;
    align-items: center;
  }

  .choice .legend,
  .choice.digits span {
    margin-inline-end: 0.6em;
    color: var(--c-quiet);
    font-size: 0.92em;
  }

  .choice button {
    min-block-size: 30px;
    padding: 0.2em 0.7em;
    border: 1px solid var(--c-edge);
    border-inline-start-width: 0;
    background: none;
    line-height: 1.5;
    cursor: pointer;
  }

  .choice .legend + button {
    border-inline-start-width: 1px;
    border-start-start-radius: 4px;
    border-end-start-radius: 4px;
  }

  .choice button:last-child {
    border-start-end-radius: 4px;
    border-end-end-radius: 4px;
  }

  .choice button[aria-pressed='true'] {
    background: var(--c-ink);
    color: var(--c-sheet);
    border-color: var(--c-ink);
  }

  .choice button:focus-visible {
    outline-offset: 2px;
    z-index: 1;
  }

  .choice select {
    min-block-size: 30px;
    border: 1px solid var(--c-edge);
    border-radius: 4px;
    background: var(--c-sheet);
    color: var(--c-ink);
  }

  @media (forced-colors: active) {
    .choice button[aria-pressed='true'] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;
