import { css } from 'lit';

/** The sheet of `<bs-breakpoint-list>`. */
export const breakpointStyles = css`
  .breakpoints {
    display: grid;
    gap: 0.5em 2.4em;
  }

  .breakpoints form {
    display: grid;
    grid-template-columns: auto minmax(8em, 26em) auto;
    justify-content: start;
    align-items: center;
    gap: 0.2em 0.5em;
  }

  .breakpoints #new-breakpoint {
    min-block-size: 30px;
    padding: 0 0.4em;
    border: 1px solid var(--c-edge);
    border-radius: 3px;
    background: var(--c-sheet);
    font: 0.95em / 1.6 var(--f-mono);
  }

  .breakpoints [aria-invalid='true'] {
    border-color: var(--c-wrong);
    box-shadow: inset 0 -2px 0 var(--c-wrong);
  }

  .breakpoints form .problem,
  .breakpoints form .quiet,
  .breakpoints form .examples {
    grid-column: 2 / -1;
    max-inline-size: 46em;
  }

  .breakpoints .quiet,
  .breakpoints .examples span {
    color: var(--c-quiet);
    font-size: 0.92em;
  }

  .breakpoints .examples .text-button {
    min-block-size: 24px;
    margin-inline-end: 0.6em;
    font: 0.9em / 1.5 var(--f-mono);
  }

  .breakpoints .caret {
    display: block;
    padding-inline-start: calc(0.4em + 1px);
    font: 1.03em / 1.2 var(--f-mono);
    white-space: pre;
  }

  .breakpoints ul {
    max-inline-size: 52em;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .breakpoints li {
    display: grid;
    grid-template-columns: minmax(8em, 1fr) 5.5em minmax(14em, auto) auto;
    align-items: center;
    gap: 0 0.8em;
    border-top: 1px solid var(--c-rule);
  }

  .breakpoints li:last-child {
    border-bottom: 1px solid var(--c-rule);
  }

  .breakpoints .enable {
    display: flex;
    align-items: center;
    gap: 0.5em;
    min-block-size: 34px;
    cursor: pointer;
  }

  .breakpoints .enable input {
    inline-size: 18px;
    block-size: 18px;
    margin: 0 3px;
    accent-color: var(--c-ink);
  }

  .breakpoints code {
    font: 0.95em / 1.5 var(--f-mono);
    overflow-wrap: anywhere;
  }

  .breakpoints .off code,
  .breakpoints .kind {
    color: var(--c-quiet);
  }

  .breakpoints .counting {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3em;
  }

  .breakpoints select,
  .breakpoints .counting .number {
    min-block-size: 28px;
    border: 1px solid var(--c-rule);
    border-radius: 3px;
    background: var(--c-sheet);
  }

  .breakpoints li .problem {
    grid-column: 1 / -1;
  }

  .breakpoints .action {
    min-block-size: 32px;
    padding: 0 0.8em;
    border: 1px solid var(--c-edge);
    border-radius: 4px;
    background: none;
    cursor: pointer;
  }

  .breakpoints .action.main {
    border-color: var(--c-ink);
    background: var(--c-ink);
    color: var(--c-sheet);
  }

  @container place (width < 560px) {
    .breakpoints form {
      grid-template-columns: minmax(0, 1fr) auto;
    }

    .breakpoints form label,
    .breakpoints form .problem,
    .breakpoints form .quiet,
    .breakpoints form .examples {
      grid-column: 1 / -1;
    }

    .breakpoints li {
      grid-template-columns: minmax(0, 1fr) auto;
    }

    .breakpoints .kind {
      display: none;
    }

    .breakpoints .counting {
      grid-row: 2;
    }
  }

  @media (forced-colors: active) {
    .breakpoints .action.main {
      forced-color-adjust: none;
      border-color: ButtonText;
      background: ButtonText;
      color: ButtonFace;
    }
  }
`;
