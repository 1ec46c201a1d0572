import { type ExaminedFrame, examineFrame, examinerOf } from '../../explain/examined/examined-frame.ts';
import type { Judgement } from '../../explain/examined/judgement.ts';
import type { Model } from '../../formula/model.ts';
import type { Examiner } from '../../machine/inspect/examiner.ts';
import type { Machine } from '../../machine/machine.ts';
import { BackgroundTask } from './background-task.ts';

/** What a course keeps of one. */
export interface CoursePoint {
  readonly frame: number;
  readonly held: Counts;
  readonly trained: Counts;
}

/** Of an examination: how many samples, how many of them right (absent where the targets are no classes), and their mean loss. */
interface Counts {
  readonly count: number;
  readonly right?: number;
  readonly loss?: number;
}

const countsOf = ({ count, loss, classes }: Judgement): Counts => ({
  count,
  ...(classes && { right: classes.right }),
  ...(loss !== undefined && { loss }),
});

/** Whole examinations that are kept: of many samples they take much room. */
const mostWhole = 4;
/** Examined frames at most; of more, every second one is given up. */
const mostKept = 256;
/** So many frames are examined by and by, evenly spread over the training, where one takes little time. */
const wantedFrames = 33;
/** What one may take for that, in milliseconds. */
const shortly = 250;

/**
 * The examinations of a run, in time slices: of any frame that is asked for, of the furthest while it is trained, and then of others between,
 * so that there is a course. The run itself is only read.
 */
export class ExaminationCourse {
  /** By frame, ascending. */
  frames: readonly CoursePoint[] = [];
  /** The newest ones, the newest first. */
  private whole: readonly ExaminedFrame[] = [];
  /** What the work has thrown, as text; undefined where nothing went wrong. */
  failure: string | undefined;
  private readonly examiner: Examiner;
  private readonly model: Model;
  private task: BackgroundTask<ExaminedFrame> | undefined;
  private startedAt = 0;
  /** How long the last examination took, in milliseconds. */
  private took = 0;
  private wanted: number | undefined;

  constructor(
    /** The run that trains. */
    readonly machine: Machine,
    /** Called after every slice. */
    private readonly onChange: () => void,
  ) {
    this.model = machine.program.model;
    this.examiner = examinerOf(machine);
  }

  /** From 0 to 1, of the examination that is going on; undefined where none is. */
  get progress(): number | undefined {
    return this.task?.progress;
  }

  /** The examination after a frame; undefined while it has not been made, which is then begun. */
  at(frame: number): ExaminedFrame | undefined {
    const found = this.whole.find((one) => one.frame === frame);
    if (found === undefined) this.wanted = frame;
    this.goOn();
    return found;
  }

  /** Examines what is missing next, if nothing is being examined. */
  goOn(): void {
    if (this.task !== undefined || this.failure !== undefined) return;
    const next = this.next();
    if (next === undefined) return;
    this.startedAt = performance.now();
    this.task = new BackgroundTask(examineFrame(this.examiner, this.model, next), (task) =>
      this.advanced(task),
    );
  }

  /** Gives up what is going on. */
  stop(): void {
    this.task?.cancel();
    this.task = undefined;
  }

  private next(): number | undefined {
    const has = (frame: number) => this.frames.some((one) => one.frame === frame);
    if (this.wanted !== undefined) return this.wanted;
    const { furthest } = this.machine;
    if (!has(0)) return 0;
    if (!has(furthest)) return furthest;
    if (this.took > shortly || this.frames.length >= wantedFrames) return undefined;
    return middleOfWidest(this.frames.map(({ frame }) => frame));
  }

  private advanced(task: BackgroundTask<ExaminedFrame>): void {
    if (task.status === 'running') {
      this.onChange();
      return;
    }
    this.task = undefined;
    this.took = performance.now() - this.startedAt;
    this.failure = task.failure;
    const { result } = task;
    if (result !== undefined) {
      if (result.frame === this.wanted) this.wanted = undefined;
      const { frame, held, trained } = result;
      this.whole = [result, ...this.whole.filter((one) => one.frame !== frame)].slice(0, mostWhole);
      const point = { frame, held: countsOf(held), trained: countsOf(trained) };
      const all = [...this.frames.filter((one) => one.frame !== frame), point].sort(
        (a, b) => a.frame - b.frame,
      );
      // The first, the last and the newest one stay.
      this.frames =
        all.length <= mostKept
          ? all
          : all.filter((one, n) => n % 2 === 0 || one === point || n === all.length - 1);
    }
    this.onChange();
    this.goOn();
  }
}

/** The whole number in the middle of the widest gap between ascending ones; undefined where there is none between them. */
function middleOfWidest(frames: readonly number[]): number | undefined {
  let found: number | undefined;
  let widest = 1;
  frames.forEach((frame, n) => {
    const before = frames[n - 1] ?? frame;
    if (frame - before <= widest) return;
    widest = frame - before;
    found = before + Math.floor(widest / 2);
  });
  return found;
}

/** The examined frame with the least loss of the samples held back, or, without losses, with the fewest misread; the first of equals. */
export function bestFrame(frames: readonly CoursePoint[]): CoursePoint | undefined {
  const badness = ({ held: { loss, right = Number.NaN } }: CoursePoint): number => {
    const found = loss ?? -right;
    return Number.isFinite(found) ? found : Number.POSITIVE_INFINITY;
  };
  return frames.reduce<CoursePoint | undefined>(
    (best, one) => (best === undefined || badness(one) < badness(best) ? one : best),
    undefined,
  );
}
