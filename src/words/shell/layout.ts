import { section } from '../section.ts';

/** How the views lie beside each other and how large they are. */
export const layoutWords = section('layout', {
  divider: 'Drawing and formula: where they meet, in percent',
  dividerHint: 'Drag, or move it with the arrow keys; Enter sets it in the middle',
});
