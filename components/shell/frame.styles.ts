import { css } from 'lit';

/**
 * The layout of the debugger: bar, notices, drawing, step card, code or one tool, tabs. It fills its box, whichever size that has,
 * and never scrolls as a whole; drawing, card and tool have a scroller each for what is larger than their place. An open tool takes
 * the place of the code, never that of the drawing or of the card's equation.
 */
export const frameStyles = css`
  .frame {
    --gap: 1em;
    position: relative;
    display: grid;
    grid-template:
      'bar bar bar' auto
      'notices notices notices' auto
      'drawing drawing drawing' minmax(0, 1fr)
      'card divider place' clamp(200px, 41%, 350px)
      'tabs tabs tabs' auto / minmax(0, var(--first)) 1px minmax(0, var(--second));
    block-size: 100%;
    overflow: hidden;
    border-block: 1px solid var(--c-rule);
  }

  .frame:focus {
    outline: none;
  }

  /* The tabs and the place of the tool are laid out in the frame itself. */
  bs-tool-tabs {
    display: contents;
  }

  .bar {
    grid-area: bar;
    border-block-end: 1px solid var(--c-rule);
  }

  .notices {
    grid-area: notices;
    max-block-size: 7em;
    padding-inline: var(--gap);
    overflow: auto;
  }

  .drawing {
    --whole: 1;

    grid-area: drawing;
    min-block-size: 0;
    padding: 0.4em var(--gap) 0;
    overflow: hidden;
  }

  .frame bs-formula {
    grid-area: card;
    min-block-size: 0;
    padding: 0.6em var(--gap);
    overflow: hidden auto;
    border-block-start: 1px solid var(--c-rule);
  }

  bs-divider {
    grid-area: divider;
  }

  .place {
    grid-area: place;
    container: place / inline-size;
    min-block-size: 0;
    padding: 0.5em var(--gap);
    overflow: hidden auto;
    scroll-padding-block: 1.8em;
    overscroll-behavior: contain;
    border-block-start: 1px solid var(--c-rule);
  }

  .place:focus {
    outline: none;
  }

  .tabs {
    grid-area: tabs;
    overflow: auto hidden;
    /* At its end a swipe would turn the browser's page. */
    overscroll-behavior: contain;
    scrollbar-width: none;
  }

  /* Compositing layers, so that a step paints no more than has changed. */
  .bar,
  .drawing,
  .frame bs-formula,
  .place {
    contain: layout style;
    isolation: isolate;
  }

  .frame:not([data-tool='code']) .tool-content[data-tool='code'] {
    display: none;
  }

  /* A line that can be grasped slightly beside it too. */
  bs-divider {
    position: relative;
    z-index: 1;
    inline-size: 25px;
    margin-inline: -12px;
    cursor: col-resize;
    touch-action: none;
    background: linear-gradient(var(--c-rule), var(--c-rule)) center / 1px 100% no-repeat;
  }

  bs-divider::after {
    content: '';
    position: absolute;
    inset-block-start: calc(50% - 1.2em);
    inset-inline-start: 9px;
    inline-size: 7px;
    block-size: 2.4em;
    border: 1px solid var(--c-edge);
    border-radius: 4px;
    background: var(--c-sheet);
  }

  bs-divider:hover::after,
  bs-divider:focus-visible::after {
    background: var(--c-edge);
  }

  /* A large screen: the card beside the drawing, the tool beside the code. */
  @container back-step (width >= 1100px) and (height >= 700px) {
    .frame {
      grid-template:
        'bar bar bar' auto
        'notices notices notices' auto
        'drawing divider card' minmax(0, 1fr)
        'place place place' clamp(200px, 28%, 320px)
        'tabs tabs tabs' auto / minmax(0, var(--first)) 1px minmax(0, var(--second));
    }

    .frame bs-formula {
      border-block-start: 0;
    }

    .frame:not([data-tool='code']) {
      grid-template-rows: auto auto minmax(0, 1fr) clamp(240px, 38%, 420px) auto;
    }

    .frame:not([data-tool='code']) .place {
      display: grid;
      grid-template: minmax(0, 1fr) / minmax(0, 1fr) minmax(0, 2fr);
      column-gap: 2em;
      /* Not hidden: what has the focus would scroll it, and there is no way back. */
      overflow: clip;
    }

    .frame:not([data-tool='code']) .tool-content[data-tool] {
      display: block;
      min-block-size: 0;
      overflow: hidden auto;
    }
  }

  /* As wide as a page's column, or narrower: everything one below the other, the code folded to a few lines. */
  @container back-step (width < 700px) {
    .frame {
      grid-template:
        'bar' auto
        'notices' auto
        'drawing' minmax(0, 1fr)
        'card' clamp(130px, 30%, 235px)
        'place' clamp(40px, 14%, 200px)
        'tabs' auto / minmax(0, 1fr);
    }

    bs-divider {
      display: none;
    }

    .tabs {
      flex-wrap: wrap;
    }

    .tool-tab {
      min-block-size: 30px;
    }

    .frame:not([data-tool='code']) {
      grid-template-rows: auto auto minmax(0, 1fr) 104px minmax(0, 1.7fr) auto;
    }
  }

  /* Low: no room for the code; an open tool stands beside drawing and equation. */
  @container back-step (height < 520px) and (width >= 560px) {
    .frame {
      grid-template:
        'bar bar bar' auto
        'notices notices notices' auto
        'drawing drawing drawing' minmax(0, 1fr)
        'card card card' clamp(120px, 40%, 190px)
        'tabs tabs tabs' auto / minmax(0, var(--first)) 1px minmax(0, var(--second));
    }

    .frame[data-tool='code'] .place {
      display: none;
    }

    .frame:not([data-tool='code']) {
      grid-template:
        'bar bar bar' auto
        'notices notices notices' auto
        'drawing divider place' minmax(0, 1fr)
        'card divider place' 104px
        'tabs tabs tabs' auto / minmax(0, var(--first)) 1px minmax(0, var(--second));
    }

    bs-divider {
      display: none;
    }

    .frame:not([data-tool='code']) bs-divider {
      display: block;
    }

    .tabs {
      flex-wrap: nowrap;
    }
  }

  @container back-step (height < 520px) and (width >= 700px) {
    .frame[data-tool='code'] {
      grid-template:
        'bar bar bar' auto
        'notices notices notices' auto
        'drawing divider card' minmax(0, 1fr)
        'tabs tabs tabs' auto / minmax(0, var(--first)) 1px minmax(0, var(--second));
    }

    .frame bs-divider {
      display: block;
    }
  }

  /* A phone's width. */
  @container back-step (width < 560px) {
    .frame {
      --gap: 0.8em;
    }

    .tabs {
      flex-wrap: nowrap;
    }

    .tool-tab {
      min-block-size: 40px;
    }
  }

  @container back-step (width < 560px) and (height < 640px) {
    .frame {
      grid-template-rows: auto auto minmax(0, 1fr) clamp(110px, 36%, 180px) 0 auto;
    }

    .frame[data-tool='code'] .place {
      display: none;
    }

    .frame:not([data-tool='code']) {
      grid-template-rows: auto auto 0 96px minmax(0, 1fr) auto;
    }

    .frame:not([data-tool='code']) .drawing {
      display: none;
    }
  }

  /* The least of a sheet: the bar and the equation. */
  @container back-step (height < 210px) {
    .frame,
    .frame[data-tool] {
      grid-template: 'bar' auto 'card' minmax(0, 1fr) / minmax(0, 1fr);
    }

    .frame bs-formula {
      padding-block: 4px;
      border-block-start: 0;
    }

    .notices,
    .drawing,
    .frame[data-tool] .place,
    .frame[data-tool] bs-divider,
    .tabs {
      display: none;
    }
  }
`;
