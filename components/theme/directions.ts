import { css } from 'lit';

/**
 * In a page that runs from right to left all of the debugger does, but for what is written from left to right in every language:
 * formulas, code, numbers, and the drawing, which shows the same indices as they do. Time goes with the drawing, from inputs to
 * outputs: as with any player, the timeline, the buttons that step and the arrow keys are not mirrored.
 */
export const directionStyles = css`
  .katex,
  code,
  pre,
  kbd,
  samp,
  .value,
  .number,
  input[inputmode='decimal'],
  input[inputmode='numeric'] {
    direction: ltr;
    unicode-bidi: isolate;
  }

  svg,
  canvas,
  .grid,
  .grid-table,
  .code,
  .written ol,
  .bands,
  input[type='range'],
  .buttons,
  .way,
  .iteration,
  .mover {
    direction: ltr;
  }

  /* What is said in words among them runs as the page does. */
  .iteration:dir(rtl) form,
  .mover:dir(rtl) > span {
    direction: rtl;
  }

  .code .go {
    text-align: left;
  }
`;
