import type { Quantity } from '../../src/formula/model.ts';
import { isRecurrent } from '../../src/program/tree.ts';
import type { Session } from '../../src/session/session.ts';
import { toolWords as words } from '../../src/words/shell/tools.ts';

/** A part of the debugger that is loaded when the reader first opens it. Its view's element brings its own sheet. */
export interface Tool {
  /** Also the id of the command that opens it, where there is one. */
  readonly id: string;
  /** Read when it is drawn, since words may be translated. */
  readonly title: () => string;
  readonly tag: string;
  /** Loads the file that defines the element, a `SessionView`. */
  readonly load: () => Promise<unknown>;
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
    load: () => import('../tools/training.ts'),
  },
  {
    id: 'formulas',
    title: () => words.formulas,
    tag: 'bs-formulas',
    load: () => import('../model/formula-editor.ts'),
  },
  {
    id: 'breakpoints',
    title: () => words.breakpoints,
    tag: 'bs-breakpoints',
    count: ({ state }) => state.breakpoints.length,
    load: () => import('../tools/breakpoint-list.ts'),
  },
  {
    id: 'why',
    title: () => words.why,
    tag: 'bs-why',
    load: () => import('../tools/why.ts'),
  },
  {
    id: 'watches',
    title: () => words.watches,
    tag: 'bs-watches',
    count: ({ state }) => state.watches.length,
    load: () => import('../tools/watches.ts'),
  },
  {
    id: 'compare',
    title: () => words.compare,
    tag: 'bs-compare',
    load: () => import('../tools/compare.ts'),
  },
  {
    id: 'gradient',
    title: () => words.gradient,
    tag: 'bs-gradient',
    load: () => import('../tools/gradient-check.ts'),
    suits: ({ training }) => training.watched.length > 0,
  },
  {
    id: 'decision',
    title: () => words.decision,
    tag: 'bs-decision',
    load: () => import('../tools/decision-boundary.ts'),
    suits: ({ model }) => [...model.quantities.values()].some(isOfTwo),
  },
  {
    id: 'time',
    title: () => words.time,
    tag: 'bs-time',
    load: () => import('../drawing/unrolled-time.ts'),
    suits: ({ program }) => isRecurrent(program.tree),
  },
];

/** Whether it is an input of two numbers, as far as that is seen without reading the formulas. */
function isOfTwo({ role, shape, perSample }: Quantity): boolean {
  const own = perSample ? shape.slice(1) : shape;
  return (role === 'given' || role === 'sample') && own.length === 1 && own[0] === 2;
}
