import type { CSSResult } from 'lit';
import { controlStyles } from './controls.ts';
import { directionStyles } from './directions.ts';
import { formulaStyles } from './formula.ts';
import { fullScreenStyles } from './full-screen.ts';
import { hostStyles } from './host.ts';
import { katexStyles } from './katex.ts';
import { networkStyles } from './network-drawing.ts';
import { runsStyles } from './runs.ts';
import { timelineStyles } from './timeline.ts';
import { toolbarStyles } from './toolbar.ts';

/** The debugger's stylesheets. KaTeX's comes first, so that ours can speak to it. */
export const styles: CSSResult[] = [
  katexStyles,
  hostStyles,
  controlStyles,
  toolbarStyles,
  networkStyles,
  formulaStyles,
  timelineStyles,
  runsStyles,
  directionStyles,
  fullScreenStyles,
];
