import type { FindingPlace } from '../markdown/finding.ts';
import type { Page } from '../page/page.ts';

/** A block between `:::{name} argument` and `:::`. */
export interface DirectiveContent {
  readonly argument: string;
  readonly options: ReadonlyMap<string, { readonly value: string; readonly place: FindingPlace }>;
  /** The Markdown inside, rendered. */
  readonly html: string;
  /** Where the name stands. */
  readonly place: FindingPlace;
}

/** A kind of block: what may be written in it, and how it becomes HTML. */
export interface Directive {
  /** The keys of `key: value` lines at the start; without any, all is prose. */
  readonly options: readonly string[];
  /** Whether what follows is read beside it, up to the next such block. */
  readonly stage?: boolean;
  /** Whether Markdown may stand inside. */
  readonly prose: boolean;
  readonly render: (content: DirectiveContent, page: Page) => string;
}
