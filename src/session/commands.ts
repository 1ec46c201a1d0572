import type { Mode, Run } from '../machine/machine.ts';
import { type Changes, redone, undone, withPresent } from './changes.ts';
import type { Cursor, Navigation } from './navigation.ts';

/** What the reader has chosen; everything on the screen follows from it and the lesson. */
export interface State {
  readonly cursor: Cursor;
  readonly run: Run;
  /** What the model's `mode` says, where it has one. */
  readonly mode: Mode;
  /** Significant digits where the lesson has no rule. */
  readonly digits: number;
  /** What the reader has changed about the run. */
  readonly changes: Changes;
}

export interface Command {
  readonly id: string;
  /** What a button and the help say. */
  readonly label: string;
  /** As in `aria-keyshortcuts`: modifiers and a key, joined by +. The first is the one to teach. */
  readonly keys: readonly string[];
  readonly group: 'step' | 'jump' | 'view';
  /** Absent where the debugger itself does it: opens a panel or a dialog, plays, trains. */
  readonly apply?: (state: State, navigation: Navigation) => State;
}

type Move = (navigation: Navigation, cursor: Cursor) => Cursor;

const move = (
  id: string,
  label: string,
  keys: readonly string[],
  group: Command['group'],
  go: Move,
): Command => ({
  id,
  label,
  keys,
  group,
  apply: (state, navigation) => ({ ...state, cursor: go(navigation, state.cursor) }),
});

/** Every verb of the debugger, once: keys, toolbar, help and `aria-keyshortcuts` all read this table. */
export const commands: readonly Command[] = [
  move('first', 'To the start of this iteration', ['Home'], 'jump', (n, c) => n.previous(c, 'frame')),
  move('previousPhase', 'Back to the previous phase', ['PageUp'], 'jump', (n, c) => n.previous(c, 'phase')),
  move('previousCell', 'Back to the previous cell', ['ArrowUp'], 'jump', (n, c) => n.previous(c, 'cell')),
  move('backOver', 'Back over', ['Shift+ArrowLeft', 'Shift+F10'], 'step', (n, c) => n.backOver(c)),
  move('back', 'Back one operation', ['ArrowLeft', 'Alt+F11'], 'step', (n, c) => n.back(c)),
  move('next', 'Next operation, into functions', ['ArrowRight', 'F11'], 'step', (n, c) => n.into(c)),
  move('over', 'Step over', ['Shift+ArrowRight', 'F10'], 'step', (n, c) => n.over(c)),
  move('out', 'Step out', ['Shift+F11', 'o'], 'step', (n, c) => n.out(c)),
  move('backOut', 'Back out, to where it began', ['Alt+Shift+F11', 'Shift+O'], 'step', (n, c) =>
    n.backOut(c),
  ),
  move('nextCell', 'Next cell', ['ArrowDown'], 'jump', (n, c) => n.next(c, 'cell')),
  move('previousFormula', 'Back to the previous formula', ['Shift+ArrowUp'], 'jump', (n, c) =>
    n.previous(c, 'formula'),
  ),
  move('nextFormula', 'Next formula', ['Shift+ArrowDown'], 'jump', (n, c) => n.next(c, 'formula')),
  move('nextPhase', 'Next phase', ['PageDown'], 'jump', (n, c) => n.next(c, 'phase')),
  move('last', 'To the end of this iteration', ['End'], 'jump', (n, c) => n.next(c, 'frame')),
  move('restart', 'To the very first step', ['Control+Home', 'Control+Shift+F5'], 'jump', (n) => n.to(0)),
  {
    id: 'run',
    label: 'Lecture rounding or full precision',
    keys: ['r'],
    group: 'view',
    apply: (state) => ({ ...state, run: state.run === 'lesson' ? 'full' : 'lesson' }),
  },
  {
    id: 'reset',
    label: "Back to the lesson's numbers",
    keys: ['Shift+R'],
    group: 'view',
    apply: (state) => ({ ...state, changes: withPresent(state.changes, []) }),
  },
  {
    id: 'undo',
    label: 'Undo the last change of a number',
    keys: ['Control+z'],
    group: 'view',
    apply: (state) => ({ ...state, changes: undone(state.changes) }),
  },
  {
    id: 'redo',
    label: 'Change it again',
    keys: ['Control+Shift+Z', 'Control+y'],
    group: 'view',
    apply: (state) => ({ ...state, changes: redone(state.changes) }),
  },
  { id: 'why', label: 'Why is this number what it is?', keys: ['w'], group: 'view' },
  { id: 'train', label: 'Train, pause, go on', keys: ['t'], group: 'view' },
  { id: 'formulas', label: 'Write the formulas', keys: ['e'], group: 'view' },
  { id: 'compare', label: 'Compare with another run', keys: ['v'], group: 'view' },
  { id: 'help', label: 'This list', keys: ['?'], group: 'view' },
];

export const command = (id: string): Command | undefined => commands.find((one) => one.id === id);

/** The command of a key press, given as modifiers and key in the order Control, Alt, Shift. */
export const commandOfKey = (key: string): Command | undefined =>
  commands.find(({ keys }) => keys.includes(key));

/** A key press in the words of the table. A capital letter already tells of Shift. */
export function keyName(event: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}): string {
  const modifiers = [
    event.ctrlKey || event.metaKey ? 'Control' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey ? 'Shift' : '',
  ];
  return [...modifiers, event.key].filter((part) => part !== '').join('+');
}
