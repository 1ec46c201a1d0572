import { css } from 'lit';

/** The sheet of `<bs-why>`. */
export const whyStyles = css`
  bs-why {
    display: block;
    min-inline-size: 0;
  }

  .why-ask,
  .why-trail {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3em 0.5em;
    margin: 0 0 0.5em;
    padding: 0;
    list-style: none;
  }

  .why-ask .number {
    box-sizing: content-box;
    inline-size: 8em;
    min-block-size: 28px;
    padding: 0 0.3em;
    border: 1px solid var(--c-edge);
    border-radius: 3px;
    background: var(--c-sheet);
    font-family: var(--f-mono);
  }

  .why-ask .number[aria-invalid='true'] {
    border-color: var(--c-wrong);
  }

  .why-trail li::before {
    content: '←';
    padding-inline-end: 0.4em;
    color: var(--c-quiet);
  }

  .why-trail li:dir(rtl)::before {
    content: '→';
  }

  .why-ask .small {
    min-block-size: 28px;
    padding: 0 0.8em;
    border: 1px solid var(--c-edge);
    border-radius: 4px;
  }

  .why-head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.2em 0.9em;
    padding-block-end: 0.4em;
  }

  .why-head .is {
    font-size: 1.25em;
  }

  .why-head .where {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .why-head .term {
    padding-block: 0.2em;
    color: inherit;
  }

  .why-head .where,
  .why-head span.term,
  .why .from,
  .why .quiet {
    color: var(--c-quiet);
  }

  .why h3 {
    margin: 0.9em 0 0.25em;
    padding-block-start: 0.45em;
    border-block-start: 1px solid var(--c-rule);
    font: 600 0.85em / 1.3 var(--f-sans);
    letter-spacing: 0.02em;
    color: var(--c-quiet);
  }

  .why .math {
    overflow-x: auto;
    overflow-y: hidden;
    padding-block: 0.2em;
    direction: ltr;
    scrollbar-width: thin;
    /* A shadow at the side where it goes on: what scrolls covers the one that stands there. */
    background:
      linear-gradient(to right, var(--c-sheet), transparent) local 0 / 2em 100% no-repeat,
      linear-gradient(to left, var(--c-sheet), transparent) local 100% / 2em 100% no-repeat,
      linear-gradient(to right, var(--c-rule), transparent) 0 / 1em 100% no-repeat,
      linear-gradient(to left, var(--c-rule), transparent) 100% / 1em 100% no-repeat;
  }

  .why .math > div {
    inline-size: max-content;
    min-inline-size: 100%;
    padding-block: 0.12em;
  }

  .why .factors > div {
    padding-block: 0.35em;
  }

  .why .math .value {
    font-weight: 600;
  }

  .why table {
    border-collapse: collapse;
  }

  .why .rows {
    overflow-x: auto;
  }

  .why th,
  .why td {
    padding: 0.1em 0.9em 0.1em 0;
    text-align: start;
    font-weight: 400;
    vertical-align: baseline;
  }

  .why thead th {
    color: var(--c-quiet);
    font-size: 0.85em;
  }

  .why .pending {
    color: var(--c-quiet);
    font-style: italic;
  }

  .why .cell,
  .why .why-link {
    min-block-size: 24px;
    min-inline-size: 24px;
    padding: 0 0.25em;
    border: 0;
    border-radius: 3px;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }

  .why .cell:hover,
  .why .why-link:hover {
    background: var(--pointed);
  }

  .why .why-link {
    color: var(--c-quiet);
    text-decoration: underline dotted;
    text-underline-offset: 0.2em;
  }

  .why ol.paths {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .why .verdict {
    padding-block-start: 0.3em;
  }

  .why .verdict.differs {
    color: var(--c-wrong);
  }
`;
