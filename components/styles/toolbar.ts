import { css } from 'lit';

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

  .tool.unfold {
    display: none;
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

  @container back-step (560px <= width < 900px) {
    .toolbar .tool:not(.back, .next) {
      min-inline-size: 32px;
    }

    .pace span {
      position: absolute;
      clip-path: inset(50%);
    }
  }

  @container back-step (width < 560px) {
    .toolbar {
      justify-content: center;
    }

    .toolbar .buttons {
      display: grid;
      grid-template-columns: repeat(7, 1fr);
      inline-size: 100%;
    }

    .toolbar .tool {
      min-block-size: 44px;
    }

    .toolbar .buttons .tool {
      min-inline-size: 0;
      margin: 0;
    }

    .toolbar .buttons .tool:not(.main, .unfold) {
      order: 1;
    }

    .tool.unfold {
      display: inline-flex;
    }

    .toolbar:not(.unfolded) .buttons > .tool:not(.main, .unfold),
    .toolbar:not(.unfolded) .extras {
      display: none;
    }
  }
`;
