import type { FindingPlace } from '../markdown/finding.ts';
import type { Page } from '../page/page.ts';

/** The content of a block between `:::{name} argument` and `:::`. */
export interface DirectiveContent {
  /** Trimmed; empty where there is none. */
  readonly argument: string;
  /** By key, also unknown ones, which have been reported; of a repeated key the last. */
  readonly options: ReadonlyMap<string, { readonly value: string; readonly place: FindingPlace }>;
  /** The Markdown inside, rendered. */
  readonly html: string;
  /** The place of the name in the lesson. */
  readonly place: FindingPlace;
}

/** A kind of block: what may be written in it, and how it becomes HTML. */
export interface Directive {
  /** The keys that `key: value` lines at the start may have; if empty, such lines are prose. */
  readonly options: readonly string[];
  /** Whether it is an instrument: the prose that follows, up to the next one, stands beside it. */
  readonly stage?: boolean;
  /** Whether it is for a few readers only: what stands in it belongs to no section. */
  readonly aside?: boolean;
  /** Whether Markdown may stand inside; if not, it is reported as an error. */
  readonly prose: boolean;
  /** The block's HTML. Faults are added to the page's findings; nothing is thrown. */
  readonly render: (content: DirectiveContent, page: Page) => string;
}
