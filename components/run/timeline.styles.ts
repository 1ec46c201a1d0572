import { css } from 'lit';

/** The sheet of `<bs-timeline>`. */
export const timelineStyles = css`
  .bands {
    padding-inline: 8px;
  }

  .bands svg {
    display: block;
    inline-size: 100%;
    overflow: visible;
  }

  .bands text {
    fill: var(--band);
    font-size: 12px;
    font-weight: 600;
  }

  .bands .last {
    text-anchor: end;
  }

  .bands .samples {
    --band: var(--c-quiet);
  }

  .bands .forward {
    --band: var(--c-forward);
  }

  .bands .backward {
    --band: var(--c-backward);
  }

  .bands .update {
    --band: var(--c-update);
  }

  .bands .band {
    fill: var(--band);
    fill-opacity: 0.16;
  }

  .bands .done {
    fill: var(--band);
    fill-opacity: 0.55;
  }

  .bands .edge {
    stroke: var(--c-sheet);
    stroke-width: 2;
  }

  .bands .tick {
    stroke: var(--c-sheet);
    stroke-width: 1;
  }

  .bands .stop {
    fill: var(--c-ink);
    stroke: var(--c-sheet);
    stroke-width: 1;
  }

  .bands .cursor {
    stroke: var(--c-ink);
    stroke-width: 2;
  }

  .track {
    position: relative;
    min-inline-size: 0;
  }

  .range {
    appearance: none;
    display: block;
    inline-size: 100%;
    block-size: 24px;
    margin: -6px 0 0;
    background: none;
    cursor: pointer;
  }

  .range::-webkit-slider-runnable-track {
    block-size: 1px;
    background: var(--track, var(--c-edge));
  }

  .range::-moz-range-track {
    block-size: 1px;
    background: var(--track, var(--c-edge));
  }

  /* The bands are the slider's track: its thumb is the cursor. */
  .track .range {
    --track: none;

    position: absolute;
    inset: 9px 0 auto;
    margin: 0;
  }

  .range::-webkit-slider-thumb {
    appearance: none;
    inline-size: 16px;
    block-size: 16px;
    margin-top: -8px;
    border: 2px solid var(--c-sheet);
    border-radius: 50%;
    background: var(--c-ink);
  }

  .range::-moz-range-thumb {
    inline-size: 12px;
    block-size: 12px;
    border: 2px solid var(--c-sheet);
    border-radius: 50%;
    background: var(--c-ink);
  }

  .where {
    display: flex;
    align-items: center;
    gap: 0 0.7em;
    min-inline-size: 0;
    color: var(--c-quiet);
    font-size: 0.92em;
    white-space: nowrap;
  }

  .where form,
  .iteration {
    display: flex;
    align-items: center;
    gap: 0.3em;
    min-inline-size: 0;
  }

  .iteration {
    flex: none;
  }

  /* Where there is no room for the last number, it is in a second line, which is not seen: a part of it would be another number. */
  .where [data-place='step'] {
    flex-wrap: wrap;
    block-size: 28px;
    row-gap: 4px;
    overflow: clip;
    overflow-clip-margin: 3px;
  }

  .where .number {
    flex: none;
  }

  .where .number {
    box-sizing: content-box;
    min-inline-size: 24px;
    min-block-size: 26px;
    padding: 0 0.15em;
    border: 1px solid var(--c-edge);
    border-radius: 3px;
    background: var(--c-sheet);
    color: var(--c-ink);
    text-align: center;
  }

  .where .number[aria-invalid='true'] {
    border-color: var(--c-wrong);
    box-shadow: inset 0 -2px 0 var(--c-wrong);
  }

  /* The bands alone, without their names; the slider stays as large as a finger. */
  @container back-step (width < 700px) {
    .bands {
      block-size: 14px;
      overflow: hidden;
    }

    .bands svg {
      margin-block-start: -14px;
    }

    .track .range {
      inset-block-start: -5px;
    }
  }

  @container back-step (width < 1000px) {
    [data-place='step'] label {
      position: absolute;
      clip-path: inset(50%);
    }
  }

  @container back-step (width < 560px) {
    .where {
      gap: 0.4em;
    }

    .iteration .small,
    .iteration form > span {
      display: none;
    }
  }
`;
