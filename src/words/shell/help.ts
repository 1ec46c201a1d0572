import { section } from '../section.ts';

/** The list of keys. */
export const helpWords = section('help', {
  title: 'Keys',
  close: 'Close',
  closeWithKey: 'Close (Escape)',
  manual: (title: string) => `All of it, explained: ${title || 'the manual'} (in a new tab)`,
  step: 'One step',
  jump: 'Further',
  run: 'Running and breakpoints',
  view: 'Numbers and tools',
  where:
    'They work while the focus is anywhere in the debugger, but for a field or a choice, which has its own use for them (function keys work there too); and while it is nowhere, in the debugger that is in view, but for function keys, combinations, and those that scroll the page.',
  count:
    'A number typed before a key repeats it: 1 2 and then → is twelve operations. Escape forgets the number.',
  letters: 'Letters, digits and signs are keys, too',
  lettersOff: 'Letters, digits and signs are off: only arrows, function keys and combinations work.',
  clicks:
    'A click on any number goes to the step that computed it; on a line of the code, to where it runs next; beside the line, a breakpoint is set.',
  playing: 'While it plays, any key pauses.',
  mirrored:
    'The arrow keys are not mirrored: → goes on, as in the drawing, the formulas and the timeline, which run from left to right in every language.',
});
