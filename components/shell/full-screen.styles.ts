import { css } from 'lit';

/** On the whole screen: larger type, and everything about a step visible at once. */
export const fullScreenStyles = css`
  :host([data-full]) {
    position: fixed;
    inset: 0;
    z-index: 2147483647;
    inline-size: 100%;
    block-size: 100%;
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: 0;
    border: 0;
    overflow: auto;
    overscroll-behavior: contain;
    mask: none;
    font-size: clamp(16px, 0.9vw + 1.1vh, 28px);
  }

  :host([data-full]) .frame {
    padding-block-start: 0;
    border: 0;
  }

  @container back-step (width >= 900px) {
    :host([data-full]) .screen {
      display: grid;
      grid-template-columns: minmax(30em, 1fr) auto;
      /* Notices, if any, come between the head and the timeline. */
      grid-template-rows: repeat(8, auto) minmax(0, 1fr);
      column-gap: 1.5em;
      block-size: 100vh;
      block-size: 100dvh;
    }

    :host([data-full]) .screen > * {
      grid-column: 1 / -1;
    }

    :host([data-full]) .head {
      grid-row: 1;
      padding-block: 0.3em;
    }

    :host([data-full]) .screen > bs-timeline {
      grid-area: 8 / 1;
    }

    /* The formula shows the phase too. */
    :host([data-full]) bs-timeline .where .phase {
      display: none;
    }

    :host([data-full]) bs-timeline .where {
      flex-wrap: nowrap;
      gap: 0.5em;
      white-space: nowrap;
    }

    :host([data-full]) .screen > bs-toolbar {
      position: static;
      grid-area: 8 / 2;
      align-self: center;
      margin-inline: 0;
      padding-inline: 0;
      border: 0;
    }

    :host([data-full]) .views {
      --whole: 1;
      grid-row: 9;
      min-block-size: 0;
      border-block-start: 1px solid var(--c-rule);
    }

    :host([data-full]) bs-formula {
      min-block-size: 0;
      block-size: 100%;
      padding-block: 0.5em;
      overflow: hidden auto;
    }

    :host([data-full]) .lines > span {
      min-height: 0;
      padding-block: 0.3em;
    }

    :host([data-full]) .general {
      min-height: 0;
    }

    :host([data-full]) .drawing {
      min-block-size: 0;
      block-size: 100%;
      padding-block: 0.4em;
    }

    :host([data-full]) bs-network-drawing {
      display: flex;
      flex-direction: column;
      block-size: 100%;
      overflow: hidden auto;
    }

    :host([data-full]) .sight {
      flex: 1 1 0;
      min-block-size: 8em;
    }

    :host([data-full]) .network {
      max-inline-size: none;
      block-size: 100%;
    }
  }
`;
