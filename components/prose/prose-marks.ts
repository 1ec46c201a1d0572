import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Program } from '../../src/program/program.ts';
import { parsePlaceHash } from '../../src/session/links/place.ts';
import { subjectOf, subjectsOf } from '../../src/session/links/subject.ts';
import type { Session } from '../../src/session/session.ts';
import type { SessionState } from '../../src/session/state.ts';
import { proseLinks } from '../base/prose-links.ts';
import { TextHere } from './text-here.ts';

/** The debugger, as far as the prose needs it. */
export type ProseHost = ReactiveControllerHost &
  HTMLElement & {
    readonly model: string;
    readonly session: Session | undefined;
    /** The running text of its model, and the one that the lesson has. */
    readonly modelText: string;
    readonly lessonText: string;
    /** Whether it steps by itself. */
    readonly isPlaying: boolean;
  };

/** What is marked as a whole where it speaks of a step. */
const passages = 'p, li, tr, dt, dd, figcaption, caption';

/** On a number or a step, and on its passage: the phase of the step that they speak of. */
const [ofLink, ofPassage] = ['data-now', 'data-speaks'];

/**
 * Marks in the page's text what speaks of the debugger's present step: the number that is being computed and the passage that it
 * stands in. The page's stylesheet draws the marks; where all marked passages are out of sight, `TextHere` leads there.
 */
export class ProseMarks implements ReactiveController {
  private readonly links: readonly HTMLAnchorElement[];
  /** The links that speak of each subject. */
  private bySubject:
    | { readonly program: Program; readonly map: ReadonlyMap<string, HTMLAnchorElement[]> }
    | undefined;
  private state: SessionState | undefined;
  private marked: readonly Element[] = [];
  private readonly textHere = new TextHere();

  constructor(private readonly host: ProseHost) {
    this.links = [...document.querySelectorAll<HTMLAnchorElement>(proseLinks)].filter(
      ({ dataset }) => dataset.model === host.model,
    );
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('click', this.clicked, { capture: true });
    document.addEventListener('keydown', this.pressed, { capture: true });
  }

  /** Whether the reader has last used a link of the text, which moves the debugger and never the text. */
  private isFromText = false;

  private readonly clicked = ({ target }: Event): void => {
    this.isFromText = target instanceof Element && target.closest(proseLinks) !== null;
  };

  /** Enter on a link clicks it, after this. */
  private readonly pressed = (): void => {
    this.isFromText = false;
  };

  hostUpdated(): void {
    const { session } = this.host;
    if (session === undefined || session.state === this.state) return;
    const isFirst = this.state === undefined;
    this.state = session.state;
    this.mark(session, isFirst);
  }

  hostDisconnected(): void {
    document.removeEventListener('click', this.clicked, { capture: true });
    document.removeEventListener('keydown', this.pressed, { capture: true });
    this.unmark();
    this.textHere.drop();
    this.state = undefined;
  }

  private mark(session: Session, isFirst: boolean): void {
    this.unmark();
    const map = this.subjects(session.program);
    const links = [...new Set(subjectsOf(session).flatMap((subject) => map.get(subject) ?? []))];
    // A number of the other precision is another number; only where there is no better one, it will do.
    const own = links.filter(
      ({ dataset }) => (dataset.run ?? session.state.precision) === session.state.precision,
    );
    const speaking = own.length > 0 ? own : links;
    const phase = session.moment.phase ?? 'start';
    const around = new Set(speaking.flatMap((link) => link.closest(passages) ?? []));
    for (const link of speaking) link.setAttribute(ofLink, phase);
    for (const passage of around) passage.setAttribute(ofPassage, phase);
    this.marked = [...speaking, ...around];
    // At the start nobody has stepped yet; a page that is opened at a step has its reader far from the text on it.
    if (isFirst && session.state.cursor.step === 0) this.textHere.drop();
    else this.textHere.lead(phase, speaking, !isFirst && !this.isFromText);
  }

  private unmark(): void {
    for (const one of this.marked) one.removeAttribute(ofLink);
    // Another debugger may have marked a number in the same passage.
    for (const one of this.marked) {
      const other = one.querySelector(`[${ofLink}]`)?.getAttribute(ofLink);
      if (other) one.setAttribute(ofPassage, other);
      else one.removeAttribute(ofPassage);
    }
    this.marked = [];
  }

  private subjects(program: Program): ReadonlyMap<string, HTMLAnchorElement[]> {
    if (this.bySubject?.program === program) return this.bySubject.map;
    const map = new Map<string, HTMLAnchorElement[]>();
    for (const link of this.links) {
      const place = parsePlaceHash(link.hash);
      const subject = place && subjectOf(program, place, link.classList.contains('fact'));
      if (subject !== undefined) map.set(subject, [...(map.get(subject) ?? []), link]);
    }
    this.bySubject = { program, map };
    return map;
  }
}
