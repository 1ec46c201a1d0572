import { css } from 'lit';

/** A row of fields and buttons, `.order`, for the sheets of tools that have one. */
export const formStyles = css`
  .order {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4em;
  }

  .order .problem {
    flex-basis: 100%;
    min-block-size: 1.45em;
  }

  .order .number,
  .order select,
  .iteration .number {
    box-sizing: content-box;
    min-block-size: 28px;
    padding: 0 0.3em;
    border: 1px solid var(--c-edge);
    border-radius: 3px;
    background: var(--c-sheet);
    text-align: center;
  }

  .order .number[aria-invalid='true'] {
    border-color: var(--c-wrong);
  }

  .order .number[readonly] {
    color: var(--c-quiet);
  }

  .actions {
    display: inline-flex;
    gap: 0.4em;
  }

  .action {
    min-inline-size: 5em;
    min-block-size: 32px;
    padding: 0 0.8em;
    border: 1px solid var(--c-edge);
    border-radius: 4px;
    background: none;
    cursor: pointer;
  }

  .action.main {
    border-color: var(--c-ink);
    background: var(--c-ink);
    color: var(--c-sheet);
  }
`;
