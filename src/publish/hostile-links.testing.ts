import katex from 'katex';
import type { Tables } from '../formula/compile/tables.ts';
import { texFormula } from '../formula/print/tex.ts';
import { streamOf, uniform } from '../number/random.ts';
import type { Program } from '../program/program.ts';
import { reviewSession } from '../session/analysis/divergence.ts';
import { seal } from '../session/links/envelope.ts';
import { type Followed, follow, type GoldenLink, linkedProgram } from './golden-links.testing.ts';
import { type Draw, hostileText, oddNames, oddNumbers, pick } from './hostile-text.testing.ts';

/** A model of a lesson, and valid links to it. */
export interface Target {
  readonly model: string;
  readonly text: string;
  readonly program: Program;
  readonly links: readonly string[];
}

/** The result of following a hostile link. */
export interface LinkTrial {
  readonly hash: string;
  readonly followed: Followed;
  /** Its longest time slice, in milliseconds of processor time. */
  readonly took: number;
  /** What must not happen: a link that leads nowhere without a notice, or markup in the page that is not a formula's. */
  readonly faults: readonly string[];
}

interface GoldenTexts {
  readonly texts: Readonly<Record<string, { readonly model: string; readonly text: string }>>;
  readonly links: readonly GoldenLink[];
}

/** The golden file's models, each with its links. Throws where a text does not compile. */
export function targetsOf({ texts, links }: GoldenTexts, tables: Tables): Target[] {
  return Object.entries(texts).map(([of, { model, text }]) => {
    const program = linkedProgram(text, tables);
    if ('message' in program) throw new Error(program.message);
    return { model, text, program, links: links.filter((link) => link.of === of).map(({ hash }) => hash) };
  });
}

/** The hostile link of a seed, and the model that it leads to. The same for the same seed. */
export async function hostileLink(
  seed: number,
  targets: readonly Target[],
): Promise<{ target: Target; hash: string }> {
  let counter = 0;
  const stream = streamOf('hostile links');
  const draw: Draw = (below) => Math.floor(uniform(seed, stream, counter++) * below);
  const target = pick(draw, targets);
  const kind = draw(8);
  if (kind === 0) return { target, hash: damaged(draw, pick(draw, target.links)) };
  if (kind === 1) return { target, hash: hostilePlace(draw, target.model) };
  const json = kind < 5 ? { at: [0], text: hostileText(draw, target.text) } : undefined;
  const text = json === undefined ? hostilePayload(draw, target) : JSON.stringify(json);
  const model = draw(20) === 0 ? pick(draw, oddNames) : target.model;
  const hash = await seal({ model, text });
  return { target, hash: draw(15) === 0 ? damaged(draw, hash) : hash };
}

/** A link cut short, or with characters changed, inserted or removed. */
function damaged(draw: Draw, link: string): string {
  const signs = [
    '',
    'A',
    '.',
    '%',
    '%E0%A4',
    '&at=',
    '@',
    '[',
    '\u0000',
    '𝒙',
    '#go=',
    '-',
    '9'.repeat(400),
    '=',
  ];
  let hash = draw(3) === 0 ? link.slice(0, draw(link.length)) : link;
  for (let n = draw(4); n > 0; n--) {
    const at = draw(hash.length + 1);
    hash = hash.slice(0, at) + pick(draw, signs) + hash.slice(at + draw(3));
  }
  return hash;
}

function hostilePlace(draw: Draw, model: string): string {
  const cell = `${pick(draw, ['L', 'W1', 'x', ...oddNames])}${pick(draw, ['', '[1]', '[1,2]', `[${'1,'.repeat(5000)}1]`, '[-1]', '[1e9]'])}`;
  const frame = pick(draw, ['0', '1', '2', '9999', '10000', '10001', '99999999999999999999', '-1', 'NaN']);
  const edits = Array.from(
    { length: pick(draw, [0, 1, 3000]) },
    () => `&${encodeURIComponent(pick(draw, oddNames))}=${pick(draw, oddNumbers)}`,
  );
  const place = pick(draw, [
    `${frame}.${cell}`,
    `${frame}.backward.${cell}.${pick(draw, oddNumbers)}`,
    frame,
    cell,
    `${frame}.update`,
  ]);
  return `#at=${draw(9) === 0 ? pick(draw, oddNames) : model}@${draw(2) ? encodeURIComponent(place) : place}${edits.join('')}${draw(3) ? '' : '&run=full'}`;
}

