import type { commandWords } from '../words/run/commands.ts';
import type { otherCommandWords } from '../words/run/other-commands.ts';
import { redone, undone, withPresent } from './changes.ts';
import type { Cursor, Navigation, StepGrain } from './navigation.ts';
import type { SessionState } from './state.ts';

/** What a command is called in code; its label in the page's language is in the words. */
export type CommandId = keyof typeof commandWords | keyof typeof otherCommandWords;

/** A verb of the debugger: an entry of `commands`. */
export interface Command {
  readonly id: CommandId;
  /** As in `aria-keyshortcuts`: modifiers and a key, joined by +, `Control+Shift+Z`. The first is the one to teach. */
  readonly keys: readonly string[];
  /** Where the help lists it. */
  readonly group: 'step' | 'jump' | 'run' | 'view';
  /** The grain it moves by. The command is not applicable to a model whose run does not have it: see `Navigation.has`. */
  readonly grain?: StepGrain;
  /** Whether it moves operation by operation, so that it can skip no-op steps. */
  readonly skipsNoOps?: boolean;
  /** The state after it: pure. Absent where the debugger itself carries it out: opens a panel or a dialog, plays, trains. */
  readonly apply?: (state: SessionState, navigation: Navigation) => SessionState;
}

type Move = (navigation: Navigation, cursor: Cursor) => Cursor;

const move = (
  id: CommandId,
  keys: readonly string[],
  group: Command['group'],
  go: Move,
  more: Pick<Command, 'grain' | 'skipsNoOps'> = {},
): Command => ({
  id,
  keys,
  group,
  ...more,
  apply: (state, navigation) => ({ ...state, cursor: go(navigation, state.cursor) }),
});

const next = (id: CommandId, keys: readonly string[], grain: StepGrain): Command =>
  move(id, keys, 'jump', (navigation, cursor) => navigation.next(cursor, grain), { grain });

const previous = (id: CommandId, keys: readonly string[], grain: StepGrain): Command =>
  move(id, keys, 'jump', (navigation, cursor) => navigation.previous(cursor, grain), { grain });

const byOperation = { skipsNoOps: true };

