import { css } from 'lit';
import { lightPalette } from './light-palette.ts';

/**
 * For the page's document while a handout is printed: hides everything else. On screen the handout is out of sight but laid out,
 * so that its fonts load in time.
 */
export const pageStyles = css`
  @page {
    margin: 18mm 20mm;
  }

  .backstep-handout {
    position: fixed;
    inset-block-start: 0;
    inset-inline-start: -300vw;
    inline-size: 170mm;
  }

  @media print {
    html,
    body {
      position: static !important;
      display: block !important;
      block-size: auto !important;
      margin: 0 !important;
      padding: 0 !important;
      overflow: visible !important;
      background: none !important;
    }

    body > :not(.backstep-handout) {
      display: none !important;
    }

    .backstep-handout {
      position: static;
      inline-size: auto;
    }
  }
`;

/** The handout itself. */
export const handoutStyles = css`
  :host {
    ${lightPalette}
    color: #000;
    background: #fff;
    font: 400 10.5pt / 1.4 var(--f-serif);
    font-variant-numeric: lining-nums tabular-nums;
    text-align: start;
  }

  h1,
  h2,
  h3,
  p,
  figure {
    margin: 0;
  }

  header {
    padding-block-end: 3mm;
    border-block-end: 0.5pt solid var(--c-edge);
  }

  h1 {
    font-size: 17pt;
    font-weight: 600;
  }

  header p {
    color: var(--c-quiet);
    font-size: 9.5pt;
  }

  figure {
    margin-block: 5mm;
    break-inside: avoid;
  }

  figure svg {
    display: block;
    inline-size: 100%;
    block-size: auto;
    max-block-size: 110mm;
  }

  h2 {
    margin-block: 7mm 2mm;
    padding-block-end: 0.6mm;
    border-block-end: 0.5pt solid var(--c-rule);
    font-size: 12.5pt;
    font-weight: 600;
    break-after: avoid;
  }

  h3 {
    margin-block: 3mm 1mm;
    font-size: 10.5pt;
    font-style: italic;
    font-weight: 400;
    break-after: avoid;
  }

  .forward {
    color: var(--c-forward);
  }

  .backward {
    color: var(--c-backward);
  }

  .update {
    color: var(--c-update);
  }

  .line,
  .general {
    direction: ltr;
    break-inside: avoid;
  }

  .general {
    margin-block: 4mm 1mm;
    padding-inline-start: 2.5mm;
    border-inline-start: 1.5pt solid var(--c-rule);
    break-after: avoid;
  }

  .line {
    padding-inline-start: 8mm;
    margin-block: 1.6mm;
  }

  .numbers {
    display: flex;
    flex-wrap: wrap;
    gap: 1mm 8mm;
  }

  .katex-display {
    margin: 0;
    text-align: left;
  }

  .katex-display > .katex {
    text-align: left;
    font-size: 1.05em;
  }
`;