/** The payload of a full link whose checksum is valid. */
function hostilePayload(draw: Draw, { text, program }: Target): string {
  const size = pick(draw, [1, 3, 99, 101, 999, 1001, 20_000]);
  const many = (one: (n: number) => unknown) => Array.from({ length: size }, (_, n) => one(n));
  const number = () => pick<unknown>(draw, [...oddNumbers, 1, -1, 1e308, 2 ** 53, null, [], {}]);
  const { target, indices, version } = pick(draw, program.model.formulas);
  const cell = indices.length === 0 ? target : `${target}[${indices.map(() => 1)}]`;
  const at = pick<unknown>(draw, [
    [0],
    [
      pick(draw, [1, 2, 300, 9999, 10_000, 10_001, 2 ** 53, -1, 0.5]),
      cell,
      version,
      pick(draw, [1, 2, 2 ** 40]),
      pick(draw, [1, 2, 2 ** 50]),
      draw(2000) - 1000,
    ],
    [1, pick(draw, oddNames), 'old', 1, 1],
    'nothing',
    [],
    { __proto__: [0] },
    [[[[]]]],
  ]);
  const fields: Record<string, () => unknown> = {
    run: () => pick<unknown>(draw, ['full', 'lesson', 'other', 7]),
    mode: () => pick<unknown>(draw, ['train', 'evaluate', null, 1, 0.5, 1e9]),
    digits: () => pick<unknown>(draw, [1, 15, 16, -3, 1e9, '3']),
    changes: () =>
      many((n) =>
        [
          pick(draw, [cell, 'x[1]', 'eta', ...oddNames]),
          String(number()),
          n + 1,
          pick(draw, ['new', 'old']),
        ].slice(0, 2 + draw(3)),
      ),
    breakpoints: () =>
      many(() =>
        [
          pick(draw, ['condition', 'formula', 'cells', 'phase', 'other']),
          hostileText(draw, '').slice(0, 3000),
          draw(2) === 0,
          draw(5),
        ].slice(0, 2 + draw(3)),
      ),
    watches: () =>
      many(() => pick(draw, ['sum(i: 1', 'L', hostileText(draw, '').slice(0, 500), '('.repeat(300)])),
    skipDull: () => pick<unknown>(draw, [true, 'yes']),
    of: () => pick<unknown>(draw, ['', 7, 'x'.repeat(1e5)]),
    text: () =>
      pick<unknown>(draw, [text, `${text}\n# more`, [0, 1, ['']], [-1, 2, []], [0, 1e9, []], 7, {}]),
    [pick(draw, oddNames)]: () => ({ constructor: number() }),
    message: () => 'told by the link <script>alert(1)</script>',
  };
  const chosen = Object.keys(fields).filter(() => draw(3) === 0);
  const entries = chosen.map((key) => `${JSON.stringify(key)}:${JSON.stringify(fields[key]()) ?? 'null'}`);
  const json = `{${[`"at":${JSON.stringify(at)}`, ...entries].join(',')}}`;
  const rare = draw(60);
  if (rare === 0) return `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  if (rare === 1) return `{"at":[0],"text":"${' '.repeat(pick(draw, [900_000, 3_900_000, 12_000_000]))}"}`;
  if (rare === 2) return json.slice(0, draw(json.length));
  return json;
}

/** Follows a link as a page does, and shows what the page would show; throws where the page would. */
export async function tryLink(seed: number, targets: readonly Target[], tables: Tables): Promise<LinkTrial> {
  const { target, hash } = await hostileLink(seed, targets);
  let before = process.cpuUsage();
  let took = 0;
  /** Ends a time slice, after which a page does its other work. */
  const lap = (): void => {
    const { user, system } = process.cpuUsage(before);
    took = Math.max(took, (user + system) / 1000);
    before = process.cpuUsage();
  };
  const followed = await follow(target.model, target, hash, tables);
  lap();
  const { session, notice, text } = followed;
  if (text !== target.text)
    for (const work = reviewSession(session, text, { tables }); work.next().done !== true; ) lap();
  lap();
  const shown = formulasShown(followed);
  lap();
  const faults = shown.flatMap(judgeFormula);
  if (session.state.cursor.step > session.end)
    faults.push(`step ${session.state.cursor.step} is beyond the last`);
  if (notice === undefined && session.state.cursor.step !== 0)
    faults.push('a link to something else has moved the session');
  if ((notice?.length ?? 0) > 3000) faults.push(`a notice of ${notice?.length} letters`);
  return { hash, followed, took, faults };
}

/** Formulas as the page typesets them at this step, and before the first. */
function formulasShown({ session }: Followed): string[] {
  const { explanation, model } = session;
  const now = explanation && [
    ...[
      explanation.general,
      explanation.symbols,
      explanation.numbers,
      explanation.reduced,
      explanation.operation,
    ],
    ...explanation.calls.flatMap(({ definition, numbers, reduced }) => [definition, numbers, reduced]),
  ];
  return [...(now ?? []), ...model.formulas.slice(0, 12).map((one) => texFormula(model, one))];
}

const ownData = new Set(['data-cell', 'data-now']);

/** All that KaTeX writes for a formula: these elements with these attributes, and text in which nothing opens. */
const element = /<\/?(?:span|svg|path|line|img)(?:\s+[a-zA-Z-]+='[^'<]*'|\s+[a-zA-Z-]+="[^"<]*")*\s*\/?>/g;
const attribute = /\s([a-zA-Z-]+)=["']/g;
const allowed = new Set([
  'class',
  'style',
  'aria-hidden',
  'xmlns',
  'width',
  'height',
  'viewBox',
  'preserveAspectRatio',
  'd',
  'x1',
  'x2',
  'y1',
  'y2',
  'stroke-width',
  'title',
  ...ownData,
]);

/** What the HTML of a formula contains besides a formula's elements. A formula that cannot be set is shown as text. */
function judgeFormula(tex: string): string[] {
  const html = typeset(tex);
  const faults: string[] = [];
  const rest = html.replace(element, (tag) => {
    for (const [, name] of tag.matchAll(attribute)) if (!allowed.has(name)) faults.push(`${name} in ${tag}`);
    if (/<img|url\(|javascript:/i.test(tag)) faults.push(tag);
    return '';
  });
  if (/[<>]/.test(rest)) faults.push(`not a formula's: ${rest.slice(0, 200)}`);
  return faults.map((fault) => `${fault} from ${tex.slice(0, 200)}`);
}

/** As the page sets it: KaTeX throws where it cannot. */
function typeset(tex: string): string {
  try {
    return katex.renderToString(tex, {
      output: 'html',
      strict: 'ignore',
      trust: ({ command, ...rest }) =>
        command === '\\htmlData' &&
        Object.keys((rest as { attributes: object }).attributes).every((key) => ownData.has(key)),
    });
  } catch (fault) {
    if (fault instanceof katex.ParseError) return '';
    throw fault;
  }
}
