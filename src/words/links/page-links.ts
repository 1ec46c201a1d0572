import { section } from '../section.ts';

/** Links that the page is opened with. */
export const pageLinkWords = section('page-links', {
  unloaded:
    'The link could not be made or read, because a part of this page did not load. Is the page still connected?',
});
