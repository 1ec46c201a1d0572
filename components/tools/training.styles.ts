import { css } from 'lit';

/** The sheet of `<bs-training>`. */
export const trainingStyles = css`
  bs-training {
    display: block;
    min-width: 0;
  }

  .training {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1.4fr);
    grid-template-rows: auto 1fr;
    gap: 0.4em 2.4em;
    align-items: start;
  }

  .so-far {
    grid-column: 1;
    color: var(--c-quiet);
  }

  .so-far p {
    min-block-size: 2.9em;
    padding-top: 0.3em;
  }

  .so-far progress {
    appearance: none;
    display: block;
    inline-size: 100%;
    block-size: 8px;
    border: 1px solid var(--c-edge);
    border-radius: 4px;
    background: var(--c-sheet);
    overflow: hidden;
  }

  .so-far progress::-webkit-progress-bar {
    background: var(--c-sheet);
  }

  .so-far progress::-webkit-progress-value {
    background: var(--c-update);
  }

  .so-far progress::-moz-progress-bar {
    background: var(--c-update);
  }

  .losses {
    grid-column: 2;
    grid-row: 1 / span 2;
    margin: 0;
  }

  .losses figcaption {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.6em;
    min-block-size: 1.6em;
    color: var(--c-quiet);
  }

  .losses .key {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    color: var(--c-ink);
  }

  .losses .key .line {
    inline-size: 1.6em;
    border-top: 2px solid var(--c-ink);
  }

  .losses .key.loss-1 .line {
    border-top-style: dashed;
  }

  .losses .key.loss-2 .line {
    border-top-style: dotted;
  }

  .plot {
    position: relative;
    block-size: 6.4em;
    margin-inline: 8px;
    border-block: 1px solid var(--c-rule);
  }

  .plot .high,
  .plot .low {
    position: absolute;
    inset-inline-end: 0;
    color: var(--c-quiet);
    font-size: 0.85em;
    line-height: 1.3;
  }

  .plot .high {
    inset-block-start: 0;
  }

  .plot .low {
    inset-block-end: 0;
  }

  .ends {
    display: flex;
    justify-content: space-between;
    margin-inline: 8px;
    font-size: 0.85em;
  }

  .curve {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    overflow: visible;
  }

  .curve path,
  .curve line {
    fill: none;
    vector-effect: non-scaling-stroke;
  }

  .curve .loss {
    stroke: var(--c-ink);
    stroke-width: 1.6;
    stroke-linejoin: round;
  }

  .curve .loss-1 {
    stroke-dasharray: 6 3;
  }

  .curve .loss-2 {
    stroke-dasharray: 2 3;
  }

  .curve .zero {
    stroke: var(--c-rule);
  }

  .curve .cursor {
    stroke: var(--accent);
    stroke-width: 2;
  }

  .losses .range {
    margin-top: 0;
  }

  .losses table {
    border-collapse: collapse;
  }

  .losses th,
  .losses td {
    padding: 0.1em 1.6em 0.1em 0;
    font-weight: 400;
    text-align: start;
  }

  .losses thead th {
    color: var(--c-quiet);
    border-bottom: 1px solid var(--c-edge);
  }

  .losses .text-button {
    min-block-size: 24px;
    min-inline-size: 24px;
    text-align: start;
  }

  @container place (width < 720px) {
    .training {
      grid-template-columns: minmax(0, 1fr);
    }

    .losses {
      grid-column: 1;
      grid-row: auto;
    }
  }

  @media (forced-colors: active) {
    .action.main {
      forced-color-adjust: none;
      border-color: ButtonText;
      background: ButtonText;
      color: ButtonFace;
    }
  }
`;
