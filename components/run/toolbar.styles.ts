import { css } from 'lit';

/** The sheet of `<bs-toolbar>`: one row; in a narrow frame the timeline stands beneath the rest. */
export const toolbarStyles = css`
  bs-toolbar,
  bs-timeline,
  bs-status-line {
    display: contents;
  }

  .bar {
    display: grid;
    grid-template: 'buttons track where more' auto / auto minmax(4em, 1fr) auto auto;
    align-items: center;
    column-gap: 0.7em;
    min-inline-size: 0;
    min-block-size: 44px;
    padding-inline: var(--gap) calc(var(--gap) - 8px);
  }

  .bar > .buttons {
    grid-area: buttons;
  }

  .bar .track {
    grid-area: track;
  }

  .bar .where {
    grid-area: where;
  }

  .bar > .unfold {
    grid-area: more;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
  }

  .bar .buttons {
    flex-wrap: nowrap;
  }

  .bar .tool {
    min-inline-size: 32px;
    padding-inline: 4px;
  }

  .bar .tool.back,
  .bar .tool.next {
    min-inline-size: 40px;
    border-color: var(--c-edge);
  }

  .bar .tool.next {
    border-color: var(--accent);
    box-shadow: inset 0 -2px 0 var(--accent);
  }

  .bar .tool.play {
    margin-inline: 3px;
  }

  /* What the bar keeps is not in the menu too. */
  .bar > .buttons .rare,
  .menu .way.usual {
    display: none;
  }

  .menu {
    inline-size: min(34em, calc(100vw - 8px));
  }

  .settings {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em 1.2em;
    padding-block-end: 0.6em;
    border-block-end: 1px solid var(--c-rule);
  }

  .extras {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 1.1em;
    padding-block-start: 0.5em;
    color: var(--c-quiet);
    font-size: 0.92em;
  }

  .way {
    display: inline-flex;
    align-items: center;
    gap: 0.1em;
  }

  /* In the timeline's place until the next step: never over the drawing, and nothing moves when it comes or goes. */
  .status-line,
  .track .problem:not(:empty) {
    grid-area: 1 / track / auto / where;
    z-index: 1;
    display: flex;
    align-items: center;
    gap: 0.5em;
    align-self: stretch;
    max-block-size: 44px;
    overflow: hidden;
    background: var(--c-sheet);
    color: var(--c-ink);
    font-size: 0.86em;
    line-height: 1.25;
  }

  .track .problem:not(:empty) {
    position: absolute;
    inset: 0;
    color: var(--c-wrong);
  }

  /* Who goes to a step sees where. */
  bs-timeline[data-typing] + bs-status-line .status-line {
    grid-column: track;
  }

  .status-line[hidden] {
    display: none;
  }

  .status-line progress {
    inline-size: 5em;
    block-size: 8px;
    accent-color: var(--c-ink);
  }

  .status-line .text-button {
    margin-inline-start: auto;
  }

  @container back-step (width >= 1100px) {
    .status-line {
      grid-column: track;
    }

    .bar > .buttons .rare {
      display: inline-flex;
    }

    .menu .way.rare {
      display: none;
    }
  }

  /* The timeline's names need the room of the buttons for the ends, which have keys, and the timeline itself. */
  @container back-step (700px <= width < 840px) {
    .bar > .buttons :is(.first, .last) {
      display: none;
    }

    .menu .way.ends {
      display: inline-flex;
    }
  }

  @container back-step (width < 700px) {
    .bar {
      grid-template: 'buttons where more' 44px 'track track track' auto / auto minmax(0, 1fr) auto;
      row-gap: 2px;
      column-gap: 0.3em;
      padding-block-end: 4px;
    }

    .bar .where {
      justify-content: end;
    }

    .status-line {
      grid-area: track;
      min-block-size: 24px;
      margin-block-end: -4px;
    }
  }

  @container back-step (width < 560px) {
    .bar > .buttons .usual {
      display: none;
    }

    .menu .way.usual {
      display: inline-flex;
    }

    .bar .tool,
    .menu .tool {
      min-block-size: 44px;
      min-inline-size: 44px;
    }
  }
`;
