import { css } from 'lit';

/** The sheet of `<bs-precision-bar>`. */
export const runsStyles = css`
  bs-precision-bar {
    display: contents;
  }

  .choice {
    display: flex;
    align-items: center;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .choice legend {
    float: inline-start;
    padding: 0;
    margin-inline-end: 0.6em;
    color: var(--c-quiet);
    font-size: 0.92em;
  }

  .choice label {
    position: relative;
    display: inline-flex;
    cursor: pointer;
  }

  .choice input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  .choice span {
    min-block-size: 30px;
    padding: 0.2em 0.7em;
    border: 1px solid var(--c-edge);
    border-inline-start-width: 0;
    line-height: 1.5;
  }

  .choice legend + label span {
    border-inline-start-width: 1px;
    border-start-start-radius: 4px;
    border-end-start-radius: 4px;
  }

  .choice label:last-child span {
    border-start-end-radius: 4px;
    border-end-end-radius: 4px;
  }

  .choice input:checked + span {
    background: var(--c-ink);
    color: var(--c-sheet);
    border-color: var(--c-ink);
  }

  .choice input:focus-visible + span {
    outline: 2px solid var(--c-forward);
    outline-offset: 2px;
    z-index: 1;
  }

  @container back-step (width < 900px) {
    fieldset:not(.digits) legend,
    .labelled:not(.copied) .word {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .choice span {
      padding-inline: 0.6em;
    }
  }

  @media (forced-colors: active) {
    .choice input:checked + span {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;
