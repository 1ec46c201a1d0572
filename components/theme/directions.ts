import { css } from 'lit';

/**
 * In a right-to-left page the debugger runs from right to left too, except what is left-to-right in every language: formulas,
 * code, numbers, and the drawing. Time goes as in the drawing, from inputs to outputs: the timeline, the step buttons and the
 * arrow keys are not mirrored, as in any player.
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

  /* Words among them run as the page does. */
  .iteration:dir(rtl) form,
  .mover:dir(rtl) > span {
    direction: rtl;
  }

  .code .go {
    text-align: left;
  }
`;
