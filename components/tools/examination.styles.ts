import { css } from 'lit';

/** The sheet of `<bs-examination>`. */
export const examinationStyles = css`
  bs-examination {
    display: block;
    container: examination / inline-size;
  }

  .examination {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 1em 2em;
    align-items: start;
  }

  @container examination (width < 40em) {
    .examination {
      grid-template-columns: minmax(0, 1fr);
    }
  }

  .examination p {
    margin: 0 0 0.3em;
  }

  .examination .when {
    font-weight: 600;
  }

  .examination progress {
    appearance: none;
    display: block;
    border: 0;
    background: var(--c-rule);
    inline-size: 100%;
    block-size: 4px;
    margin-block-start: 0.6em;
  }

  .examination progress.idle {
    visibility: hidden;
  }

  .examination progress::-webkit-progress-bar {
    background: var(--c-rule);
  }

  .examination progress::-webkit-progress-value {
    background: var(--c-quiet);
  }

  .examination progress::-moz-progress-bar {
    background: var(--c-quiet);
  }

  .examination table {
    border-collapse: collapse;
    font-size: 0.92em;
  }

  .examination caption {
    padding-block-end: 0.3em;
    text-align: start;
  }

  .examination th,
  .examination td {
    padding: 0.15em 0.5em;
    border-block-end: 1px solid var(--c-rule);
    font-weight: 400;
    text-align: end;
    white-space: nowrap;
  }

  .examination th {
    color: var(--c-quiet);
  }

  .examination .marks th[scope='row'] {
    text-align: start;
  }

  .examination .courses {
    display: grid;
    gap: 0.6em;
    min-inline-size: 0;
  }

  .examination figure {
    min-inline-size: 0;
    margin: 0;
  }

  .examination figcaption {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1em;
    color: var(--c-quiet);
  }

  .examination .confusion {
    display: block;
    max-inline-size: 100%;
    overflow-x: auto;
  }

  .examination figcaption .key {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    white-space: nowrap;
  }

  .examination .confusion thead th:first-child {
    max-inline-size: 5em;
    white-space: normal;
  }

  .examination .confusion th {
    padding-inline: 0.3em;
  }

  .examination .confusion td {
    min-inline-size: 1.9em;
    padding: 0;
    text-align: center;
  }

  .examination .confusion td.zero {
    color: var(--c-quiet);
  }

  .examination .confusion td.right {
    font-weight: 600;
  }

  .examination .confusion button {
    display: block;
    inline-size: 100%;
    min-block-size: 24px;
    padding: 0.15em 0.4em;
    border: 1px solid transparent;
    background: color-mix(in srgb, var(--c-negative) calc(var(--strength, 0%) * 0.35), transparent);
    color: inherit;
    font: inherit;
    cursor: pointer;
  }

  .examination .confusion button:hover,
  .examination .confusion button[aria-pressed='true'] {
    border-color: currentColor;
  }

  .examination .misread {
    min-inline-size: 0;
  }

  .examination .misread > ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(14em, 1fr));
    gap: 0.8em 1.4em;
    margin: 0.4em 0;
    padding: 0;
    list-style: none;
  }

  .examination .misread > ul > li {
    display: flex;
    gap: 0.8em;
    align-items: start;
  }

  .examination canvas {
    flex: none;
    border: 1px solid var(--c-rule);
    color: var(--c-ink);
    outline-color: var(--c-negative);
    image-rendering: pixelated;
  }

  .examination .answers {
    margin: 0 0 0.2em;
    padding: 0;
    font-size: 0.9em;
    list-style: none;
  }

  .examination .answers li {
    display: grid;
    grid-template-columns: 2.2em 4em auto;
    gap: 0.4em;
    align-items: center;
  }

  .examination .share {
    display: block;
    block-size: 0.6em;
    background: var(--c-rule);
  }

  .examination .share span {
    display: block;
    block-size: 100%;
    background: var(--c-forward);
  }
`;
