import { css } from 'lit';

/**
 * The debugger on paper: the drawing, the formula and the code of the present step, one below the other and whole. It comes last,
 * since it overrides the layout of a screen; what the page says about the element's size needs `!important`, and so does what sheets say
 * that come later, with their views.
 */
export const printStyles = css`
  @media print {
    :host {
      position: static !important;
      container-type: inline-size;
      block-size: auto !important;
      max-block-size: none !important;
      overflow: visible !important;
    }

    .frame,
    .place,
    .drawing,
    bs-network-drawing,
    .frame bs-formula,
    .tool-content[data-tool='code'],
    bs-code {
      display: block;
      block-size: auto !important;
      min-block-size: 0 !important;
      max-block-size: none !important;
      overflow: visible !important;
    }

    .frame .tool-content[data-tool='code'] {
      display: block !important;
    }

    .drawing,
    .frame bs-formula {
      padding-inline: 0;
      break-inside: avoid;
    }

    .network {
      block-size: auto;
      max-block-size: 60vh;
    }

    bs-code {
      break-inside: avoid;
    }

    /* A line of the code is a button too. */
    button:not(.go),
    input,
    select,
    textarea,
    summary,
    dialog,
    label,
    .bar,
    .notices,
    .foot,
    .tabs,
    .tool-content:not([data-tool='code']),
    .grip,
    bs-divider,
    bs-what-if {
      display: none !important;
    }
  }
`;
