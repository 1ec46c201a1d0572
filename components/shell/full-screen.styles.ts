import { css } from 'lit';

/**
 * On the whole screen, or in the whole window: the frame fills it, in larger type. What the page says of the element's place needs
 * `!important`.
 */
export const fullScreenStyles = css`
  :host([data-full]) {
    position: fixed !important;
    inset: 0 !important;
    z-index: 2147483647;
    inline-size: 100% !important;
    block-size: 100% !important;
    max-inline-size: none;
    max-block-size: none !important;
    margin: 0 !important;
    padding: 0;
    border: 0;
    border-radius: 0 !important;
    overscroll-behavior: contain;
    font-size: clamp(14px, 0.9vw + 1.1vh, 28px);
  }

  :host([data-full]) .frame {
    border: 0;
  }
`;
