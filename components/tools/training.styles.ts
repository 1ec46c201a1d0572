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

  .training .rate {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
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

  /* Below the picture's axis. */
  .losses .ends {
    display: flex;
    justify-content: space-between;
    margin: 0 18px 0 56px;
    font-size: 0.85em;
  }

  /* As long as the picture's axis above it, and half a thumb more at both ends. */
  .losses .range {
    inline-size: calc(100% - 58px);
    margin: 0 10px 0 48px;
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
