import { css } from 'lit';

/** The sheet of `<bs-tensor-grid>`. */
export const tensorsStyles = css`
  .tensors {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: 1.4em 2em;
    padding-block: 0.4em 0.8em;
  }

  /* In a region of its own. */
  .sight .tensors {
    box-sizing: border-box;
    align-content: safe center;
    justify-content: safe center;
    min-block-size: 100%;
    padding-inline: 0.6em;
  }

  .sight .tensors > .choice {
    flex-basis: auto;
  }

  .tensor {
    max-inline-size: 100%;
    margin: 0;
  }

  .tensor figcaption {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.7em;
    max-inline-size: 20em;
    min-block-size: 2em;
    padding-bottom: 0.25em;
  }

  .tensor .role {
    color: var(--c-quiet);
  }

  .tensor.target .role {
    color: var(--accent);
  }

  .tensor .window .shape {
    display: none;
  }

  .tensor .window {
    font-size: 0.92em;
  }

  .grid {
    display: grid;
  }

  .grid > * {
    grid-area: 1 / 1;
  }

  /* The two colours of its shades: above and below 0. */
  .grid canvas {
    margin: 2px;
    color: light-dark(#23201b, #f4efe4);
    outline: 0 solid light-dark(#b8570b, #ff9c4a);
    background: light-dark(#fffdf9, #17191c);
    image-rendering: pixelated;
  }

  .grid svg {
    display: block;
    max-inline-size: none;
    overflow: visible;
    font-size: 11px;
    text-anchor: middle;
    cursor: pointer;
  }

  /* A strong value is dark in the light scheme and light in the dark one, from different strengths on. */
  .grid text {
    fill: light-dark(#000, #fff);
  }

  .grid .on-dark {
    fill: light-dark(#fff, #fff);
  }

  .grid .on-light {
    fill: light-dark(#000, #000);
  }

  .grid .on-dark.on-light {
    fill: light-dark(#fff, #000);
  }

  .grid .border {
    fill: transparent;
    stroke: var(--c-edge);
  }

  .grid .rulings {
    fill: none;
    stroke: var(--c-rule);
  }

  .grid .mark {
    fill: none;
    stroke: var(--accent);
    stroke-width: 2.5;
    pointer-events: none;
  }

  .grid .mark.now {
    stroke-dasharray: 4 2.5;
  }

  .grid .mark.read {
    stroke-width: 1.5;
    stroke-dasharray: 1.5 2.5;
  }

  .grid .aim {
    fill: transparent;
    stroke: var(--drawn, transparent);
    stroke-width: 2;
  }

  .grid-table {
    border-collapse: collapse;
    font-size: 0.92em;
  }

  .grid-table th {
    padding: 0.1em 0.5em;
    color: var(--c-quiet);
    font-weight: 400;
    font-style: italic;
    text-align: end;
  }

  .grid-table td {
    min-inline-size: 3em;
    padding: 0.15em 0.4em;
    border: 1px solid var(--c-rule);
    text-align: end;
    white-space: nowrap;
    cursor: pointer;
  }

  .grid-table thead td {
    border: 0;
  }

  .grid-table .target {
    background: color-mix(in oklab, var(--accent) 13%, transparent);
    box-shadow: inset 0 0 0 2px var(--accent);
  }

  .grid-table .now {
    box-shadow: inset 0 -2px 0 var(--accent);
  }

  .tensors > .choice {
    flex-basis: 100%;
  }
`;
