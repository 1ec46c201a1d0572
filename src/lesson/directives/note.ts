import type { Directive } from './directive.ts';

/** `:::{note-to-instructor}`: how to teach with this page, in a folded block. */
export const noteToInstructor: Directive = {
  options: [],
  prose: true,
  aside: true,
  render: ({ html }) =>
    `<details class="note-to-instructor"><summary>Note to the instructor</summary>\n${html}</details>\n`,
};
