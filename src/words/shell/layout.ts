import { section } from '../section.ts';

/** The divider between views, and the full screen. */
export const layoutWords = section('layout', {
  divider: 'Drawing and formula: where they meet, in percent',
  dividerHint: 'Drag, or move it with the arrow keys; Enter sets it in the middle',
});
