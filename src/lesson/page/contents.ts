import { type Phase, phases } from '../../formula/statement.ts';
import type { Program } from '../../program/program.ts';
import type { StepPlace } from '../../session/links/place.ts';

/** A heading of a page: its level from 1 to 6, its id for links, and its text without markup. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** An entry of a lesson's table of contents: a heading of level 2 or 3. */
export interface ContentsEntry extends Heading {
  /** The model of the debugger beside the section; absent where the lesson has none. */
  readonly model?: string;
  /**
   * The phases in which that model computes what the section's own text quotes or leads to, in the order of a frame. The text of
   * a section within it is that section's.
   */
  readonly phases: readonly Phase[];
}

/** A list of words that a lesson explains: the section that it stands in, and the ids of its entries, in order. */
export interface Glossary {
  readonly section: string;
  readonly terms: readonly string[];
}

interface Section {
  readonly heading: Heading;
  readonly instrument: string | undefined;
  readonly mentions: { readonly model: string; readonly phase: Phase }[];
}

/** Collects the table of contents while the lesson is rendered, in the order of its text. */
export class Contents {
  private readonly sections: Section[] = [];
  private instrument: string | undefined;
  private first: string | undefined;
  private asides = 0;
  private readonly terms: string[] = [];
  private listed: string | undefined;

  /** A section begins. */
  heading(heading: Heading): void {
    if (this.asides === 0) this.sections.push({ heading, instrument: this.instrument, mentions: [] });
  }

  /** From here on, the text stands beside the debugger of this model. */
  shows(model: string): void {
    this.instrument = model;
    this.first ??= model;
  }

  /** A term is explained, under this id. */
  explains(term: string): void {
    this.listed ??= this.sections.at(-1)?.heading.id ?? '';
    this.terms.push(term);
  }

  /** The terms explained so far; undefined where there are none. Its section is that of the first. */
  get glossary(): Glossary | undefined {
    return this.listed === undefined ? undefined : { section: this.listed, terms: this.terms };
  }

  /** The model of the debugger that the text stands beside; undefined before the first. */
  get beside(): string | undefined {
    return this.instrument;
  }

  /** The text leads to a place of a run, or quotes the number computed there. */
  mentions(program: Program, place: StepPlace): void {
    const phase = phaseOf(program, place);
    if (this.asides === 0 && phase) this.sections.at(-1)?.mentions.push({ model: place.model, phase });
  }

  /** What `render` meets stands aside, and belongs to no section. */
  aside<Result>(render: () => Result): Result {
    this.asides += 1;
    try {
      return render();
    } finally {
      this.asides -= 1;
    }
  }

  /** The entries so far; what stands before the first debugger belongs to it. */
  get entries(): ContentsEntry[] {
    return this.sections
      .filter(({ heading: { level } }) => level === 2 || level === 3)
      .map(({ heading, instrument, mentions }) => {
        const model = instrument ?? this.first;
        const met = new Set(mentions.filter((one) => one.model === model).map(({ phase }) => phase));
        return { ...heading, ...(model && { model }), phases: phases.filter((phase) => met.has(phase)) };
      });
  }
}

/** The phase in which a place's cell is computed, or that it names; undefined for what is given, and before the first step. */
function phaseOf(program: Program, { frame, pass, cell }: StepPlace): Phase | undefined {
  if (frame === 0 || pass !== undefined) return pass;
  const name = cell?.replace(/\[.*$/, '');
  if (name === undefined) return undefined;
  return (program.writer(name, 'new') ?? program.writer(name, 'old'))?.phase;
}
