import { css } from 'lit';

/** The drawing. `CellLinks` sets `--drawn` on the cell that is pointed at in any view. */
export const networkStyles = css`
  /* As large as the type in it may be, in the frame's place for it. */
  bs-network-drawing {
    --whole: 1;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
  }

  .sight {
    flex: 1 1 0;
    min-block-size: 0;
  }

  .network {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    margin-inline: auto;
    overflow: visible;
    font-family: var(--f-sans);
    font-variant-numeric: lining-nums tabular-nums;
    text-anchor: middle;
    user-select: none;
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
    stroke-width: 3;
  }

  .network .flow.now,
  .network .flow.target {
    stroke-width: 4.5;
  }

  .network .flow.negative {
    stroke-dasharray: 9 4;
  }

  .network .head {
    fill: var(--accent);
  }

  .network .tie {
    stroke: var(--drawn, var(--c-quiet));
    stroke-width: 3.5;
    stroke-linecap: round;
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

  .network .differs {
    text-decoration: underline dotted;
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
    font-size: 18px;
  }

  .network .omissions .count {
    font-size: 11.5px;
    text-anchor: start;
  }

  .sight.enlarged {
    overflow: hidden;
    touch-action: none;
    cursor: grab;
    border: 1px solid var(--c-rule);
  }

  .enlarged .network {
    overflow: hidden;
  }

  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 0 1em;
    padding-top: 0.3em;
    color: var(--c-quiet);
    font-size: 0.92em;
  }

  .foot .rate {
    inline-size: auto;
    padding-inline: 0.5em;
    color: var(--c-ink);
    white-space: nowrap;
  }

  .foot .legend {
    flex: 1 1 18em;
  }

  .foot .abridged {
    flex: 1 1 14em;
  }

  .foot .sights {
    display: inline-flex;
    align-items: center;
  }

  .foot .as-table {
    padding-inline: 0.5em;
  }

  .foot [aria-pressed='true'] {
    color: var(--c-ink);
    border-color: var(--c-ink);
  }

  .network-table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.92em;
  }

  .network-table th,
  .network-table td {
    padding: 0.25em 0.5em 0.25em 0;
    border-bottom: 1px solid var(--c-rule);
    font-weight: 400;
    text-align: start;
    vertical-align: baseline;
  }

  .network-table thead th,
  .network-table .number {
    color: var(--c-quiet);
  }

  .network-table .number {
    display: inline-block;
    margin-inline-end: 0.8em;
    white-space: nowrap;
  }

  .network-table .katex {
    font-size: 1em;
  }

  .network-table .value {
    color: var(--c-ink);
    cursor: pointer;
  }

  .network-table .target {
    background: color-mix(in oklab, var(--accent) 13%, transparent);
    box-shadow: 0 2px 0 var(--accent);
  }

  .network-table .now {
    box-shadow: 0 2px 0 var(--accent);
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
