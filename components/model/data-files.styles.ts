import { css } from 'lit';

/** Where files are chosen or dropped. */
export const dataFilesStyles = css`
  .files {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3em 1em;
    margin-block: 0.6em;
    padding: 0.7em 0.9em;
    border: 1px dashed var(--c-edge);
    border-radius: 4px;
  }

  .files.aimed {
    border-style: solid;
    border-color: var(--c-forward);
    background: color-mix(in oklab, var(--c-forward) 8%, transparent);
  }

  .files ul {
    flex: 1 1 20em;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .files li code {
    font: 0.95em var(--f-mono);
    overflow-wrap: anywhere;
  }

  .files .state {
    color: var(--c-quiet);
  }

  .files .problem,
  .files .hint {
    flex-basis: 100%;
    margin: 0;
  }

  .files .pick {
    position: relative;
    display: inline-flex;
    align-items: center;
    min-block-size: 32px;
    padding: 0 0.9em;
    border: 1px solid var(--c-edge);
    border-radius: 4px;
    cursor: pointer;
  }

  .files .pick:hover {
    background: var(--c-paper);
  }

  .files .pick:focus-within {
    outline: 2px solid var(--c-forward);
    outline-offset: 1px;
  }

  .files .pick input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: pointer;
  }
`;
