import { css } from 'lit';

/** The sheet of `<bs-code>` and `<bs-shorthand-listing>`. */
export const codeStyles = css`
  .code {
    margin: 0;
    padding: 0;
    list-style: none;
    font: 0.87em / 1.6 var(--f-mono);
  }

  .code li {
    position: relative;
    break-inside: avoid;
    padding-inline-start: calc(2em + var(--depth, 0) * 1.1em);
  }

  .code li:not(.loop) {
    min-block-size: 24px;
  }

  .code .margin {
    position: absolute;
    inset-block: 0;
    inset-inline-start: -0.2em;
    display: grid;
    place-items: center;
    inline-size: 24px;
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    cursor: pointer;
  }

  .code .dot {
    box-sizing: border-box;
    inline-size: 11px;
    block-size: 11px;
    border: 1.5px solid transparent;
    border-radius: 50%;
  }

  .code .margin:hover .dot,
  .code .margin:focus-visible .dot {
    border-color: var(--c-edge);
  }

  .code .set .dot,
  .code .counted .dot {
    border-color: var(--c-ink);
    background: var(--c-ink);
  }

  /* A diamond stops at some of its hits only, a ring is disabled, a small dot marks a breakpoint on some cells of the line. */
  .code .counted .dot {
    border-radius: 1px;
    rotate: 45deg;
    scale: 0.9;
  }

  .code .off .dot {
    background: none;
  }

  .code .within .dot {
    inline-size: 6px;
    block-size: 6px;
    border-color: var(--c-ink);
    background: var(--c-ink);
  }

  .code .depth-1 {
    --depth: 1;
  }

  .code .depth-2 {
    --depth: 2;
  }

  .code .depth-3 {
    --depth: 3;
  }

  .code .depth-4 {
    --depth: 4;
  }

  .written {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1.3fr);
    gap: 0.6em 2em;
  }

  .written figure {
    min-inline-size: 0;
    margin: 0;
  }

  .written figcaption {
    padding-bottom: 0.3em;
    color: var(--c-quiet);
  }

  .written ol {
    max-block-size: 32em;
    margin: 0;
    padding: 0;
    overflow: auto;
    list-style: none;
    font: 0.87em / 1.6 var(--f-mono);
  }

  .written li {
    padding-inline-start: 1.1em;
    white-space: pre;
  }

  .written code {
    font: inherit;
  }

  .written .current {
    position: relative;
    inline-size: max-content;
    min-inline-size: 100%;
    background: color-mix(in oklab, var(--accent) 11%, transparent);
  }

  .written .current::before {
    content: '';
    position: absolute;
    inset: 0.45em auto auto 0.15em;
    border: solid transparent;
    border-width: 0.32em 0 0.32em 0.5em;
    border-left-color: var(--accent);
    forced-color-adjust: none;
  }

  @container place (width < 720px) {
    .written {
      grid-template-columns: minmax(0, 1fr);
    }
  }

  .code .phase {
    margin-top: 0.5em;
    font-family: var(--f-sans);
  }

  .code .forward {
    --line: var(--c-forward);
  }

  .code .backward {
    --line: var(--c-backward);
  }

  .code .update {
    --line: var(--c-update);
  }

  .code .phase .text {
    color: var(--line);
  }

  .code .loop {
    color: var(--c-quiet);
  }

  .code .values {
    margin-inline-start: 1em;
    color: var(--line);
    white-space: nowrap;
  }

  .code .go {
    inline-size: 100%;
    padding: 0 0.2em 0 1em;
    border: 0;
    background: none;
    text-align: start;
    text-indent: -1em;
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  .code .go:hover {
    background: var(--c-paper);
  }

  .code .current {
    background: color-mix(in oklab, var(--line) 11%, transparent);
  }

  .code .current::before {
    content: '';
    position: absolute;
    inset: 0.45em auto auto 1.35em;
    border: solid transparent;
    border-width: 0.32em 0 0.32em 0.5em;
    border-left-color: var(--line);
    forced-color-adjust: none;
  }

  .code mark {
    background: none;
    color: inherit;
    font-weight: 600;
    text-decoration: underline 2px var(--line);
    text-underline-offset: 0.25em;
  }

  @media (forced-colors: active) {
    .code .set .dot,
    .code .counted .dot,
    .code .within .dot {
      forced-color-adjust: none;
      border-color: ButtonText;
      background: ButtonText;
    }

    .code .off .dot {
      background: none;
    }
  }
`;
