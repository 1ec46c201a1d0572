import type { CSSResult } from 'lit';
import { networkStyles } from '../drawing/network-drawing.styles.ts';
import { formulaStyles } from '../reading/formula.styles.ts';
import { timelineStyles } from '../run/timeline.styles.ts';
import { toolbarStyles } from '../run/toolbar.styles.ts';
import { controlStyles } from '../theme/controls.ts';
import { directionStyles } from '../theme/directions.ts';
import { katexStyles } from '../theme/katex.ts';
import { paletteStyles } from '../theme/palette.ts';
import { phaseStyles } from '../theme/phases.ts';
import { printStyles } from '../theme/print.ts';
import { frameStyles } from './frame.styles.ts';
import { hostStyles } from './host.styles.ts';

/** The stylesheets of `<back-step>`. KaTeX's comes first, so that later ones can override it, and the one for paper last. */
export const styles: CSSResult[] = [
  katexStyles,
  paletteStyles,
  phaseStyles,
  hostStyles,
  controlStyles,
  toolbarStyles,
  networkStyles,
  formulaStyles,
  timelineStyles,
  frameStyles,
  directionStyles,
  printStyles,
];
