import { type CSSResult, css, unsafeCSS } from 'lit';

/**
 * What is drawn in the colour of the present phase, as selectors. Each gets `--accent`, and what stands in it inherits that.
 * Were `--accent` set on the frame, a step into another phase would restyle all of the drawing and the code, for a few marks.
 */
export const inPhase = [
  '.caption',
  '[data-now]',
  '.phase',
  '.tool.next',
  '.flow',
  '.head',
  '.mark',
  '.now',
  '.target',
  '.operand',
  '.current',
  '.cursor',
] as const;

const colourOf = (phase: string): CSSResult =>
  unsafeCSS(`
  [data-phase='${phase}'] :is(${inPhase.join(', ')}) {
    --accent: var(--c-${phase});
  }
`);

/** The colour of each phase, for what is drawn in it, within the nearest `data-phase`. */
export const phaseStyles = css`
  :host {
    --accent: var(--c-quiet);
  }

  ${colourOf('forward')}
  ${colourOf('backward')}
  ${colourOf('update')}
`;
