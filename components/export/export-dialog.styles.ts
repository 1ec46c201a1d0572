import { css } from 'lit';
import { lightPalette } from './light-palette.ts';

/** The export dialog, and the hidden place where a drawing is laid out in the colours of a light page. */
export const exportStyles = css`
  .export .forms {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(17em, 1fr));
    gap: 0.3em 1.6em;
    margin: 0.6em 0 1em;
    padding: 0;
    border: 0;
  }

  .export .forms label {
    display: flex;
    align-items: baseline;
    gap: 0.6em;
    padding-block: 0.35em;
    border-top: 1px solid var(--c-rule);
    color: var(--c-quiet);
    cursor: pointer;
  }

  .export .forms b {
    color: var(--c-ink);
    font-weight: 600;
  }

  .export input {
    accent-color: var(--c-ink);
  }

  .export .order {
    max-inline-size: none;
    column-gap: 0.6em;
  }

  /* The buttons stay visible without scrolling to the end of the list. */
  .export .bar {
    position: sticky;
    inset-block-end: 0;
    margin-block-end: -1.4em;
    padding-block: 0.5em 0.2em;
    background: var(--c-sheet);
    border-block-start: 1px solid var(--c-rule);
  }

  .export .tick {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    min-block-size: 28px;
  }

  .export .actions {
    margin-inline-start: auto;
  }

  .export .bar p + p {
    margin: 0.3em 0 0;
  }

  .export .problem {
    min-block-size: 1.45em;
  }

  .svg-stage {
    ${lightPalette}
    --paper: #fff;
    --sheet: #fff;
    position: absolute;
  }
`;
