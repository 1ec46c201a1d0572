import { closest, type Diagnostic, Diagnostics, type Span } from '../formula/diagnostic.ts';
import type { Model } from '../formula/model.ts';
import { readModel } from '../formula/parse/reader.ts';
import { type Phase, phases, type Statement } from '../formula/statement.ts';
import { sizeFault } from '../formula/text-size.ts';
import { readLines } from './line-readers.ts';
import { type ExpansionPiece, Network } from './network.ts';
import { type Keyword, readShorthand, type Shorthand } from './shorthand.ts';
import { checkComputed, checkData, type Stated } from './stated-sizes.ts';

/** Where a line of the expansion comes from in the written text. */
export interface LineOrigin {
  /** Of the shorthand; for a line that was copied only the line number counts. */
  readonly span: Span;
  /** Whether the line stands in the text as it is here. */
  readonly written: boolean;
}

/** A model in the language alone, and where each of its lines comes from. */
export interface Expansion {
  readonly text: string;
  /** One for each line of `text`; empty where the text is too large to be read. */
  readonly origins: readonly LineOrigin[];
  /** Findings about the shorthand, with places in the written text. */
  readonly diagnostics: readonly Diagnostic[];
  /** Whether anything was expanded; otherwise `text` is the written one. */
  readonly hasShorthand: boolean;
  /** The sizes that the shorthand states, for `disagreements`. */
  readonly stated: readonly Stated[];
}

interface Line extends LineOrigin {
  readonly text: string;
}

interface Section {
  readonly phase: Phase | undefined;
  readonly lines: Line[];
}

/**
 * Expands the shorthand of a model: layers, losses, optimizers and so on become formulas, everything else stays as written. A
 * definition of the model's own replaces the template's line of the same name. Never throws on a wrong text: faults are in
 * `diagnostics`, and what they do not affect is expanded.
 */
export function expandShorthand(text: string): Expansion {
  // A text that is too large is not searched; `readModel` reports it.
  if (sizeFault(text) !== undefined)
    return { text, origins: [], diagnostics: [], hasShorthand: false, stated: [] };
  const lines = text.split(/\r?\n/);
  const diagnostics = new Diagnostics();
  const found = readShorthand(lines, diagnostics);
  if (found.size === 0) {
    const origins = lines.map((_, at) => ({ span: { line: at + 1, column: 1, length: 1 }, written: true }));
    return { text, origins, diagnostics: [], hasShorthand: false, stated: [] };
  }
  const plain = lines.map((line, at) => (found.has(at + 1) ? '' : line)).join('\n');
  const own = readModel(plain, new Diagnostics());
  const batch = /^[^\S\n]*batch\s+([\p{L}_][\p{L}\p{N}_]*)\s*=\s*(\d+|all)/mu.exec(plain);
  const size = batch?.[2] === 'all' ? `sum(${batch[1]}: 1)` : batch?.[2];
  const network = new Network(own, plain, batch && size ? { index: batch[1], size } : undefined);
  readLines(network, [...found.values()], diagnostics);
  checkData(network.stated, own, diagnostics);
  const out = assemble(lines, found, network.pieces, own, diagnostics);
  return {
    text: out.map((line) => line.text).join('\n'),
    origins: out,
    diagnostics: diagnostics.all,
    hasShorthand: true,
    stated: network.stated,
  };
}

/**
 * Findings about quantities of `model`, compiled from the expansion's text, whose sizes differ from those that the shorthand
 * states, with places in the written text; the first one only, an empty list if all agree.
 */
export function disagreements({ origins, stated }: Expansion, model: Model): readonly Diagnostic[] {
  const diagnostics = new Diagnostics();
  const lineOf = (name: string): Span | undefined => {
    const span = model.quantities.get(name)?.span;
    const origin = span && origins[span.line - 1];
    return span && origin?.written ? { ...span, line: origin.span.line } : undefined;
  };
  checkComputed(stated, model, lineOf, diagnostics);
  return diagnostics.all;
}

