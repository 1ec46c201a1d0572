import type { Quantity } from '../../src/formula/model.ts';
import { isRecurrent } from '../../src/program/tree.ts';
import type { Session } from '../../src/session/session.ts';
import { toolWords as words } from '../../src/words/shell/tools.ts';
import type { LazyTag } from './lazy-views.ts';

/** A part of the debugger that is loaded when the reader first opens it. Its view's element brings its own sheet. */
export interface Tool {
  /** Also the id of the command that opens it, where there is one. */
  readonly id: string;
  /** Read when it is drawn, since words may be translated. */
  readonly title: () => string;
  /** Its view, a `SessionView`. */
  readonly tag: LazyTag;
  /** How much lies in it, told while it is closed too. */
  readonly count?: (session: Session) => number;
  /** Whether it has anything to say about a model; always, where this is left out. */
  readonly suits?: (session: Session) => boolean;
}

/** What lies in the drawers under the stage, in order. */
export const tools: readonly Tool[] = [
  {
    id: 'train',
    title: () => words.train,
    tag: 'bs-training',
  },
  {
    id: 'formulas',
    title: () => words.formulas,
    tag: 'bs-formula-editor',
  },
  {
    id: 'breakpoints',
    title: () => words.breakpoints,
    tag: 'bs-breakpoint-list',
    count: ({ state }) => state.breakpoints.length,
  },
  {
    id: 'why',
    title: () => words.why,
    tag: 'bs-why',
  },
  {
    id: 'watches',
    title: () => words.watches,
    tag: 'bs-watches',
    count: ({ state }) => state.watches.length,
  },
  {
    id: 'compare',
    title: () => words.compare,
    tag: 'bs-compare',
  },
  {
    id: 'gradient',
    title: () => words.gradient,
    tag: 'bs-gradient-check',
    suits: ({ training }) => training.watched.length > 0,
  },
  {
    id: 'decision',
    title: () => words.decision,
    tag: 'bs-decision-boundary',
    suits: ({ model }) => [...model.quantities.values()].some(isOfTwo),
  },
  {
    id: 'time',
    title: () => words.time,
    tag: 'bs-unrolled-time',
    suits: ({ program }) => isRecurrent(program.tree),
  },
];

/** Whether it is an input of two numbers, as far as that is seen without reading the formulas. */
function isOfTwo({ role, shape, perSample }: Quantity): boolean {
  const own = perSample ? shape.slice(1) : shape;
  return (role === 'given' || role === 'sample') && own.length === 1 && own[0] === 2;
}
