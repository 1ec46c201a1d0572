import { css } from 'lit';

/** The sheet of `<bs-toolbar>`. */
export const toolbarStyles = css`
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 0.8em;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
  }

  .extras {
    display: flex;
    align-items: center;
    gap: 0.6em;
  }

  .tool.back,
  .tool.next {
    min-inline-size: 44px;
    border-color: var(--c-edge);
  }

  .tool.next {
    border-color: var(--accent);
    box-shadow: inset 0 -2px 0 var(--accent);
  }

  .tool.play {
    margin-inline: 4px;
  }

  .pace {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    color: var(--c-quiet);
    font-size: 0.92em;
  }

  .pace select {
    min-block-size: 30px;
    border: 1px solid var(--c-rule);
    border-radius: 4px;
    background: var(--c-sheet);
    color: var(--c-ink);
  }

  .toolbar bs-more-commands {
    flex-basis: 100%;
  }

  /* Positioned over its neighbours: nothing moves when it is shown or hidden. */
  .status-line {
    position: absolute;
    inset-block-start: 100%;
    inset-inline-start: var(--gap);
    max-inline-size: calc(100% - 2 * var(--gap));
    padding: 0.15em 0.6em 0.2em;
    border: 1px solid var(--c-rule);
    border-block-start: 0;
    background: var(--c-sheet);
    color: var(--c-ink);
    font-size: 0.92em;
  }

  .status-line[hidden] {
    display: none;
  }

  .status-line progress {
    inline-size: 8em;
    block-size: 8px;
    accent-color: var(--c-ink);
    vertical-align: middle;
  }

  @container back-step (560px <= width < 900px) {
    .buttons .tool:not(.back, .next),
    .extras .tool {
      min-inline-size: 32px;
    }

    .pace span {
      position: absolute;
      clip-path: inset(50%);
    }

    /* A second row would take space from the formula. */
    .toolbar:not(.unfolded) .extras {
      display: none;
    }
  }

  /* Where the bar is docked at the bottom, they are above it. */
  @container back-step (width < 560px) {
    .status-line {
      inset-block: auto 100%;
      border-block: 1px solid var(--c-rule);
      border-block-end: 0;
    }
  }

  @container back-step (width < 560px) {
    .toolbar {
      justify-content: center;
    }

    .toolbar .buttons {
      display: grid;
      grid-template-columns: repeat(8, 1fr);
      inline-size: 100%;
    }

    .buttons .tool,
    .extras .tool {
      min-block-size: 44px;
    }

    .toolbar .buttons .tool {
      min-inline-size: 0;
      margin: 0;
    }

    .toolbar .buttons .tool:not(.main, .unfold) {
      order: 1;
    }

    .toolbar:not(.unfolded) .buttons > .tool:not(.main, .unfold),
    .toolbar:not(.unfolded) .extras {
      display: none;
    }
  }
`;
