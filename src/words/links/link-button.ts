import { section } from '../section.ts';

/** The button that makes a link. */
export const linkButtonWords = section('link-button', {
  make: 'Copy a link to this very step',
  button: 'link to this step',
  copied: 'copied',
  field: 'Link to this step',
  long: (length: string) =>
    `This link has ${length} characters; some programs cut links that are so long. Send it in a file, or check that it arrives whole.`,
});
