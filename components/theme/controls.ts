import { css } from 'lit';

/** Buttons, fields, focus rings and notices, for all views. */
export const controlStyles = css`
  button,
  input,
  select {
    font: inherit;
    font-variant-numeric: inherit;
    color: inherit;
  }

  /* The smallest target size of WCAG 2.2. */
  button,
  select {
    min-inline-size: 24px;
    min-block-size: 24px;
  }

  /* What is opened over the rest; it is placed beside what opened it. */
  .floating {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 0.7em 0.9em;
    overflow: auto;
    border: 1px solid var(--c-edge);
    border-radius: 4px;
    background: var(--c-paper);
    color: var(--c-ink);
    box-shadow: 0 4px 18px rgb(0 0 0 / 18%);
    font: inherit;
  }

  summary {
    min-block-size: 2.2em;
    padding-block: 0.35em;
    cursor: pointer;
  }

  :focus-visible {
    outline: 2px solid var(--c-forward);
    outline-offset: 1px;
    border-radius: 2px;
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  /* Out of sight until the keyboard comes to it; then over what it skips. */
  .skip-link {
    position: absolute;
    z-index: 5;
    padding: 0.4em 0.8em;
    border: 0;
    background: var(--c-ink);
    color: var(--c-sheet);
  }

  .skip-link:not(:focus) {
    translate: 0 -110%;
    clip-path: inset(50%);
  }

  .icon {
    display: block;
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .icon .solid {
    fill: currentcolor;
    stroke: none;
  }

  .tool {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.35em;
    min-inline-size: 36px;
    min-block-size: 36px;
    padding: 0 6px;
    border: 1px solid transparent;
    border-radius: 4px;
    background: none;
    cursor: pointer;
  }

  .tool:hover,
  .small:hover {
    border-color: var(--c-rule);
    background: var(--c-paper);
  }

  [aria-disabled='true'] {
    opacity: 0.4;
    cursor: default;
  }

  .small {
    min-inline-size: 28px;
    min-block-size: 28px;
    padding: 0;
    border: 1px solid transparent;
    border-radius: 4px;
    background: none;
    cursor: pointer;
  }

  .labelled {
    color: var(--c-quiet);
    font-size: 0.92em;
  }

  .text-button {
    padding: 0.2em 0;
    border: 0;
    background: none;
    color: var(--c-forward);
    text-decoration: underline;
    text-underline-offset: 0.18em;
    cursor: pointer;
  }

  .problem {
    color: var(--c-wrong);
    font-size: 0.92em;
  }

  .notice {
    padding: 0.5em 0;
    border-bottom: 1px solid var(--c-rule);
    font-size: 0.95em;
  }

  .notice.edits {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0.2em 1em;
  }

  .notice.fault {
    color: var(--c-wrong);
  }

  .phase {
    color: var(--accent);
    font-variant-caps: all-small-caps;
    letter-spacing: 0.06em;
    font-weight: 600;
    font-size: 1.12em;
  }

  .error-card {
    padding: 0.8em 1.1em;
    border: 1px solid var(--c-wrong);
    border-inline-start-width: 5px;
    border-radius: 4px;
  }

  .error-card p {
    color: var(--c-wrong);
  }

  .error-card pre {
    margin: 0.6em 0 0;
    overflow-x: auto;
    font: 0.9em / 1.5 var(--f-mono);
  }

  @media (forced-colors: active) {
    .tool,
    .small {
      border-color: ButtonBorder;
    }

    [aria-disabled='true'] {
      opacity: 1;
      color: GrayText;
    }
  }
`;
