import { css } from 'lit';

/** The editor's sheet. CodeMirror's is adopted before it, so these rules override CodeMirror's. */
export const formulaEditorStyles = css`
  .formula-editor {
    --k-number: light-dark(#7b3a86, #d8a8e2);
    --k-function: light-dark(#0d6160, #7fcfc8);
    display: grid;
    gap: 0.5em;
  }

  .formula-editor .text {
    min-inline-size: 0;
    border: 1px solid var(--c-edge);
    border-radius: 4px;
  }

  .formula-editor .text:focus-within {
    outline: 2px solid var(--c-forward);
    outline-offset: 1px;
  }

  .formula-editor .cm-editor {
    max-block-size: 34em;
    border-radius: 3px;
    background: var(--c-sheet);
    color: var(--c-ink);
  }

  .formula-editor .cm-editor.cm-focused {
    outline: none;
  }

  .formula-editor .cm-scroller {
    font: 0.93em / 1.6 var(--f-mono);
  }

  .formula-editor .cm-content {
    padding-block: 0.5em;
    caret-color: var(--c-ink);
  }

  .formula-editor .cm-editor .cm-gutters {
    border-inline-end: 1px solid var(--c-rule);
    background: var(--c-paper);
    color: var(--c-quiet);
  }

  .formula-editor .cm-editor .cm-activeLine,
  .formula-editor .cm-editor .cm-activeLineGutter {
    background: color-mix(in oklab, var(--c-ink) 5%, transparent);
  }

  .formula-editor .cm-editor .cm-activeLineGutter {
    color: var(--c-ink);
  }

  .formula-editor .cm-editor .cm-cursor {
    border-inline-start: 2px solid var(--c-ink);
  }

  .formula-editor .cm-editor .cm-selectionBackground,
  .formula-editor .cm-editor.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground {
    background: color-mix(in oklab, var(--c-forward) 24%, transparent);
  }

  .formula-editor .cm-editor.cm-focused .cm-matchingBracket {
    background: none;
    outline: 1px solid var(--c-edge);
  }

  .formula-editor .cm-editor.cm-focused .cm-nonmatchingBracket {
    background: none;
    outline: 1px solid var(--c-wrong);
  }

  .formula-editor .hue-declaration {
    color: var(--c-quiet);
    font-weight: 600;
  }

  .formula-editor .hue-heading {
    color: var(--c-quiet);
    font-weight: 700;
  }

  .formula-editor .hue-target,
  .formula-editor .hue-declared {
    font-weight: 600;
  }

  .formula-editor .hue-heading.forward,
  .formula-editor .hue-target.forward {
    color: var(--c-forward);
  }

  .formula-editor .hue-heading.backward,
  .formula-editor .hue-target.backward {
    color: var(--c-backward);
  }

  .formula-editor .hue-heading.update,
  .formula-editor .hue-target.update {
    color: var(--c-update);
  }

  .formula-editor .hue-function {
    color: var(--k-function);
  }

  .formula-editor .hue-number {
    color: var(--k-number);
  }

  .formula-editor .hue-text,
  .formula-editor .hue-claim,
  .formula-editor .hue-comment {
    color: var(--c-quiet);
  }

  .formula-editor .hue-comment {
    font-style: italic;
  }

  .formula-editor .hue-strange {
    color: var(--c-wrong);
  }

  /* No picture from a data address, which a content policy may forbid. */
  .formula-editor .cm-editor .cm-lintRange {
    padding-bottom: 0;
    background-image: none;
    text-decoration: underline wavy var(--c-wrong);
    text-decoration-thickness: 1.5px;
    text-underline-offset: 0.25em;
  }

  .formula-editor .cm-editor .cm-lintRange-warning {
    text-decoration-color: var(--pointed-ink);
    text-decoration-style: dotted;
    text-decoration-thickness: 2px;
  }

  .formula-editor .cm-editor .cm-lintPoint::after {
    border-bottom-color: var(--c-wrong);
  }

  .formula-editor .cm-tooltip {
    border: 1px solid var(--c-edge);
    border-radius: 4px;
    background: var(--c-sheet);
    color: var(--c-ink);
    font-size: 0.95em;
    max-inline-size: min(32em, 80cqi);
  }

  .formula-editor .cm-tooltip .cm-diagnostic {
    border-inline-start: 4px solid var(--c-wrong);
    font-family: var(--f-sans);
    white-space: normal;
  }

  .formula-editor .cm-tooltip .cm-diagnostic-warning {
    border-inline-start-color: var(--pointed-ink);
  }

  .formula-editor .cm-tooltip.cm-tooltip-autocomplete > ul {
    max-block-size: 14em;
    font: 0.93em / 1.5 var(--f-mono);
  }

  .formula-editor .cm-tooltip.cm-tooltip-autocomplete > ul > li {
    min-block-size: 24px;
    padding: 0.1em 0.7em;
  }

  .formula-editor .cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected] {
    background: var(--c-ink);
    color: var(--c-sheet);
  }

  .formula-editor .orders {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3em 1em;
  }

  .formula-editor .orders .action {
    min-inline-size: 5em;
    min-block-size: 32px;
    padding: 0 0.8em;
    border: 1px solid var(--c-ink);
    border-radius: 4px;
    background: var(--c-ink);
    color: var(--c-sheet);
    cursor: pointer;
  }

  .formula-editor .text-button {
    min-block-size: 24px;
  }

  .formula-editor .state,
  .formula-editor .keys {
    color: var(--c-quiet);
    font-size: 0.92em;
  }

  .formula-editor .findings {
    display: grid;
    gap: 0.2em;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .formula-editor .findings li {
    padding-inline-start: 0.7em;
    border-inline-start: 4px solid var(--c-wrong);
    overflow-wrap: anywhere;
  }

  .formula-editor .findings .warning {
    border-inline-start-style: dotted;
    border-inline-start-color: var(--pointed-ink);
  }

  .formula-editor .findings .text-button {
    margin-inline-end: 0.6em;
    color: inherit;
  }

  .formula-editor .expansion pre {
    max-block-size: 24em;
    margin: 0;
    overflow: auto;
    font: 0.87em / 1.6 var(--f-mono);
  }

  @media (forced-colors: active) {
    .formula-editor .orders .action {
      forced-color-adjust: none;
      border-color: ButtonText;
      background: ButtonText;
      color: ButtonFace;
    }
  }
`;
