import { css } from 'lit';

/** The sheet of `<bs-formula>`. */
export const formulaStyles = css`
  bs-formula {
    --equation: 1.24em;
  }

  /* To be read from the last row. */
  :host([data-full]) bs-formula {
    --equation: 1.5em;
  }

  /* Many digits are set smaller, so that a whole line stays visible. */
  bs-formula[data-digits='10'] {
    --equation: 1.1em;
  }

  bs-formula[data-digits='15'] {
    --equation: 0.95em;
  }

  bs-formula .katex {
    font-size: 1em;
    line-height: 1.2;
  }

  .caption {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    margin-block-end: 0.3em;
    color: var(--accent);
    font-size: 0.88em;
  }

  .caption > * + *::before {
    content: '·';
    margin-inline: 0.4em;
    font: 400 1em var(--f-sans);
  }

  .caption code {
    font: 600 1em var(--f-mono);
  }

  /* The left side takes the width that it needs, each line of the right side the rest; the signs are one below another. */
  .lines {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr) max-content;
    align-items: baseline;
    direction: ltr;
  }

  .lines > span {
    padding-block: 0.22em;
    font-size: calc(var(--equation) * var(--fit, 1));
  }

  .lines .left {
    grid-column: 1;
    justify-self: end;
    white-space: nowrap;
  }

  .lines .right {
    grid-column: 2 / -1;
  }

  .lines > .symbols,
  .lines > .general {
    padding-block: 0.1em;
    color: var(--c-quiet);
    font-size: 1em;
  }

  /* Beside the first line, whichever that is. */
  .fold-rule {
    grid-area: 1 / 3;
    margin-inline-start: 0.8em;
  }

  .fold-rule ~ .right:nth-child(3) {
    grid-column: 2;
  }

  /* A line that is too long continues below, slightly indented; what cannot be broken scrolls. */
  bs-formula .right {
    display: block;
    overflow: auto hidden;
    overscroll-behavior-x: contain;
    scrollbar-width: thin;
  }

  /* What begins further left, or goes on further right, fades there. */
  .right:is(.scrolled, .goes-further) {
    --begin: #000;
    --end: #000;

    mask-image: linear-gradient(to right, var(--begin), #000 1.4em calc(100% - 1.4em), var(--end));
  }

  .right.scrolled {
    --begin: transparent;
  }

  .right.goes-further {
    --end: transparent;
  }

  .right > .katex {
    display: block;
    padding-inline-start: 1.1em;
    text-indent: -1.1em;
  }

  .right .katex-base {
    padding-block: 0.12em;
    text-indent: 0;
  }

  bs-formula .result {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
  }

  .stored {
    margin-inline-start: 0.6em;
    color: var(--c-quiet);
    font-size: 0.66em;
  }

  .stored.poked {
    color: var(--c-wrong);
  }

  .call {
    grid-column: 1 / -1;
    margin: 0.1em 0 0.2em 1em;
    padding-inline-start: 0.8em;
    border-inline-start: 1px solid var(--c-rule);
  }

  .lines .differs {
    border-block-end: 2px dotted var(--c-wrong);
  }

  .sentence {
    margin-block-start: 0.3em;
    color: var(--c-quiet);
    font: italic 0.92em / 1.35 var(--f-serif);
  }

  .step-actions {
    display: flex;
    flex-wrap: wrap;
    column-gap: 1.3em;
    margin-block-start: 0.2em;
  }

  .step-actions .text-button,
  .fold-rule {
    min-block-size: 24px;
    padding-block: 0;
    font-size: 0.92em;
    text-decoration: none;
  }

  .step-actions .text-button:hover,
  .fold-rule:hover {
    text-decoration: underline;
  }

  .fold-rule,
  .fold-rule[aria-expanded='true']:hover {
    color: var(--c-quiet);
    text-decoration: underline dotted;
  }

  .fold-rule[aria-expanded='true'] {
    color: var(--c-ink);
  }

  .step-actions [aria-pressed='true'] {
    color: var(--c-wrong);
    font-weight: 600;
  }

  .sheet-of {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 1.8em;
    margin-block-start: 0.2em;
  }

  .sheet-of > .phase {
    flex-basis: 100%;
  }

  .sheet-of > .right {
    min-inline-size: 0;
    padding-block: 0.1em;
    /* Slanted letters lean out of their boxes: without it, a line that fits would scroll. */
    padding-inline-end: 0.3em;
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

  /* The symbols are quiet: only the numbers are marked in full. */
  .symbols [data-now] {
    background: none;
    box-shadow: 0 1px 0 var(--accent);
  }

  .katex [data-cell] {
    cursor: pointer;
  }

  /* What can be done about a number stays where it is from step to step. */
  @container back-step (width >= 700px) and (height >= 700px) {
    bs-formula > .lines {
      min-block-size: 8.4em;
    }

    bs-formula.without-sentence > .lines {
      min-block-size: 0;
    }
  }

  @container back-step (width < 560px) {
    bs-formula {
      --equation: 1.15em;
    }

    /* One line: the timeline has the place in the run. */
    .caption:not(.beforehand) .count {
      display: none;
    }
  }

  /* With less height than the step needs: first the symbols go, then the sentence and so on, as \`fitToPlace\` has it. */
  .without-symbols :is(.symbols, .fold-rule[aria-expanded='false']),
  .without-sentence .sentence,
  .without-caption :is(.caption:not(.beforehand), .general, .fold-rule),
  .in-lines .beforehand ~ .all,
  .without-actions .step-actions,
  .without-so-far .so-far {
    display: none;
  }

  .in-lines {
    --equation: 0.95em;
  }

  .in-lines .right .katex,
  .in-lines .sentence {
    white-space: nowrap;
  }

  .in-lines .sentence {
    overflow: hidden;
    margin: 0;
    text-overflow: ellipsis;
  }

  .in-lines .lines > span {
    padding-block: 0.04em;
  }

  .in-lines .call {
    margin-block: 0;
  }

  /* Inside a function what it computes is the equation; at its end, what it has come to. */
  .in-lines > .calling > span,
  .in-lines > :not(.calling) > .call {
    display: none;
  }

  @media (forced-colors: active) {
    [data-now] {
      border-bottom: 2px solid Highlight;
    }

    .step-actions [aria-pressed='true'] {
      text-decoration: underline;
    }
  }
`;
