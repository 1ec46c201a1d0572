import { css } from 'lit';

/** The sheet of `<bs-unrolled-time>`. */
export const timeStyles = css`
  bs-unrolled-time {
    display: block;
  }

  .unrolled > svg {
    display: block;
    max-inline-size: 100%;
    margin-inline: auto;
    overflow: visible;
    font-size: 12px;
    text-anchor: middle;
    direction: ltr;
  }

  .unrolled text {
    fill: var(--drawn, var(--c-ink));
  }

  .unrolled .moment,
  .unrolled .rest,
  .unrolled .name {
    fill: var(--c-quiet);
  }

  .unrolled .rest {
    text-anchor: end;
    font-size: 11px;
  }

  .unrolled .symbol {
    font-family: KaTeX_Main, 'STIX Two Text', Cambria, 'Times New Roman', serif;
  }

  .unrolled .italic {
    font-family: KaTeX_Math, 'STIX Two Text', Cambria, 'Times New Roman', serif;
    font-style: italic;
  }

  .unrolled .body {
    fill: var(--c-paper);
    stroke: var(--c-ink);
    stroke-width: 1.2;
  }

  .unrolled .given .body {
    rx: 20px;
    stroke: var(--c-edge);
  }

  .unrolled .derivative text {
    fill: var(--drawn, var(--c-backward));
  }

  .unrolled .aim {
    fill: var(--drawn, transparent);
    fill-opacity: 0.16;
  }

  .unrolled [data-cell] {
    cursor: pointer;
  }

  .unrolled .link {
    fill: none;
    stroke: var(--c-edge);
    stroke-width: 1.25;
  }

  .unrolled .head {
    fill: var(--c-edge);
  }

  .unrolled .link.flow {
    stroke: var(--accent);
    stroke-width: 2.5;
  }

  .unrolled .link.flow.read {
    stroke-width: 1.75;
  }

  .unrolled .head.flow {
    fill: var(--accent);
  }

  .unrolled .ground {
    fill: var(--c-sheet);
  }

  .unrolled .mark {
    fill: color-mix(in srgb, var(--accent) 12%, var(--c-sheet));
    stroke: var(--accent);
    stroke-width: 2;
  }

  .unrolled .mark.now {
    stroke-dasharray: 4 2.5;
  }

  .unrolled .mark.read {
    fill: none;
    stroke-width: 1;
    stroke-dasharray: 1.5 2.5;
  }

  .unrolled .hint,
  .unrolled .numbers {
    padding-inline: 0.6em;
  }

  .unrolled .hint {
    color: var(--c-quiet);
  }

  .unrolled .sight-of {
    display: flex;
    align-items: center;
    gap: 0.5em;
    color: var(--c-quiet);
  }

  .unrolled .table-scroll {
    overflow-x: auto;
  }

  .unrolled table {
    border-collapse: collapse;
    font-size: 0.92em;
  }

  .unrolled th,
  .unrolled td {
    padding: 0.12em 0.6em;
    border-bottom: 1px solid var(--c-rule);
    font-weight: 400;
    text-align: end;
  }

  .unrolled th {
    color: var(--c-quiet);
    text-align: start;
  }
`;
