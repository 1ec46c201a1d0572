import { section } from '../section.ts';

/** The tools and their tabs, and what is said of parts that do not come. */
export const toolWords = section('tools', {
  tools: 'Tools',
  opened: (title: string) => `Opened: ${title}`,
  loading: 'A moment…',
  failed: 'This part could not be loaded. Is the page still connected?',
  broken:
    'Something inside this page went wrong; the connection is not to blame. Should it not help to try again, load the page anew.',
  retry: 'Try again',
});