/**
 * A finding about the expansion's text with its place in the written text instead; where that line was not written by the author,
 * the message quotes it. Unchanged if its line is not in `origins`.
 */
export function asWritten({ text, origins }: Expansion, diagnostic: Diagnostic): Diagnostic {
  const { line } = diagnostic.span;
  const origin = origins[line - 1];
  if (origin === undefined) return diagnostic;
  if (origin.written) return { ...diagnostic, span: { ...diagnostic.span, line: origin.span.line } };
  const quoted = text.split('\n')[line - 1].trim();
  return { ...diagnostic, span: origin.span, message: `${diagnostic.message}; this is about ${quoted}` };
}

const heading = (line: string): Phase | undefined => {
  const word = line.replace(/#.*/, '').trim();
  return phases.find((phase) => phase === word);
};

/** Keys of what the text itself defines, so that no template does: data, functions, indices, formulas, claims and notations. */
function definedBy(own: readonly Statement[]): Set<string> {
  const defined = new Set<string>();
  for (const one of own) {
    if (one.kind === 'formula') {
      defined.add(one.assignment === '<-' ? `<- ${one.target}` : one.target);
      if (one.claim) defined.add(`d${one.claim.of}/d${one.claim.by}`);
    } else if (one.kind === 'write') defined.add(`write ${one.name}`);
    else if (one.kind === 'index') defined.add(`index ${one.name}`);
    else if ('name' in one && one.kind !== 'say' && one.kind !== 'label') defined.add(one.name);
  }
  return defined;
}

/** The keys that a template's line defines, in the same form. */
function keysOf(line: string): string[] {
  const data = /^(?:given|param|state|rate|sample|random|mode) (\S+?)(?:\[|\s|$)/u.exec(line);
  if (data !== null) return [data[1]];
  const index = /^index (\S+)/u.exec(line);
  if (index !== null) return [`index ${index[1]}`];
  const formula = /^(\S+?)(?:\[[^\]]*\])? (=|<-|:) /u.exec(line);
  if (formula === null) return [];
  const claim = / : -?(d\S+?\/d[^\s[]+)/u.exec(line);
  return [formula[2] === '<-' ? `<- ${formula[1]}` : formula[1], ...(claim ? [claim[1]] : [])];
}

/** Puts the expansion together from written lines and pieces. */
class Assembly {
  readonly sections: Section[] = [{ phase: undefined, lines: [] }];
  private readonly defined: Set<string>;
  /** Which shorthand computes or renews a quantity, by its key. */
  private readonly makers = new Map<string, Shorthand>();
  /** Where the model declares quantities that it does not compute. */
  private readonly declared = new Map<string, Span>();
  private readonly notations = new Map<string, { tex: string; origin: LineOrigin }>();

  constructor(
    own: readonly Statement[],
    private readonly diagnostics: Diagnostics,
  ) {
    this.defined = definedBy(own);
    for (const one of own) {
      if (one.kind === 'data' || one.kind === 'random' || one.kind === 'mode' || one.kind === 'table')
        this.declared.set(one.name, one.span);
    }
  }

  get top(): Section {
    return this.sections[0];
  }

  /** The lines of a piece that are not defined yet, by their pass; notations are kept for the end. */
  take({ from, text, span }: ExpansionPiece): Map<Phase | undefined, Line[]> {
    const origin: LineOrigin = { span, written: false };
    const taken = new Map<Phase | undefined, Line[]>();
    let phase: Phase | undefined;
    for (const raw of text.split('\n')) {
      const line = raw.trim();
      const head = heading(line);
      if (head !== undefined) phase = head;
      else if (line.startsWith('write ')) this.note(line, origin);
      else if (line !== '') {
        const keys = keysOf(line);
        const clash = phase && keys.map((key) => this.makers.get(key)).find((one) => one && one !== from);
        if (clash !== undefined) {
          this.clash(keys[0], clash, from, span);
          return new Map();
        }
        if (keys.some((key) => this.defined.has(key))) {
          if (phase !== undefined) this.hide(keys[0], line, from, text);
          continue;
        }
        for (const key of keys) {
          this.defined.add(key);
          if (phase !== undefined) this.makers.set(key, from);
        }
        const lines = taken.get(phase) ?? [];
        taken.set(phase, lines);
        lines.push({ ...origin, text: phase === undefined ? line : `  ${line}` });
      }
    }
    return taken;
  }

  /** Warns where data of the model replaces a computed line of a template: the name may be taken by accident. */
  private hide(name: string, line: string, from: Shorthand, text: string): void {
    const span = this.declared.get(name);
    if (span === undefined) return;
    this.declared.delete(name);
    const drawn = [...text.matchAll(/^param ([^\s[]+)/gmu)].map(([, parameter]) => parameter);
    const near = closest(name, drawn) ?? drawn.find((parameter) => parameter.includes(name));
    const hint = near ? `; do you mean ${near}?` : '';
    const message = `${name} takes the place of a line of ${from.keyword}, ${line.replace(/ = .*/, ' = …')}; give it another name if that is to stay${hint}`;
    this.diagnostics.warning(span, 'hidden', message);
  }

  /** An error where two lines of shorthand expand to formulas of the same name. */
  private clash(key: string, before: Shorthand, from: Shorthand, span: Span): void {
    const name = key.replace('<- ', '');
    const again = key === name ? 'computed' : 'updated';
    const ways: Partial<Record<Keyword, string>> = {
      layers: 'a second stack of layers is written layer by layer, with use',
      use: 'give this layer another name',
      loss: 'name this one, as in loss E: squared error',
      optimizer: 'say which parameters each is for, as in sgd 0.1 for W1, b1',
    };
    const hint = ways[from.keyword] ?? 'one of the two is enough';
    const message = `${name} is already ${again} by line ${before.span.line}; ${hint}`;
    if (!this.diagnostics.all.some((one) => one.span.line === span.line)) {
      this.diagnostics.error(span, 'shorthand', message);
    }
  }

  private note(line: string, origin: LineOrigin): void {
    for (const entry of line.slice('write '.length).split(/\s{3,}/)) {
      const [name, tex] = entry.trim().split(' as ');
      if (tex !== undefined && !this.defined.has(`write ${name}`)) this.notations.set(name, { tex, origin });
    }
  }

  /** The notations of names that are defined, six to a line. */
  notationLines(): Line[] {
    const entries = [...this.notations].filter(([name]) => this.defined.has(name));
    const found: Line[] = [];
    for (let at = 0; at < entries.length; at += 6) {
      const some = entries.slice(at, at + 6);
      const text = `write ${some.map(([name, { tex }]) => `${name} as ${tex}`).join('   ')}`;
      found.push({ ...some[0][1].origin, text });
    }
    return found;
  }

  /** The section of a phase at or after a position, added if there is none. */
  section(phase: Phase, after: number): Section {
    const later = this.sections.slice(after);
    const same = later.filter((one) => one.phase === phase);
    const known = phase === 'update' && after === 0 ? same[same.length - 1] : same[0];
    if (known !== undefined) return known;
    const order = phases.indexOf(phase);
    let at = after + 1;
    while (at < this.sections.length && phases.indexOf(this.sections[at].phase as Phase) < order) at += 1;
    const before = this.sections[at - 1].lines;
    const origin = before[before.length - 1] ?? { span: { line: 1, column: 1, length: 1 }, written: false };
    const made: Section = { phase, lines: [{ ...origin, written: false, text: phase }] };
    this.sections.splice(at, 0, made);
    return made;
  }
}

const orders: readonly Keyword[] = ['layers', 'use', 'loss', 'regularizer', 'optimizer', 'rate'];
/** The order of lines of shorthand in a backward pass, where the loss comes first. */
const backwardOrder: readonly Keyword[] = ['loss', 'use', 'layers'];

function assemble(
  lines: readonly string[],
  found: ReadonlyMap<number, Shorthand>,
  pieces: readonly ExpansionPiece[],
  own: readonly Statement[],
  diagnostics: Diagnostics,
): Line[] {
  const assembly = new Assembly(own, diagnostics);
  const taken = new Map<Shorthand, Map<Phase | undefined, Line[]>>();
  for (const piece of pieces) {
    const before = taken.get(piece.from) ?? new Map<Phase | undefined, Line[]>();
    taken.set(piece.from, before);
    for (const [phase, some] of assembly.take(piece))
      before.set(phase, [...(before.get(phase) ?? []), ...some]);
  }
  // Optimizer state takes its shape from parameters: where these are declared later, it waits for them.
  const declared = own.flatMap((one) => (one.kind === 'data' && one.role === 'param' ? [one.span.line] : []));
  const stacked = [...found].flatMap(([line, { keyword }]) => (/layers|use/.test(keyword) ? [line] : []));
  const lastParameter = Math.max(...declared, ...stacked);
  const late: Line[] = [];
  const homeless: { phase: Phase; lines: Line[]; home: Section }[] = [];
  lines.forEach((text, at) => {
    const phase = heading(text);
    if (phase !== undefined) assembly.sections.push({ phase, lines: [] });
    const here = assembly.sections[assembly.sections.length - 1];
    const shorthand = found.get(at + 1);
    const span = { line: at + 1, column: 1, length: 1 };
    if (shorthand === undefined) {
      here.lines.push({ span, written: true, text });
      return;
    }
    const indent = here.phase === undefined ? '' : '  ';
    const comment: Line = { span: shorthand.span, written: false, text: `${indent}# ${shorthand.text}` };
    here.lines.push(comment);
    for (const [of, some] of taken.get(shorthand) ?? []) {
      const waits = shorthand.keyword === 'optimizer' && at + 1 < lastParameter;
      if (of === undefined) (here === assembly.top && !waits ? here.lines : late).push(...some);
      else if (of === here.phase) here.lines.push(...some);
      else homeless.push({ phase: of, lines: some, home: here });
    }
  });
  insertBeforeBlank(assembly.top.lines, late);
  const order = (line: Line, phase: Phase) => {
    const keyword = found.get(line.span.line)?.keyword ?? 'use';
    return (phase === 'backward' ? backwardOrder : orders).indexOf(keyword);
  };
  homeless.sort((a, b) => order(a.lines[0], a.phase) - order(b.lines[0], b.phase));
  const begun = new Map<Section, number>();
  for (const { phase, lines: some, home } of homeless) {
    const section = assembly.section(phase, assembly.sections.indexOf(home));
    const place = begun.get(section) ?? 1;
    section.lines.splice(place, 0, ...some);
    begun.set(section, place + some.length);
  }
  const notations = assembly.notationLines();
  const all: Line[] = [];
  for (const { lines: some } of assembly.sections) {
    const before = all[all.length - 1];
    if (before !== undefined && before.text.trim() !== '') all.push({ ...before, written: false, text: '' });
    all.push(...some);
  }
  const [{ span }] = notations.length > 0 ? notations : [{ span: { line: 1, column: 1, length: 1 } }];
  if (notations.length === 0) return all;
  while (all.length > 0 && all[all.length - 1].text.trim() === '') all.pop();
  return [...all, { span, written: false, text: '' }, ...notations];
}

function insertBeforeBlank(lines: Line[], some: readonly Line[]): void {
  let at = lines.length;
  while (at > 0 && lines[at - 1].text.trim() === '') at -= 1;
  lines.splice(at, 0, ...some);
}
