import { section } from '../section.ts';

/** The drawers under the stage. */
export const drawerWords = section('drawers', {
  tools: 'Tools',
  close: (title: string) => `Close: ${title}`,
  loading: 'A moment…',
  failed: 'This part could not be loaded. Is the page still connected?',
  broken:
    'Something inside this page went wrong; the connection is not to blame. Should it not help to try again, load the page anew.',
  retry: 'Try again',
});
