import { css } from 'lit';
import { footStyles } from './network-foot.styles.ts';

/** The drawing. `CellLinks` sets `--drawn` on the cell that is pointed at in any view. */
export const networkStyles = css`
  ${footStyles}

  .drawing {
    min-block-size: 0;
    overflow: hidden;
  }

  bs-network-drawing {
    display: flex;
    flex-direction: column;
    container: drawing / inline-size;
    block-size: 100%;
    min-block-size: 0;
  }

  /* A percentage: in a region without a height of its own it is as high as what is drawn. */
  .sight {
    display: flex;
    flex: 1 1 0%;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }

  .sight > :not(svg) {
    flex: 1;
    min-inline-size: 0;
  }

  /* With a size of its own it lies in the middle, or is scrolled. */
  .network {
    display: block;
    flex: none;
    margin: auto;
    overflow: hidden;
    font-family: var(--f-sans);
    font-variant-numeric: lining-nums tabular-nums;
    text-anchor: middle;
    user-select: none;
  }

  .network:not([width]) {
    inline-size: 100%;
    block-size: 100%;
  }

  .network [data-cell] {
    cursor: pointer;
  }

  .network text {
    fill: var(--drawn, var(--c-ink));
  }

  .network .symbol,
  .network .symbol.upright {
    font-family: KaTeX_Main, 'STIX Two Text', 'Latin Modern Roman', Cambria, 'Times New Roman', serif;
  }

  .network .italic {
    font-family: KaTeX_Math, 'STIX Two Text', 'Latin Modern Roman', Cambria, 'Times New Roman', serif;
    font-style: italic;
  }

  .network .name {
    fill: var(--drawn, var(--c-quiet));
  }

  /* Edges and their labels */

  .network .edge,
  .network .flow {
    fill: none;
  }

  .network .edge {
    stroke: var(--drawn, var(--c-edge));
  }

  .network .edge.negative {
    stroke: var(--drawn, var(--c-negative));
    stroke-dasharray: 7 4;
  }

  .network .join .edge {
    stroke-width: 1.25;
    stroke-dasharray: 1 4;
    stroke-linecap: round;
  }

  .network line.aim {
    stroke: transparent;
    stroke-width: 14;
  }

  .network rect.aim {
    fill: var(--drawn, transparent);
    fill-opacity: 0.16;
    stroke: var(--drawn, transparent);
    stroke-width: 1.5;
  }

  .network .flow {
    stroke: var(--accent);
  }

  .network .flow.negative {
    stroke-dasharray: 7 4;
  }

  .network .halo {
    stroke-width: 10;
    opacity: 0.3;
  }

  .network .halo.read {
    stroke-width: 6;
  }

  .network .head {
    fill: var(--accent);
  }

  .network .tie {
    stroke: var(--drawn, var(--c-quiet));
    stroke-width: 3.5;
    stroke-linecap: round;
  }

  .network .reach {
    fill: transparent;
  }

  .network .ground {
    fill: var(--c-sheet);
    stroke: var(--drawn, transparent);
  }

  .network .old {
    fill: var(--drawn, var(--c-quiet));
    text-decoration: line-through;
  }

  .network .renewed {
    fill: var(--drawn, var(--c-update));
    font-weight: 600;
  }

  .network .derivative text,
  .network .derivative .name {
    fill: var(--drawn, var(--c-backward));
  }

  /* What can be set, while the reader is there. */
  .network:hover .settable .value,
  .network .settable:focus .value {
    text-decoration: underline dotted var(--c-quiet) 1px;
  }

  .network .settable .value.differs,
  .network .differs {
    text-decoration: underline dotted 2px;
  }

  /* Units */

  .network .unit .body {
    fill: var(--c-paper);
    stroke: var(--drawn, var(--c-ink));
    stroke-width: 1.4;
  }

  .network .unit.target .body {
    stroke-dasharray: 4 3;
  }

  .network .divider {
    stroke: var(--c-ink);
    stroke-width: 1;
  }

  /* The function of a unit: its curve, the point at which it is, and its slope there. */
  .network .curve,
  .network .slope {
    fill: none;
    stroke-linecap: round;
    stroke-linejoin: round;
    pointer-events: none;
  }

  .network .curve {
    stroke: var(--c-edge);
    stroke-width: 1.2;
  }

  .network .slope {
    stroke: var(--c-backward);
    stroke-width: 1.4;
  }

  .network .point {
    fill: var(--c-ink);
    pointer-events: none;
  }

  .network .unit .tab .body {
    fill: var(--c-sheet);
    stroke: var(--drawn, var(--c-edge));
    stroke-width: 1;
  }

  .network .omissions text {
    fill: var(--c-quiet);
  }

  .network .omissions text:not(.count) {
    font-size: 14px;
  }


  .sight.enlarged {
    overflow: hidden;
    touch-action: none;
    cursor: grab;
    outline: 1px solid var(--c-rule);
    outline-offset: -1px;
  }

  /* The present operation: solid around what it writes, dashed around what it reads */

  .network .mark {
    fill: color-mix(in srgb, var(--accent) 12%, var(--c-sheet));
    stroke: var(--accent);
    stroke-width: 2;
    pointer-events: none;
  }

  .network .mark.now {
    stroke-dasharray: 4 2.5;
  }

  .network .mark.read {
    fill: none;
    stroke-width: 1;
    stroke-dasharray: 1.5 2.5;
  }

  .network .mark.target {
    stroke-width: 2.5;
  }

  /* Overlays of tools: a path is a broad light band under the edge, a mark is a badge with a sign. */
  .network .path {
    fill: none;
    stroke: var(--pointed-ink);
    stroke-width: 9;
    stroke-linecap: round;
    opacity: 0.35;
  }

  .network .on-path {
    fill: none;
    stroke: var(--pointed-ink);
    stroke-width: 3;
    pointer-events: none;
  }

  .network .badge {
    --badge: var(--pointed-ink);
    pointer-events: none;
  }

  .network .badge.good {
    --badge: var(--c-update);
  }

  .network .badge.wrong,
  .network .badge.changed {
    --badge: var(--c-wrong);
  }

  .network .badge.noted {
    --badge: var(--c-forward);
  }

  .network .badge circle {
    fill: var(--c-sheet);
    stroke: var(--badge);
    stroke-width: 1.5;
  }

  .network .badge text {
    fill: var(--badge);
    font-size: 11px;
    font-weight: 600;
  }

  /* On paper there is nothing to scroll. */
  @media print {
    .sight {
      overflow: visible;
    }

    .sight > .network {
      inline-size: 100%;
      block-size: auto;
    }
  }

  @media (forced-colors: active) {
    .network text {
      fill: CanvasText;
    }

    .network .ground,
    .network .body {
      fill: Canvas;
    }

    .network .edge,
    .network .edge.negative,
    .network .curve,
    .network .slope,
    .network .body {
      stroke: var(--drawn, CanvasText);
    }

    .network .flow,
    .network .mark {
      stroke: Highlight;
    }

    .network .head {
      fill: Highlight;
    }

    .network .point {
      fill: CanvasText;
    }
  }
`;
