import { css } from 'lit';

/** The sheet of `<bs-input-fields>`. */
export const inputsStyles = css`
  .arrays {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: 0.9em 1.6em;
  }

  .array {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.2em 0.5em;
  }

  .array .problem {
    flex-basis: 100%;
    max-inline-size: 24em;
  }

  .matrix {
    position: relative;
    display: grid;
    gap: 0.3em;
    padding: 0.3em 0.45em;
  }

  .matrix:not(.scalar)::before,
  .matrix:not(.scalar)::after {
    content: '';
    position: absolute;
    inset-block: 0;
    inline-size: 5px;
    border: 1.5px solid var(--c-ink);
  }

  .matrix:not(.scalar)::before {
    inset-inline-start: 0;
    border-inline-end: 0;
  }

  .matrix:not(.scalar)::after {
    inset-inline-end: 0;
    border-inline-start: 0;
  }

  .row {
    display: flex;
    align-items: flex-start;
    gap: 0.3em;
  }

  .vector .row {
    flex-wrap: wrap;
  }

  .field {
    display: block;
  }

  .field input {
    display: block;
    field-sizing: content;
    inline-size: auto;
    min-inline-size: 4.2em;
    max-inline-size: 6.2em;
    text-overflow: ellipsis;
    min-block-size: 30px;
    padding: 0 0.3em;
    border: 1px solid transparent;
    border-bottom-color: var(--c-edge);
    background: none;
    text-align: center;
  }

  @supports not (field-sizing: content) {
    .field input {
      inline-size: 5em;
    }
  }

  .field input:hover {
    background: var(--c-paper);
  }

  .field input[aria-invalid='true'] {
    border-color: var(--c-wrong);
  }

  .field.edited input {
    border-bottom: 2px solid var(--c-wrong);
    font-weight: 600;
  }

  .field small {
    display: block;
    max-inline-size: 9em;
    color: var(--c-quiet);
    font-size: 0.85em;
    text-align: center;
  }

  .field .lesson {
    text-decoration: line-through;
  }

  .from {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 1em;
    margin-block-end: 0.3em;
  }

  .from > span {
    color: var(--c-quiet);
  }

  .from label {
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
    min-block-size: 24px;
  }

  .hint.from-hint {
    margin: 0 0 0.8em;
  }

  .hint {
    margin-top: 0.8em;
    color: var(--c-quiet);
    font-size: 0.92em;
  }
`;
