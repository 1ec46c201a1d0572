import { css } from 'lit';

/** On the whole screen, or in the whole window: the frame fills it, in larger type. */
export const fullScreenStyles = css`
  :host([data-full]) {
    position: fixed;
    inset: 0 !important;
    z-index: 2147483647;
    inline-size: 100% !important;
    block-size: 100% !important;
    max-inline-size: none;
    max-block-size: none !important;
    margin: 0;
    padding: 0;
    border: 0;
    overscroll-behavior: contain;
    font-size: clamp(14px, 0.9vw + 1.1vh, 28px);
  }

  :host([data-full]) .frame {
    border: 0;
  }
`;
