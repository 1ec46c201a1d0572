import { section } from '../section.ts';

/** The divider between two views. */
export const layoutWords = section('layout', {
  divider: 'Formula and its neighbour: where they meet, in percent',
  dividerHint: 'Drag, or move it with the arrow keys; Enter sets it back',
});