/** Every verb of the debugger, once: keys, toolbar, help and `aria-keyshortcuts` all read this table. */
export const commands: readonly Command[] = [
  move('next', ['ArrowRight', 'F11'], 'step', (n, c) => n.into(c), byOperation),
  move('back', ['ArrowLeft', 'Alt+F11'], 'step', (n, c) => n.back(c), byOperation),
  move('over', ['Shift+ArrowRight', 'F10'], 'step', (n, c) => n.over(c), byOperation),
  move('backOver', ['Shift+ArrowLeft', 'Shift+F10'], 'step', (n, c) => n.backOver(c), byOperation),
  move('out', ['Shift+F11', 'o'], 'step', (n, c) => n.out(c)),
  move('backOut', ['Alt+Shift+F11', 'Shift+O'], 'step', (n, c) => n.backOut(c)),
  {
    id: 'skip',
    keys: ['d'],
    group: 'step',
    apply: (state) => ({ ...state, skipNoOps: !state.skipNoOps }),
  },
  next('nextTerm', ['m'], 'term'),
  previous('previousTerm', ['Shift+M'], 'term'),
  next('nextCell', ['ArrowDown'], 'cell'),
  previous('previousCell', ['ArrowUp'], 'cell'),
  next('nextFormula', ['Shift+ArrowDown'], 'formula'),
  previous('previousFormula', ['Shift+ArrowUp'], 'formula'),
  next('nextPhase', ['PageDown'], 'phase'),
  previous('previousPhase', ['PageUp'], 'phase'),
  next('nextSample', ['s'], 'sample'),
  previous('previousSample', ['Shift+S'], 'sample'),
  next('nextUpdate', ['u'], 'update'),
  previous('previousUpdate', ['Shift+U'], 'update'),
  next('last', ['End'], 'frame'),
  previous('first', ['Home'], 'frame'),
  move('later', ['i'], 'jump', (n, c) => n.shift(c, 1), { grain: 'frame' }),
  move('earlier', ['Shift+I'], 'jump', (n, c) => n.shift(c, -1), { grain: 'frame' }),
  next('nextEpoch', ['a'], 'epoch'),
  previous('previousEpoch', ['Shift+A'], 'epoch'),
  move('restart', ['Control+Home', 'Control+Shift+F5'], 'jump', (n) => n.to(0)),
  { id: 'goTo', keys: ['g'], group: 'jump' },
  { id: 'goBack', keys: ['Backspace'], group: 'jump' },
  { id: 'runOn', keys: ['F5'], group: 'run' },
  { id: 'runBack', keys: ['Shift+F5'], group: 'run' },
  { id: 'continue', keys: ['F8', 'n'], group: 'run' },
  { id: 'reverse', keys: ['Shift+F8', 'Shift+N'], group: 'run' },
  { id: 'runTo', keys: ['Control+F10', 'h'], group: 'run' },
  { id: 'toggleBreakpoint', keys: ['F9', 'b'], group: 'run' },
  { id: 'breakpoints', keys: ['Shift+F9', 'Shift+B'], group: 'run' },
  { id: 'play', keys: ['p'], group: 'run' },
  { id: 'playBack', keys: ['Shift+P'], group: 'run' },
  { id: 'playTraining', keys: ['Shift+T'], group: 'run', grain: 'frame' },
  { id: 'playTrainingBack', keys: ['Alt+Shift+T'], group: 'run', grain: 'frame' },
  {
    id: 'run',
    keys: ['r'],
    group: 'view',
    apply: (state) => ({ ...state, precision: state.precision === 'lesson' ? 'full' : 'lesson' }),
  },
  {
    id: 'reset',
    keys: ['Shift+R'],
    group: 'view',
    apply: (state) => ({ ...state, changes: withPresent(state.changes, []) }),
  },
  {
    id: 'undo',
    keys: ['Control+z'],
    group: 'view',
    apply: (state) => ({ ...state, changes: undone(state.changes) }),
  },
  {
    id: 'redo',
    keys: ['Control+Shift+Z', 'Control+y'],
    group: 'view',
    apply: (state) => ({ ...state, changes: redone(state.changes) }),
  },
  { id: 'why', keys: ['w'], group: 'view' },
  { id: 'watches', keys: ['Shift+W'], group: 'view' },
  { id: 'whatIf', keys: ['c'], group: 'view' },
  { id: 'train', keys: ['t'], group: 'view' },
  { id: 'formulas', keys: ['e'], group: 'view' },
  { id: 'nextDivergence', keys: ['x'], group: 'view' },
  { id: 'compare', keys: ['v'], group: 'view' },
  { id: 'gradient', keys: ['k'], group: 'view' },
  { id: 'fullScreen', keys: ['f'], group: 'view' },
  { id: 'zoomIn', keys: ['Plus', '='], group: 'view' },
  { id: 'zoomOut', keys: ['-'], group: 'view' },
  { id: 'zoomAll', keys: ['0'], group: 'view' },
  { id: 'help', keys: ['?'], group: 'view' },
];

const byKey = new Map(commands.flatMap((one) => one.keys.map((key) => [key, one] as const)));

/** The command with this id; undefined if there is none. */
export const command = (id: string): Command | undefined => commands.find((one) => one.id === id);

/** The command of a key press as `keyName` writes it; undefined if there is none. */
export const commandOfKey = (key: string): Command | undefined => byKey.get(key);

/**
 * Whether a key, as `keyName` writes it, is a letter, a digit or a sign without Control or Alt: what people may press, or say to a
 * program that types for them, without meaning a command.
 */
export const isCharacterKey = (key: string): boolean => /^(Shift\+)?(.|Plus)$/u.test(key);

/**
 * A key press (a `KeyboardEvent`) as in `Command.keys`: modifiers in the order Control, Alt, Shift, then the key as the event
 * names it. Control stands for ⌘ too. Shift is left out before a sign such as ?, which implies it; the key + is `Plus`.
 */
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
    event.shiftKey && !isSign(event.key) ? 'Shift' : '',
  ];
  return [...modifiers, event.key === '+' ? 'Plus' : event.key].filter((part) => part !== '').join('+');
}

const isSign = (key: string): boolean => key.length === 1 && !/[\p{L}\s]/u.test(key);
