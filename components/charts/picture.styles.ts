import { css, unsafeCSS } from 'lit';
import marks from './marks.css?inline';

/** How pictures look in a view: their marks as in figures of a page, and their own box. */
export const pictureStyles = css`
  ${unsafeCSS(marks)}

  .picture {
    display: block;
    overflow: visible;
    max-inline-size: 100%;
    block-size: auto;
    font: 11px var(--f-sans);
  }

  .picture.stretched > * {
    vector-effect: non-scaling-stroke;
  }

  @media (forced-colors: active) {
    .picture * {
      forced-color-adjust: none;
    }
  }
`;
