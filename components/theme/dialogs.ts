import { css } from 'lit';

/** Modal dialogs, `.help`: their box, head, and backdrop. */
export const dialogStyles = css`
  .help {
    max-inline-size: min(56em, calc(100vw - 2em));
    padding: 0;
    border: 1px solid var(--c-rule);
    border-radius: 6px;
    background: var(--c-sheet);
    color: var(--c-ink);
  }

  .help::backdrop {
    background: rgb(0 0 0 / 40%);
  }

  .sheet {
    padding: 1em 1.4em 1.4em;
  }

  .sheet form[method='dialog'] {
    display: flex;
    justify-content: space-between;
    align-items: center;
  }

  .sheet h2,
  .sheet h3 {
    margin: 0;
    font: 600 1.2em var(--f-serif);
  }

  .sheet h3 {
    margin-block: 1em 0.3em;
    font-size: 1em;
    font-style: italic;
  }

  .sheet p {
    max-inline-size: 60ch;
    color: var(--c-quiet);
  }

  .sheet .problem {
    color: var(--c-wrong);
  }

  .sheet p:last-child {
    margin-top: 1em;
  }

  .groups {
    columns: 2 22em;
    column-gap: 2.4em;
  }

  /* A margin would be lost at the head of the first column, and only there. */
  .groups section {
    padding-block-start: 1em;
    break-inside: avoid;
  }

  .groups h3 {
    margin-block-start: 0;
  }

  .sheet dl {
    margin: 0;
  }

  .sheet dl div {
    display: grid;
    grid-template-columns: 11em 1fr;
    gap: 0.6em;
    padding-block: 0.25em;
    border-top: 1px solid var(--c-rule);
  }

  .sheet dt {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: 0.2em 0.7em;
  }

  .sheet dd {
    margin: 0;
  }

  .press {
    display: inline-flex;
    gap: 0.15em;
  }

  kbd {
    padding: 0 0.35em;
    border: 1px solid var(--c-edge);
    border-radius: 3px;
    font: 0.88em / 1.5 var(--f-sans);
    white-space: nowrap;
  }
`;
