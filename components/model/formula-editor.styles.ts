import { css } from 'lit';

/** The editor's sheet. CodeMirror's is adopted before it, so these rules override CodeMirror's. */
export const formulaEditorStyles = css`
  /* As high as its place, where that has a height: the text takes what the rest leaves, and scrolls. */
  bs-formula-editor {
    display: flex;
    flex: 1 1 auto;
    flex-direction: column;
    inline-size: 100%;
    block-size: 100%;
    min-inline-size: 0;
    min-block-size: 0;
    container: formula-editor / inline-size;
  }

  .formula-editor {
    --k-number: light-dark(#7b3a86, #d8a8e2);
    --k-function: light-dark(#0d6160, #7fcfc8);
    display: flex;
    flex: 1 1 auto;
    flex-direction: column;
    gap: 0.5em;
    min-block-size: 0;
  }

  .formula-editor .text {
    display: grid;
    flex: 1 1 22em;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-inline-size: 0;
    min-block-size: 6em;
    border: 1px solid var(--c-edge);
    border-radius: 4px;
  }

  /* Inside, since the place may end where the text does. */
  .formula-editor .text:focus-within {
    outline: 2px solid var(--c-forward);
    outline-offset: -2px;
  }

  .formula-editor .cm-editor {
    min-block-size: 0;
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
    box-sizing: border-box;
    border: 1px solid var(--c-edge);
    border-radius: 4px;
    background: var(--c-sheet);
    color: var(--c-ink);
    font-size: 0.95em;
    max-inline-size: min(32em, 80cqi);
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

  .formula-editor .remark {
    display: inline-block;
    max-inline-size: 100%;
    margin-inline-start: 1.5em;
    padding-inline-start: 0.6em;
    border-inline-start: 4px solid var(--c-wrong);
    color: var(--c-ink);
    font: 0.95em / 1.4 var(--f-sans);
    white-space: normal;
    overflow-wrap: anywhere;
  }

  .formula-editor .remark.warning {
    border-inline-start-style: dotted;
    border-inline-start-color: var(--pointed-ink);
  }

  .formula-editor .remark.agrees,
  .formula-editor .remark.untried {
    border-inline-start-color: var(--c-rule);
    color: var(--c-quiet);
  }

  .formula-editor .remark .icon {
    display: inline-block;
    inline-size: 1.1em;
    block-size: 1.1em;
    margin-inline-end: 0.3em;
    vertical-align: -0.2em;
  }

  .formula-editor .cm-editor .cm-foldGutter {
    min-inline-size: 16px;
  }

  .formula-editor .fold-mark {
    display: block;
    inline-size: 16px;
    padding: 0;
  }

  .formula-editor .fold-mark .icon {
    inline-size: 14px;
    block-size: 14px;
    vertical-align: -0.15em;
  }

  .formula-editor .folded {
    padding: 0 0.6em;
    border: 1px solid var(--c-edge);
    border-radius: 4px;
    background: var(--c-paper);
    color: var(--c-quiet);
    font: 0.95em / 1.4 var(--f-sans);
    text-align: start;
    white-space: normal;
    cursor: pointer;
  }

  .formula-editor .folded:hover {
    color: var(--c-ink);
  }

  .formula-editor .orders {
    display: flex;
    flex: none;
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
    min-inline-size: 0;
    color: var(--c-quiet);
    font-size: 0.92em;
    overflow-wrap: anywhere;
  }

  .formula-editor .keys {
    flex: none;
    margin: 0;
  }

  .formula-editor .expansion {
    padding: 0.4em 6px;
    font-family: var(--f-sans);
  }

  .formula-editor .expansion pre {
    margin: 0.3em 0 0;
    font: 0.93em / 1.6 var(--f-mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  /* Where there is little room, the text has it. */
  @container formula-editor (inline-size < 34em) {
    .formula-editor .keys {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }

    .formula-editor .orders {
      gap: 0 0.9em;
      font-size: 0.92em;
    }

    .formula-editor .remark {
      margin-inline-start: 0.6em;
    }
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
