import { css } from 'lit';

/** The sheet of `<bs-formula>`. */
export const formulaStyles = css`
  /* Many digits are set smaller, so that a whole line stays visible. */
  bs-formula[data-digits='10'] .katex {
    font-size: 1em;
  }

  bs-formula[data-digits='15'] .katex {
    font-size: 0.84em;
  }

  bs-formula {
    padding-block: 0.8em 1em;
    min-height: 29em;
  }

  .caption {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.9em;
  }

  .caption code {
    font: 600 1em var(--f-mono);
  }

  .count {
    color: var(--c-quiet);
    font-size: 0.92em;
  }

  .katex {
    font-size: 1.12em;
    line-height: 1.2;
  }

  .general {
    display: flex;
    align-items: center;
    min-height: 4.1em;
    color: var(--c-quiet);
    font-size: 0.86em;
  }

  .katex-display {
    margin: 0.5em 0;
    text-align: start;
  }

  .katex-display > .katex {
    text-align: start;
  }

  /* The left side takes the width that it needs, each line of the right side the rest. */
  .lines {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    align-items: baseline;
    direction: ltr;
  }

  .lines > span {
    min-height: 2.5em;
    padding-block: 0.5em;
    font-size: 1.15em;
  }

  .lines .left {
    grid-column: 1;
    text-align: end;
    white-space: nowrap;
  }

  .lines .right {
    grid-column: 2;
  }

  /* A line that is too long continues below, slightly indented; what cannot be broken scrolls. */
  .right {
    display: block;
    overflow: auto hidden;
    overscroll-behavior-x: contain;
    scrollbar-width: thin;
  }

  .right .katex {
    display: block;
    padding-inline-start: 1.1em;
    text-indent: -1.1em;
  }

  .right .katex-base {
    padding-block: 0.12em;
    text-indent: 0;
  }

  .now {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    column-gap: 0.6em;
    min-height: 2.5em;
    margin-block: 0.5em 0.2em;
    padding-inline-start: 0.7em;
    border-inline-start: 3px solid var(--accent);
    font-size: 1.25em;
  }

  /* What does not scroll sideways wraps. */
  .general .katex-display > .katex {
    white-space: normal;
  }

  .call {
    row-gap: 0.45em;
    grid-column: 1 / -1;
    margin: 0.2em 0 0.4em 1.2em;
    padding-inline-start: 0.9em;
    border-inline-start: 1px solid var(--c-rule);
    font-size: 0.94em;
  }

  .call > span {
    min-height: 3.1em;
  }

  .stored {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.6em;
    max-inline-size: 84cqi;
    white-space: normal;
  }

  .rule {
    color: var(--c-quiet);
    font-size: 0.76em;
  }

  .caption .what-if-button {
    margin-inline-start: auto;
    min-block-size: 24px;
  }

  .stored.poked .rule {
    color: var(--c-wrong);
  }

  .lines .differs {
    border-block-end: 2px dotted var(--c-wrong);
  }

  .sentence {
    margin-top: 0.8em;
    color: var(--c-quiet);
    font: italic 1em / 1.5 var(--f-serif);
  }

  .sheet-of {
    margin-top: 0.7em;
  }

  .sheet-of > .right {
    padding-block: 0.3em;
    padding-inline-start: 1em;
  }

  .sheet-of.forward {
    --accent: var(--c-forward);
  }

  .sheet-of.backward {
    --accent: var(--c-backward);
  }

  .sheet-of.update {
    --accent: var(--c-update);
  }

  [data-now] {
    display: inline-block;
    padding: 0.1em 0.12em;
    margin: -0.1em -0.12em;
    border-radius: 2px;
    background: color-mix(in oklab, var(--accent) 13%, transparent);
    box-shadow: 0 2px 0 var(--accent);
  }

  [data-now].goes-on {
    margin-inline-end: 0;
    padding-inline-end: 0;
    border-start-end-radius: 0;
    border-end-end-radius: 0;
  }

  [data-now].comes-from {
    margin-inline-start: 0;
    padding-inline-start: 0;
    border-start-start-radius: 0;
    border-end-start-radius: 0;
  }

  .katex [data-cell] {
    cursor: pointer;
  }

  @container back-step (width < 900px) {
    bs-formula {
      padding-block-start: 0.4em;
    }

    .general {
      min-height: 3.5em;
    }

    .lines > span {
      min-height: 2.3em;
    }
  }

  @container back-step (width < 560px) {
    .now {
      font-size: 1.1em;
    }
  }

  @media (forced-colors: active) {
    [data-now] {
      border-bottom: 2px solid Highlight;
    }
  }
`;
